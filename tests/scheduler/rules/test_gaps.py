"""S6: idle minutes and splits."""

import pytest

from scheduler.rules import gaps
from tests.scheduler.builders import a_client, a_problem, a_visit, week_of

CLIENTS = [a_client("kim", "base"), a_client("lee", "far")]


@pytest.mark.parametrize(
    ("second", "idle", "split"),
    [
        ("Mon 09:40", 0.0, 0.0),
        ("Mon 09:41", 0.3, 0.0),
        ("Mon 11:30", 33.0, 0.0),
        ("Mon 11:31", 0.0, 20.0),
        ("Tue 09:00", 0.0, 0.0),
        # An overlap is a broken rule, not negative waiting.
        ("Mon 09:10", 0.0, 0.0),
    ],
)
def test_waiting_costs_by_the_minute_until_the_gap_is_a_split(
    second: str, idle: float, split: float
) -> None:
    visits = [a_visit("v1", "Mon 09:00"), a_visit("v2", second, client="lee")]
    problem = a_problem(visits=visits, clients=CLIENTS, metres={"far": 10_000})

    points = gaps.penalty(week_of(problem, *visits), problem)

    assert points == {"S6 idle": pytest.approx(idle), "S6 split": split}
