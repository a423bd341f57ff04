"""H5: between two visits of a day there is time to travel."""

import pytest

from scheduler.rules import travel_time
from tests.scheduler.builders import (
    a_client,
    a_problem,
    a_row,
    a_solution,
    a_visit,
    breaches_by,
    on_target,
)

CLIENTS = [a_client("kim", "base"), a_client("lee", "far")]
METRES = {"far": 10_000}


@pytest.mark.parametrize(
    ("second", "client", "missing"),
    [
        ("Mon 09:40", "lee", 0),
        ("Mon 09:39", "lee", 1),
        ("Mon 09:30", "lee", 10),
        ("Mon 09:30", "kim", 0),
        ("Mon 09:29", "kim", 1),
        ("Mon 09:00", "kim", 30),
        ("Tue 09:00", "lee", 0),
    ],
)
def test_a_visit_that_cannot_be_reached_in_time_is_reported(
    second: str, client: str, missing: int
) -> None:
    visits = [a_visit("v1", "Mon 09:00"), a_visit("v2", second, client=client)]
    problem = a_problem(visits=visits, clients=CLIENTS, metres=METRES)

    found = breaches_by(travel_time, problem, on_target(problem))

    expected = [("v2", missing)] if missing else []
    assert [(breach.visit, breach.shortfall) for breach in found] == expected


def test_the_order_of_the_solution_does_not_matter() -> None:
    visits = [a_visit("v1", "Mon 09:00"), a_visit("v2", "Mon 09:35", client="lee")]
    problem = a_problem(visits=visits, clients=CLIENTS, metres=METRES)

    there = a_solution(a_row("v1", "Mon 09:00"), a_row("v2", "Mon 09:35"))
    back = a_solution(*reversed(there.assignments))

    assert breaches_by(travel_time, problem, there) == breaches_by(travel_time, problem, back)
    assert len(breaches_by(travel_time, problem, there)) == 1


def test_a_visit_before_midnight_and_one_after_it_are_of_two_days() -> None:
    visits = [a_visit("v1", "Mon 23:30"), a_visit("v2", "Tue 00:05", client="lee")]
    problem = a_problem(visits=visits, clients=CLIENTS, metres=METRES)

    assert breaches_by(travel_time, problem, on_target(problem)) == []
