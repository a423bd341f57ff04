"""S1: travel that counts as work."""

import pytest

from scheduler.rules import travel_cost
from tests.scheduler.builders import a_client, a_problem, a_visit, week_of

CLIENTS = [a_client("kim", "base"), a_client("lee", "far")]


@pytest.mark.parametrize(
    ("second", "client", "points"),
    [
        ("Mon 09:40", "lee", 10.0),
        ("Mon 11:30", "lee", 10.0),
        ("Mon 11:31", "lee", 0.0),
        ("Tue 09:40", "lee", 0.0),
        ("Mon 09:40", "kim", 0.0),
    ],
)
def test_the_way_costs_its_minutes_unless_the_gap_splits_the_day(
    second: str, client: str, points: float
) -> None:
    visits = [a_visit("v1", "Mon 09:00"), a_visit("v2", second, client=client)]
    problem = a_problem(visits=visits, clients=CLIENTS, metres={"far": 10_000})

    assert travel_cost.penalty(week_of(problem, *visits), problem) == {"S1 travel": points}
