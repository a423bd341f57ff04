"""Proofs about the whole week, against trying every plan."""

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler import check, cost
from scheduler.exact.whole_week import prove
from scheduler.model import Problem
from tests.scheduler.exact.by_force import best_by_force, tiny_weeks

many_weeks = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))


@many_weeks
@given(tiny_weeks())
def test_the_proved_best_plan_costs_what_the_best_of_all_plans_costs(problem: Problem) -> None:
    points, plan = best_by_force(problem)

    proof = prove(problem, None, seconds=60, threads=1)

    assert proof.is_optimal
    if plan is None:
        assert (proof.lower, proof.best) == (float("inf"), None)
        return
    assert proof.best is not None
    assert check(problem, proof.best) == ()
    assert cost(problem, proof.best).total == pytest.approx(points, abs=0.002)
    assert points - 0.002 <= proof.lower <= points
