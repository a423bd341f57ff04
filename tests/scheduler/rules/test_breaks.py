"""H9: a stretch of work ends with a break in time."""

import pytest

from scheduler.rules import breaks
from tests.scheduler.builders import a_client, a_problem, a_visit, breaches_by, on_target

CLIENTS = [a_client("kim", "base"), a_client("lee", "far")]
METRES = {"far": 10_000}


@pytest.mark.parametrize(("minutes", "over"), [(360, 0), (361, 1)])
def test_one_long_visit_is_a_stretch(minutes: int, over: int) -> None:
    problem = a_problem(visits=[a_visit("v1", "Mon 06:00", minutes)])

    found = breaches_by(breaks, problem, on_target(problem))

    assert [breach.shortfall for breach in found] == ([over] if over else [])


@pytest.mark.parametrize(
    ("second", "client", "over"),
    [
        # 06:00-09:00, then so much free time after travel, then 200 minutes more.
        ("Mon 09:19", "kim", 39),
        ("Mon 09:20", "kim", 0),
        ("Mon 09:29", "lee", 49),
        ("Mon 09:30", "lee", 0),
        ("Mon 09:00", "kim", 20),
    ],
)
def test_only_free_time_after_travel_is_a_break(second: str, client: str, over: int) -> None:
    visits = [a_visit("v1", "Mon 06:00", 180), a_visit("v2", second, 200, client=client)]
    problem = a_problem(visits=visits, clients=CLIENTS, metres=METRES)

    found = breaches_by(breaks, problem, on_target(problem))

    assert [(b.visit, b.shortfall) for b in found] == ([("v2", over)] if over else [])


def test_each_visit_past_the_limit_is_reported_until_a_break_comes() -> None:
    visits = [
        a_visit("v1", "Mon 06:00", 350),
        a_visit("v2", "Mon 11:50", 30),
        a_visit("v3", "Mon 12:20", 30),
        a_visit("v4", "Mon 13:10", 30),
    ]
    problem = a_problem(visits=visits)

    found = breaches_by(breaks, problem, on_target(problem))

    assert [(breach.visit, breach.shortfall) for breach in found] == [("v2", 20), ("v3", 50)]


def test_a_new_day_begins_a_new_stretch() -> None:
    visits = [a_visit("v1", "Mon 18:00", 360), a_visit("v2", "Tue 00:00", 60)]
    problem = a_problem(visits=visits)

    assert breaches_by(breaks, problem, on_target(problem)) == []
