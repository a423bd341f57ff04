"""The soft engine against plain arithmetic and against every plan there is."""

import pytest

from scheduler.flexible import FlexiblePlan, FlexibleProblem, Part, Prices, Visit, Window
from scheduler.flexible_price import faults_of, price_of
from scheduler.improve.soft_encode import MUST, EncodedFlexible
from scheduler.improve.soft_engine import SoftEngine
from scheduler.model import ProblemError
from scheduler.solve_flexible import FlexibleProgress, solve_flexible
from tests.scheduler.flexible.problems import crowded, every_plan, tiny, weekly


def _searched(problem: FlexibleProblem, rounds: int) -> tuple[int, FlexiblePlan]:
    with SoftEngine(EncodedFlexible(problem), threads=1, seed=5) as engine:
        for temperature in (60.0, 20.0, 5.0, 1.0):
            engine.improve(rounds // 4, temperature, 0.5)
        return engine.best_total, engine.plan()


@pytest.mark.parametrize("seed", range(25))
def test_a_crowded_day_is_sound_and_costs_what_plain_arithmetic_says(seed: int) -> None:
    problem = crowded(seed)
    total, plan = _searched(problem, 400)
    assert faults_of(problem, plan) == []
    assert price_of(problem, plan) == total < MUST


@pytest.mark.parametrize("seed", range(10))
def test_a_week_of_patterns_is_sound_and_costs_what_plain_arithmetic_says(seed: int) -> None:
    problem = weekly(seed)
    total, plan = _searched(problem, 4000)
    assert faults_of(problem, plan) == []
    assert price_of(problem, plan) == total < MUST


@pytest.mark.parametrize("seed", range(6))
def test_a_tiny_day_gets_the_best_of_all_its_plans(seed: int) -> None:
    problem = tiny(seed)
    best = min(price_of(problem, plan) for plan in every_plan(problem))
    assert _searched(problem, 2000)[0] == best


def test_the_same_seed_and_number_of_rounds_give_the_same_plan() -> None:
    problem = crowded(3)
    plans = [
        solve_flexible(problem, seconds=None, iterations=600, seed=9, threads=2) for _ in range(2)
    ]
    assert plans[0] == plans[1]
    other = solve_flexible(problem, seconds=None, iterations=600, seed=10, threads=2)
    assert faults_of(problem, other) == []


def test_whoever_asks_to_stop_gets_the_best_plan_so_far() -> None:
    problem, seen = crowded(4), list[FlexibleProgress]()

    def stop_at_once(progress: FlexibleProgress) -> bool:
        seen.append(progress)
        return False

    plan = solve_flexible(problem, seconds=60, on_progress=stop_at_once)
    assert len(seen) == 1
    assert price_of(problem, plan) == seen[0].price


def test_a_day_without_carers_or_without_visits_is_an_empty_plan() -> None:
    part = Part(0, 10, (Window(0, 10),), ())
    nobody = FlexibleProblem("nobody", 1, ((0,),), (), (Visit("v", (part,)),), Prices(travel=1))
    assert solve_flexible(nobody, seconds=None, iterations=50) == FlexiblePlan(())
    assert faults_of(nobody, FlexiblePlan(())) == ["v is not given"]
    nothing = FlexibleProblem("nothing", 1, ((0,),), crowded(1).carers[:0], (), Prices(travel=1))
    assert solve_flexible(nothing, seconds=None, iterations=50) == FlexiblePlan(())


def test_data_that_cannot_be_planned_with_is_refused_with_its_place() -> None:
    part = Part(0, 10, (Window(0, 10),), ((0, 0),))
    with pytest.raises(ProblemError, match="unknown carer"):
        FlexibleProblem("p", 1, ((0,),), (), (Visit("v", (part,)),), Prices())
    with pytest.raises(ProblemError, match="times from 0"):
        FlexibleProblem("p", 1, ((-1,),), (), (), Prices())
    with pytest.raises(ProblemError, match="least <= most"):
        Visit("v", (part, part), gap=(10, 5))
    with pytest.raises(ProblemError, match="time order"):
        Part(0, 10, (Window(20, 30), Window(0, 10)), ())
