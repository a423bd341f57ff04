"""H7: work in a day and in the week."""

import pytest

from scheduler.rules import working_time
from tests.scheduler.builders import (
    POLICY,
    a_carer,
    a_client,
    a_problem,
    a_visit,
    breaches_by,
    on_target,
    week_of,
)

CLIENTS = [a_client("kim", "base"), a_client("lee", "far")]
METRES = {"far": 10_000}


@pytest.mark.parametrize(("minutes", "over"), [(330, 0), (331, 1)])
def test_a_day_above_the_limit_is_reported_with_the_minutes_above(minutes: int, over: int) -> None:
    visits = [a_visit("v1", "Wed 06:00", 330), a_visit("v2", "Wed 14:00", minutes)]
    problem = a_problem(visits=visits)

    found = breaches_by(working_time, problem, on_target(problem))

    expected = [("H7", "ann", None, 2, over)] if over else []
    assert [(b.code, b.carer, b.visit, b.day, b.shortfall) for b in found] == expected


@pytest.mark.parametrize(("limit", "over"), [(120, 0), (119, 1)])
def test_a_week_above_the_carers_limit_is_reported(limit: int, over: int) -> None:
    visits = [a_visit("v1", "Mon 09:00", 60), a_visit("v2", "Thu 09:00", 60)]
    problem = a_problem(visits=visits, carers=[a_carer(max_week_minutes=limit)])

    found = breaches_by(working_time, problem, on_target(problem))

    assert [(breach.day, breach.shortfall) for breach in found] == ([(None, over)] if over else [])


@pytest.mark.parametrize(
    ("second", "work"),
    [
        # A gap of exactly two hours: the way is work. A minute longer: the carer is free.
        ("Mon 11:30", 70),
        ("Mon 11:31", 60),
        ("Tue 09:00", 60),
    ],
)
def test_travel_counts_as_work_up_to_the_gap_that_splits_the_day(second: str, work: int) -> None:
    visits = [a_visit("v1", "Mon 09:00"), a_visit("v2", second, client="lee")]
    problem = a_problem(visits=visits, clients=CLIENTS, metres=METRES)

    week = week_of(problem, *visits)

    assert week.work(POLICY.split_gap_minutes) == work
