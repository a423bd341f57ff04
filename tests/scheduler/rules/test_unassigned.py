"""S0: open visits."""

import pytest

from scheduler.rules import plan_of, unassigned
from tests.scheduler.builders import a_carer, a_problem, a_row, a_solution, a_visit


@pytest.mark.parametrize(
    ("priority", "minutes", "carers", "points"),
    [(1, 30, 1, 2400), (2, 30, 1, 1200), (3, 30, 1, 600), (2, 45, 1, 1500), (2, 30, 2, 2400)],
)
def test_an_open_visit_costs_by_priority_length_and_carers(
    priority: int, minutes: int, carers: int, points: float
) -> None:
    visit = a_visit("v1", "Mon 09:00", minutes, priority=priority, carers=carers)
    plan = plan_of(a_problem(visits=[visit]), a_solution())

    assert unassigned.penalty(plan) == {"S0 unassigned": points}


def test_a_visit_that_is_made_costs_nothing_here() -> None:
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00")], carers=[a_carer("ann")])

    plan = plan_of(problem, a_solution(a_row("v1", "Mon 09:00")))

    assert unassigned.penalty(plan) == {"S0 unassigned": 0}
