"""H0: every visit and carer exists; a visit is given once."""

import pytest

from scheduler.model import Assignment
from scheduler.rules import known_once, plan_of
from tests.scheduler.builders import a_problem, a_row, a_solution, a_visit

PROBLEM = a_problem(visits=[a_visit("v1", "Mon 09:00")])


@pytest.mark.parametrize(
    "row",
    [
        a_row("nowhere", "Mon 09:00"),
        a_row("v1", "Mon 09:00", "nobody"),
        a_row("v1", "Mon 09:00", "ann", "nobody"),
        Assignment("v1", 540, ()),
    ],
)
def test_a_row_about_nobody_or_nothing_is_reported_and_leaves_the_visit_open(
    row: Assignment,
) -> None:
    plan = plan_of(PROBLEM, a_solution(row))

    found = list(known_once.breaches(plan))

    assert [(breach.code, breach.visit) for breach in found] == [("H0", row.visit)]
    assert plan.given == {}


def test_a_visit_given_twice_is_reported_once_and_the_first_row_counts() -> None:
    rows = a_row("v1", "Mon 09:00"), a_row("v1", "Mon 09:30")
    plan = plan_of(PROBLEM, a_solution(*rows))

    found = list(known_once.breaches(plan))

    assert [breach.visit for breach in found] == ["v1"]
    assert plan.given["v1"].start == 540


def test_a_row_that_means_nothing_does_not_make_the_next_one_a_second() -> None:
    plan = plan_of(PROBLEM, a_solution(a_row("v1", 540, "nobody"), a_row("v1", 550)))

    assert len(list(known_once.breaches(plan))) == 1
    assert plan.given["v1"].start == 550


def test_an_empty_solution_breaks_nothing() -> None:
    assert list(known_once.breaches(plan_of(PROBLEM, a_solution()))) == []
