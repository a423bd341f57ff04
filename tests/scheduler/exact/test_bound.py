"""Lower bounds, against the best of all plans and against plans of real size."""

import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler import Peak, Solution, check, cost
from scheduler.exact.bound import bound
from scheduler.exact.days_apart import improve_by_days
from scheduler.exact.relaxed_week import RelaxedWeek
from scheduler.exact.running_bound import RunningBound
from scheduler.exact.sizes import LARGEST_RELAXED_WEEK
from scheduler.exact.without_peaks import without_peaks
from scheduler.model import Lock, Problem, Wish
from scheduler.progress import Stopwatch
from scheduler.stop import Limit, StopRequest
from tests.scheduler.builders import a_carer, a_client, a_problem, a_row, a_solution, a_visit, at
from tests.scheduler.exact.by_force import best_by_force, tiny_weeks
from tests.scheduler.improve.weeks import random_week

many_weeks = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@many_weeks
@given(tiny_weeks())
def test_the_relaxed_week_never_costs_more_than_the_best_plan(problem: Problem) -> None:
    points, plan = best_by_force(problem)
    if plan is None:
        return

    lower = RelaxedWeek(problem).improve(plan, Limit(seconds=20))

    without = RelaxedWeek(problem).improve(None, Limit(seconds=20))
    assert max(lower, without) <= points
    # A way through a day may pass a visit in two of its windows. It proves something, but is no
    # route to add: where such ways are cheap, how far the bound gets depends on where it began.
    if not any(visit.alternatives for visit in problem.visits):
        assert lower == pytest.approx(without, rel=1e-3, abs=0.1)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(tiny_weeks())
def test_a_week_is_bounded_and_its_best_plan_found(problem: Problem) -> None:
    points, plan = best_by_force(problem)
    nothing = Solution(problem.name)
    if plan is None or check(problem, nothing):
        return

    found = bound(problem, nothing, seconds=30)

    assert found.is_optimal
    assert found.lower <= points <= found.lower + 0.002
    best = nothing if found.better_solution is None else found.better_solution
    assert cost(problem, best).total == pytest.approx(points, abs=0.002)


@many_weeks
@given(tiny_weeks())
def test_days_planned_exactly_never_cost_more_than_the_best_plan(problem: Problem) -> None:
    points, plan = best_by_force(problem)
    if plan is None:
        return
    relaxed = RelaxedWeek(problem)
    lower = relaxed.improve(plan, Limit(seconds=20))

    found = improve_by_days(relaxed, problem, plan, limit=Limit(seconds=20), threads=2)

    assert lower <= found <= points + 0.001


def test_a_day_whose_prices_are_rounded_is_not_bounded_by_more_than_it_costs() -> None:
    wish = Wish("avoid_window", 3, from_minute=240, to_minute=480)
    problem = a_problem(
        visits=[a_visit("early", 465, 15, earliest=465, latest=465, carers=2)],
        carers=[
            a_carer("ann", max_week_minutes=120),
            a_carer("bob", max_week_minutes=120, preferences=(wish,)),
        ],
        clients=[a_client(target_carers=2)],
    )
    points, plan = best_by_force(problem)
    assert plan is not None
    relaxed = RelaxedWeek(problem)
    relaxed.improve(plan, Limit(seconds=20))

    found = improve_by_days(relaxed, problem, plan, limit=Limit(seconds=20), threads=1)

    assert found <= points


def test_a_lock_that_breaks_a_rule_leaves_no_plan_to_be_compared_with() -> None:
    problem = a_problem(
        visits=[a_visit("early", "Mon 09:00")],
        carers=[a_carer(available=((at("Tue 00:00"), at("Wed 00:00")),))],
        locked=[Lock("early", ("ann",))],
    )
    running = RunningBound(problem, a_solution(), seconds=10, threads=1)

    found = bound(problem, a_solution(), seconds=10)
    running.stop()

    assert math.isinf(found.lower)
    # The search leaves such a visit open; nothing is known of the rest of its plan.
    assert running.result is None
    assert running.lower is None or math.isfinite(running.lower)


