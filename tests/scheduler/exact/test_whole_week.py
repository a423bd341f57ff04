"""Proofs about the whole week, against trying every plan."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler import check, cost
from scheduler.exact.whole_week import prove
from scheduler.model import After, CarerLimits, ClockChange, Problem, Visit, Wish
from scheduler.stop import Limit
from tests.scheduler.builders import DAYS, POLICY, WEIGHTS, a_carer, a_problem, a_visit, at
from tests.scheduler.exact.by_force import best_by_force, tiny_weeks

many_weeks = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))


@many_weeks
@given(tiny_weeks())
def test_the_proved_best_plan_costs_what_the_best_of_all_plans_costs(problem: Problem) -> None:
    points, plan = best_by_force(problem)

    proof = prove(problem, None, limit=Limit(seconds=60), threads=1)

    assert proof.is_optimal
    if plan is None:
        assert (proof.lower, proof.best) == (float("inf"), None)
        return
    assert proof.best is not None
    assert check(problem, proof.best) == ()
    assert cost(problem, proof.best).total == pytest.approx(points, abs=0.002)
    assert points - 0.002 <= proof.lower <= points


def at_once(visit_id: str, moment: str, minutes: int = 30, **changes: object) -> Visit:
    """Return a visit that can start at one minute only."""
    start = at(moment)
    return a_visit(visit_id, start, minutes, earliest=start, latest=start, **changes)


DAILY = [at_once(day, f"{day} 12:00") for day in DAYS]
LATE_AND_EARLY = [at_once("v1", "Sat 22:00"), at_once("v2", "Sun 09:45")]
HOURLY = [at_once(f"v{hour}", f"Mon {hour:02d}:00", 50) for hour in range(8, 12)]
DOSES = [at_once("v1", "Mon 09:00"), at_once("v2", "Mon 10:00", after=After("v1", 60))]
SPRING = ClockChange(at("Sun 01:00"), 60)


@pytest.mark.parametrize(
    ("problem", "without"),
    [
        (
            a_problem(visits=DAILY, carers=[a_carer(last_end=-300)]),
            a_problem(
                visits=DAILY,
                carers=[a_carer(last_end=-300)],
                policy=replace(POLICY, weekly_rest_minutes=1000),
            ),
        ),
        (
            a_problem(visits=LATE_AND_EARLY, clock_change=SPRING),
            a_problem(visits=LATE_AND_EARLY, clock_change=replace(SPRING, shift=-60)),
        ),
        (
            a_problem(visits=HOURLY, policy=replace(POLICY, stretch_minutes=180)),
            a_problem(visits=HOURLY),
        ),
        *(
            (
                a_problem(visits=visits, carers=[a_carer(limits=limits)]),
                a_problem(visits=visits, carers=[a_carer()]),
            )
            for visits, limits in (
                (DAILY, CarerLimits(weekly_rest_minutes=2880)),
                (LATE_AND_EARLY, CarerLimits(daily_rest_minutes=720)),
                (HOURLY, CarerLimits(max_day_minutes=150)),
                (HOURLY, CarerLimits(stretch_minutes=180)),
            )
        ),
        (
            a_problem(visits=DOSES),
            a_problem(visits=[replace(visit, after=None) for visit in DOSES]),
        ),
        (
            a_problem(visits=DAILY, carers=[a_carer(max_days=3)]),
            a_problem(visits=DAILY, carers=[a_carer()]),
        ),
        (
            a_problem(visits=DAILY, carers=[a_carer(max_week_minutes=90)]),
            a_problem(visits=DAILY, carers=[a_carer()]),
        ),
        (
            a_problem(
                visits=DAILY[:2],
                carers=[
                    a_carer(preferences=(Wish("avoid_client", 3, client="kim"),)),
                ],
            ),
            a_problem(
                visits=DAILY[:2],
                carers=[
                    a_carer(preferences=(Wish("avoid_client", 3, client="kim"),)),
                ],
                policy=replace(POLICY, weights=replace(WEIGHTS, fairness=0.0)),
            ),
        ),
    ],
    ids=[
        "long rest",
        "clock change",
        "breaks",
        "own long rest",
        "own night",
        "own day",
        "own stretch",
        "order",
        "days",
        "hours",
        "fairness",
    ],
)
def test_a_rule_that_binds_is_in_the_proof(problem: Problem, without: Problem) -> None:
    points, easier = best_by_force(problem)[0], best_by_force(without)[0]
    assert easier < points, "the rule must matter for this week"

    proof = prove(problem, None, limit=Limit(seconds=60), threads=1)

    assert proof.is_optimal
    assert proof.lower == pytest.approx(points, abs=0.002)
    assert prove(without, None, limit=Limit(seconds=60), threads=1).lower == pytest.approx(
        easier, abs=0.002
    )
