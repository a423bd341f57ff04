"""S3: minutes from the target."""

import pytest

from scheduler.rules import plan_of, punctuality
from tests.scheduler.builders import a_carer, a_problem, a_row, a_solution, a_visit


@pytest.mark.parametrize(
    ("start", "points"), [("Mon 09:00", 0.0), ("Mon 09:10", 2.0), ("Mon 08:50", 2.0)]
)
def test_early_and_late_cost_the_same(start: str, points: float) -> None:
    plan = plan_of(a_problem(visits=[a_visit("v1", "Mon 09:00")]), a_solution(a_row("v1", start)))

    assert punctuality.penalty(plan) == {"S3 lateness": pytest.approx(points)}


def test_a_late_double_up_is_late_once() -> None:
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00", carers=2)], carers=[a_carer("ann"), a_carer("bob")]
    )

    plan = plan_of(problem, a_solution(a_row("v1", "Mon 09:10", "ann", "bob")))

    assert punctuality.penalty(plan) == {"S3 lateness": pytest.approx(2.0)}