def test_a_double_up_whose_carers_never_overlap_is_seen_to_stay_open() -> None:
    carers = [
        a_carer("ann", available=((at("Mon 08:00"), at("Mon 09:00")),)),
        a_carer("bob", available=((at("Mon 09:00"), at("Mon 10:00")),)),
    ]
    visit = a_visit("v1", "Mon 09:00", carers=2)
    problem = a_problem(visits=[visit], carers=carers)
    nothing = Solution(problem.name)
    relaxed = RelaxedWeek(problem)
    relaxed.improve(nothing, Limit(seconds=10))

    found = improve_by_days(relaxed, problem, nothing, limit=Limit(seconds=10), threads=1)

    assert relaxed.lower < cost(problem, nothing).total
    assert found == pytest.approx(cost(problem, nothing).total, abs=0.1)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(tiny_weeks(with_peaks=True))
def test_a_week_with_peaks_is_bounded_too(problem: Problem) -> None:
    points, plan = best_by_force(problem)
    if plan is None:
        return

    found = bound(problem, plan, seconds=20)

    assert found.lower <= points
    assert found.better_solution is None or cost(problem, found.better_solution).total >= points


def test_free_roads_never_make_a_plan_dearer_where_idle_time_costs_more_than_travel() -> None:
    peak = Peak((0,), 420, 1200, 3.0)
    visits = [a_visit("v1", "Mon 09:00"), a_visit("v2", "Mon 11:30", client="lou")]
    clients = [a_client(), a_client("lou", "far")]
    problem = a_problem(visits=visits, clients=clients, metres={"far": 20_000})
    modes = {name: replace(mode, peaks=(peak,)) for name, mode in problem.modes.items()}
    weights = replace(problem.policy.weights, idle=5.0, shortfall=3.0)
    policy = replace(problem.policy, weights=weights, split_gap_minutes=300)
    problem = replace(problem, modes=modes, policy=policy)
    plan = a_solution(a_row("v1", "Mon 09:00"), a_row("v2", "Mon 11:30"))

    assert cost(without_peaks(problem), plan).total <= cost(problem, plan).total


def test_a_bound_that_is_asked_to_stop_answers_at_once() -> None:
    problem = random_week(5)
    request = StopRequest()
    told: list[float] = []

    def stop(lower: float) -> None:
        told.append(lower)
        request.make()

    watch = Stopwatch()
    found = bound(problem, Solution(problem.name), seconds=60, request=request, on_lower=stop)

    assert watch.elapsed() < 20
    assert found.lower >= told[0]


def test_the_best_plan_has_no_gap() -> None:
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00")])

    found = bound(problem, a_solution(a_row("v1", "Mon 09:00")), seconds=10)

    assert (found.is_optimal, found.gap, found.better_solution) == (True, 0.0, None)


def test_a_bound_without_any_time_still_holds() -> None:
    visits = [a_visit("v1", "Mon 09:00"), a_visit("v2", "Tue 09:00", skills=("peg",))]
    problem = a_problem(visits=visits)

    found = bound(problem, Solution(problem.name), seconds=0)

    # The one that nobody has the skill for stays open whatever is planned.
    assert (found.lower, found.gap, found.is_optimal) == (1200.0, 0.5, False)


def test_a_week_too_large_to_lay_out_is_bounded_by_the_visits_that_nobody_can_make() -> None:
    visits = [
        a_visit(f"v{number}", "Mon 09:00", skills=("peg",) if number % 10 == 0 else ())
        for number in range(LARGEST_RELAXED_WEEK + 1)
    ]
    problem = a_problem(visits=visits)

    found = bound(problem, Solution(problem.name), seconds=5)

    assert (found.lower, found.covers) == (101 * 1200.0, "OPEN_VISITS")
    assert not found.is_optimal


def test_a_crowded_week_is_bounded_from_below_by_more_than_nothing() -> None:
    problem = random_week(5)
    relaxed = RelaxedWeek(problem)

    first = relaxed.improve(None, Limit(seconds=20))

    assert 0 < first <= cost(problem, Solution(problem.name)).total
