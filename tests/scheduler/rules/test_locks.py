"""H11: a locked visit stays."""

import pytest

from scheduler.model import Assignment, Lock
from scheduler.rules import locks, plan_of
from tests.scheduler.builders import a_carer, a_problem, a_row, a_solution, a_visit, at

TEAM = [a_carer("ann"), a_carer("bob"), a_carer("cat")]
DOUBLE = a_visit("v1", "Mon 09:00", carers=2)


@pytest.mark.parametrize(
    ("rows", "shortfall"),
    [
        ([a_row("v1", "Mon 09:00", "ann", "bob")], 0),
        ([a_row("v1", "Mon 09:00", "bob", "ann")], 0),
        ([a_row("v1", "Mon 09:00", "ann", "cat")], 1),
        ([a_row("v1", "Mon 09:00", "ann")], 1),
        ([a_row("v1", "Mon 09:00", "ann", "bob", "cat")], 1),
        ([a_row("v1", "Mon 09:10", "ann", "bob")], 10),
        ([], 2),
    ],
)
def test_a_locked_visit_that_lost_its_carers_or_its_start_is_reported(
    rows: list[Assignment], shortfall: int
) -> None:
    lock = Lock("v1", ("ann", "bob"), at("Mon 09:00"))
    problem = a_problem(visits=[DOUBLE], carers=TEAM, locked=(lock,))

    found = list(locks.breaches(plan_of(problem, a_solution(*rows))))

    expected = [("H11", "v1", shortfall)] if shortfall else []
    assert [(b.code, b.visit, b.shortfall) for b in found] == expected


def test_a_lock_without_a_start_lets_the_time_move() -> None:
    problem = a_problem(visits=[DOUBLE], carers=TEAM, locked=(Lock("v1", ("ann", "bob")),))

    plan = plan_of(problem, a_solution(a_row("v1", "Mon 09:40", "ann", "bob")))

    assert list(locks.breaches(plan)) == []
