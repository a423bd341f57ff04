"""Several windows of a visit, from the file to the plan, the verdicts and the repair."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler import candidates, check, cost, problem_from, problem_to, repair, solve
from scheduler.changes import CarerAway
from scheduler.exact.whole_week import prove
from scheduler.explain import Judge
from scheduler.improve.library import build
from scheduler.improve.retiming import retimed
from scheduler.model import After, Lock, Problem, ProblemError, Visit
from scheduler.parts import held
from scheduler.rules import plan_of, punctuality, window
from scheduler.stop import Limit
from scheduler.windows import MOST_ALTERNATIVES, Window
from tests.scheduler.builders import a_carer, a_problem, a_row, a_solution, a_visit, at
from tests.scheduler.exact.by_force import best_by_force, tiny_weeks


@pytest.fixture(scope="module", autouse=True)
def _engine_is_compiled() -> None:
    build()


def a_window(target: str, tolerance: int = 30) -> Window:
    return Window(at(target), at(target) - tolerance, at(target) + tolerance)


def morning_or_tea(visit_id: str = "bath", **changes: Any) -> Visit:
    """Return a visit on Monday about 9:00 or about 16:00, half an hour either way."""
    fields = {"earliest": at("Mon 08:30"), "latest": at("Mon 09:30"), **changes}
    return a_visit(visit_id, "Mon 09:00", **{"alternatives": (a_window("Mon 16:00"),), **fields})


@pytest.mark.parametrize(
    ("start", "outside", "points"),
    [
        ("Mon 08:30", 0, 6.0),
        ("Mon 09:30", 0, 6.0),
        ("Mon 09:31", 1, 6.2),
        ("Mon 12:30", 180, 42.0),
        ("Mon 12:31", 179, 41.8),
        ("Mon 15:29", 1, 6.2),
        ("Mon 15:30", 0, 6.0),
        ("Mon 16:00", 0, 0.0),
        ("Mon 16:40", 10, 8.0),
    ],
)
def test_a_start_belongs_to_the_nearest_window_and_is_late_from_its_target(
    start: str, outside: int, points: float
) -> None:
    problem = a_problem(visits=[morning_or_tea()])
    plan = plan_of(problem, a_solution(a_row("bath", start)))

    assert [row.shortfall for row in window.breaches(plan)] == ([outside] if outside else [])
    assert punctuality.penalty(plan) == {"S3 lateness": pytest.approx(points)}


def test_windows_come_back_equal_and_only_in_version_two() -> None:
    problem = a_problem(visits=[morning_or_tea()])
    document = problem_to(problem)

    assert document["format"] == "rota-problem/2"
    assert document["visits"][0]["alternatives"] == [
        {"target": 960, "earliest": 930, "latest": 990}
    ]
    assert problem_from(document) == problem
    with pytest.raises(ProblemError, match="further windows belong to rota-problem/2") as caught:
        problem_from(document | {"format": "rota-problem/1"})
    assert caught.value.path == "visits[0].alternatives"


SOUND = {"target": 960, "earliest": 930, "latest": 990}


@pytest.mark.parametrize(
    ("rows", "path"),
    [
        ({}, "alternatives"),
        ("later", "alternatives"),
        ([7], "alternatives[0]"),
        ([{"target": 960, "earliest": 930}], "alternatives[0].latest"),
        ([SOUND | {"soonest": 1}], "alternatives[0].soonest"),
        ([SOUND | {"latest": "16:30"}], "alternatives[0].latest"),
        ([SOUND | {"earliest": 961}], "alternatives[0].earliest"),
        ([SOUND | {"latest": 959}], "alternatives[0].latest"),
        ([SOUND | {"latest": 1411}], "alternatives[0].latest"),
        ([SOUND | {"target": 1440 + 960}], "alternatives[0].target"),
        ([SOUND | {"target": -1}], "alternatives[0].target"),
        ([SOUND | {"earliest": -1}], "alternatives[0].earliest"),
        ([SOUND | {"earliest": 570}], "alternatives[0]"),
        ([SOUND, SOUND], "alternatives[1]"),
        ([SOUND, SOUND | {"earliest": 990, "target": 990}], "alternatives[1]"),
        ([SOUND] * (MOST_ALTERNATIVES + 1), "alternatives"),
        ([None] * 200_000, "alternatives"),
    ],
)
def test_windows_that_make_no_sense_are_refused_with_their_path(rows: Any, path: str) -> None:
    document = problem_to(a_problem(visits=[morning_or_tea()]))
    document["visits"][0]["alternatives"] = rows

    with pytest.raises(ProblemError) as caught:
        problem_from(document)

    assert caught.value.path == f"visits[0].{path}"
    assert len(str(caught.value)) < 200


def test_a_visit_is_planned_at_tea_when_the_morning_is_taken() -> None:
    busy = a_visit("owed", "Mon 08:30", 90, earliest=at("Mon 08:30"), latest=at("Mon 08:30"))
    problem = a_problem(visits=[busy, morning_or_tea()])

    plan = solve(problem, seconds=None, iterations=200, threads=1)

    assert {row.visit: row.start for row in plan.assignments} == {
        "owed": at("Mon 08:30"),
        "bath": at("Mon 16:00"),
    }
    assert check(problem, plan) == ()


def test_both_carers_of_a_double_up_come_in_the_window_that_suits_both() -> None:
    carers = [
        a_carer("ann", available=((at("Mon 08:00"), at("Mon 10:00")), (900, 1100))),
        a_carer("bob", available=((at("Mon 15:00"), at("Mon 18:00")),)),
    ]
    problem = a_problem(visits=[morning_or_tea(carers=2)], carers=carers)

    plan = solve(problem, seconds=None, iterations=200, threads=1)

    assert [row.start for row in plan.assignments] == [at("Mon 16:00")]
    assert check(problem, plan) == ()


def test_a_lock_in_the_second_window_is_kept() -> None:
    lock = Lock("bath", ("ann",), at("Mon 16:20"))
    problem = a_problem(visits=[morning_or_tea()], locked=(lock,))

    plan = solve(problem, seconds=None, iterations=200, threads=1)

    assert plan.assignments == (a_row("bath", "Mon 16:20"),)


def test_starts_chosen_together_stay_in_the_window_they_are_in() -> None:
    problem = a_problem(visits=[morning_or_tea()])

    better = retimed(problem, a_solution(a_row("bath", "Mon 16:25")))

    assert better.assignments == (a_row("bath", "Mon 16:00"),)


def test_a_carer_who_is_busy_in_the_morning_can_at_tea() -> None:
    busy = a_visit("owed", "Mon 08:30", 90, earliest=at("Mon 08:30"), latest=at("Mon 08:30"))
    problem = a_problem(visits=[busy, morning_or_tea()])

    (verdict,) = candidates(problem, a_solution(a_row("owed", "Mon 08:30")), "bath")

    assert (verdict.outcome, verdict.code) == ("CAN_IF", None)
    assert verdict.start == at("Mon 15:30")


def test_a_visit_that_must_follow_another_is_not_offered_the_minutes_between_its_windows() -> None:
    first = a_visit("first", "Mon 10:00", latest=at("Mon 11:00"))
    second = morning_or_tea(after=After("first", 60))
    problem = a_problem(visits=[first, second])
    solution = a_solution(a_row("first", "Mon 10:00"))

    opening = Judge(problem, solution).opening("bath")

    assert opening.starts == ((at("Mon 15:30"), at("Mon 16:30")),)


def test_what_is_left_of_the_windows_is_used_in_a_repair() -> None:
    problem = a_problem(visits=[morning_or_tea()], carers=[a_carer("ann"), a_carer("bob")])
    told = a_solution(a_row("bath", "Mon 16:00"))
    ill = CarerAway("ann", at("Mon 10:00"), at("Tue 00:00"))

    answer = repair(problem, told, [ill], now=at("Mon 15:40"), rounds=200)

    (row,) = answer.plans[0].solution.assignments
    assert (row.carers, row.start) == (("bob",), at("Mon 16:00"))
    assert answer.proof is not None
    assert answer.proof.is_fewest_changes


def test_a_visit_held_for_another_branch_has_its_one_start_left() -> None:
    visit = held(morning_or_tea(), a_row("bath", "Mon 16:10"))

    assert visit.periods == ((at("Mon 16:10"), at("Mon 16:10")),)


def in_two(visit: Visit) -> Visit:
    """Return the visit with its window cut into two that meet, where it is long enough."""
    cut = (visit.earliest + visit.latest) // 2
    if visit.alternatives or visit.earliest == visit.latest:
        return visit
    halves = [Window(visit.earliest, visit.earliest, cut), Window(cut + 1, cut + 1, visit.latest)]
    return visit.within(halves)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(tiny_weeks())
def test_a_window_given_as_two_that_meet_is_one_window(problem: Problem) -> None:
    # Their targets differ, so lateness must cost nothing.
    policy = problem.policy
    free = replace(policy, weights=replace(policy.weights, lateness=0))
    whole = replace(problem, policy=free)
    cut = replace(whole, visits=tuple(map(in_two, whole.visits)))
    points, plan = best_by_force(whole)

    proof = prove(cut, None, limit=Limit(seconds=60), threads=1)

    assert best_by_force(cut)[0] == points
    if plan is not None:
        assert (check(cut, plan), cost(cut, plan)) == ((), cost(whole, plan))
        assert proof.lower == pytest.approx(points, abs=0.002)


def shuffled(visit: Visit) -> Iterator[Visit]:
    """Yield the visit with each of its windows first."""
    for first in visit.windows:
        yield visit.within([first, *(row for row in visit.windows if row is not first)])


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(tiny_weeks())
def test_which_window_is_named_first_changes_no_cost(problem: Problem) -> None:
    points, plan = best_by_force(problem)
    if plan is None:
        return
    turned = replace(problem, visits=tuple(list(shuffled(v))[-1] for v in problem.visits))

    assert (check(turned, plan), cost(turned, plan)) == ((), cost(problem, plan))
    assert points == cost(turned, plan).total
