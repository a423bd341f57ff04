"""S8: changes to what people were told."""

import pytest

from scheduler.model import Assignment, PublishedVisit
from scheduler.rules import plan_of, stability
from tests.scheduler.builders import a_carer, a_problem, a_row, a_solution, a_visit, at

TEAM = [a_carer("ann"), a_carer("bob"), a_carer("cat")]
TOLD = PublishedVisit("v1", at("Mon 09:00"), ("ann", "bob"))


@pytest.mark.parametrize(
    ("rows", "changes"),
    [
        ([a_row("v1", "Mon 09:00", "bob", "ann")], 0),
        ([a_row("v1", "Mon 09:01", "ann", "bob")], 1),
        ([a_row("v1", "Mon 09:00", "ann", "cat")], 1),
        ([a_row("v1", "Mon 09:30", "cat")], 3),
        ([], 2),
    ],
)
def test_each_carer_who_is_gone_and_a_start_that_moved_are_changes(
    rows: list[Assignment], changes: int
) -> None:
    visit = a_visit("v1", "Mon 09:00", carers=2)
    problem = a_problem(visits=[visit], carers=TEAM, published=(TOLD,))

    points = stability.penalty(plan_of(problem, a_solution(*rows)))

    assert points == {"S8 stability": 8.0 * changes}


def test_a_published_visit_that_was_cancelled_is_no_change() -> None:
    problem = a_problem(carers=TEAM, published=(TOLD,))

    assert stability.penalty(plan_of(problem, a_solution())) == {"S8 stability": 0}


def test_a_published_carer_who_has_left_is_a_change() -> None:
    told = PublishedVisit("v1", at("Mon 09:00"), ("gone",))
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00")], published=(told,))

    plan = plan_of(problem, a_solution(a_row("v1", "Mon 09:00")))

    assert stability.penalty(plan) == {"S8 stability": 8.0}
