"""Soft ends of a window: what a start outside them costs, and that hard ends alone cost nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler import check, cost, problem_from, problem_to, solve
from scheduler.exact.bound import bound
from scheduler.explain import assignment
from scheduler.improve.library import build
from scheduler.improve.retiming import retimed
from scheduler.model import Problem, ProblemError, Visit
from scheduler.parts import held
from scheduler.repair.search import _from_now
from scheduler.rules import plan_of, soft_ends
from scheduler.windows import Window
from tests.scheduler.builders import a_carer, a_problem, a_row, a_solution, a_visit, at
from tests.scheduler.exact.by_force import best_by_force, tiny_weeks


@pytest.fixture(scope="module", autouse=True)
def _engine_is_compiled() -> None:
    build()


def priced(problem: Problem, outside: float = 2.0) -> Problem:
    weights = replace(problem.policy.weights, outside=outside)
    return replace(problem, policy=replace(problem.policy, weights=weights))


def soft_visit(visit_id: str = "tea", target: str = "Mon 16:00", **changes: Any) -> Visit:
    """Return a visit that may start an hour either way, and is soft ten minutes either way."""
    return a_visit(visit_id, target, soft=(at(target) - 10, at(target) + 10), **changes)


def a_week(*visits: Visit, outside: float = 2.0, **changes: Any) -> Problem:
    policy = priced(a_problem(), outside).policy
    return a_problem(visits=visits, policy=policy, **changes)


@pytest.mark.parametrize(
    ("start", "points"),
    [("Mon 15:50", 0), ("Mon 15:49", 2), ("Mon 16:10", 0), ("Mon 16:11", 2), ("Mon 17:00", 100)],
)
def test_each_minute_outside_costs_on_top_of_lateness(start: str, points: float) -> None:
    problem = a_week(soft_visit())
    plan = a_solution(a_row("tea", start))

    assert soft_ends.penalty(plan_of(problem, plan)) == {"S3 outside": points}
    assert cost(problem, plan).terms["S3 outside"] == points
    assert check(problem, plan) == ()


def test_a_week_without_soft_ends_has_no_such_term() -> None:
    problem = a_problem(visits=[a_visit("tea", "Mon 16:00")])

    assert "S3 outside" not in cost(problem, a_solution(a_row("tea", "Mon 16:00"))).terms
    assert problem_to(problem)["format"] == "rota-problem/1"


def test_waiting_is_saved_up_to_the_soft_end_and_no_further() -> None:
    # A minute of waiting costs 0.3, of lateness 0.2, outside 2: earlier pays for ten minutes.
    first = a_visit("first", "Mon 15:00", earliest=900, latest=900)
    problem = a_week(first, soft_visit())

    plan = solve(problem, seconds=None, iterations=400, threads=1)

    assert {row.visit: row.start for row in plan.assignments}["tea"] == at("Mon 15:50")


def test_all_starts_of_a_day_are_chosen_with_that_price() -> None:
    first = a_visit("first", "Mon 15:00", earliest=900, latest=900)
    problem = a_week(first, soft_visit())
    early = a_solution(a_row("first", "Mon 15:00"), a_row("tea", "Mon 15:35"))

    better = retimed(problem, early)

    assert better.assignments[1].start == at("Mon 15:50")


def test_another_carer_at_a_dearer_start_is_compared_with_that_price() -> None:
    carers = [a_carer("ann"), a_carer("bob", available=((at("Mon 16:30"), at("Mon 18:00")),))]
    problem = a_week(soft_visit(), carers=carers)

    asked = assignment(problem, a_solution(a_row("tea", "Mon 16:00")), "tea", "bob").asked

    assert asked is not None
    assert {(row.term, row.points, row.amount) for row in asked.differences} == {
        ("S3 outside", 40.0, 20.0),
        ("S3 lateness", 6.0, 30.0),
    }


def test_what_is_left_of_a_window_from_now_on_keeps_its_soft_end() -> None:
    now = at("Mon 15:55")

    left = _from_now(soft_visit(), now)

    assert (left.periods, left.soft) == (((now, at("Mon 17:00")),), (now, at("Mon 16:10")))


def test_a_visit_held_for_another_branch_has_no_soft_ends() -> None:
    assert held(soft_visit(), a_row("tea", "Mon 16:30")).soft is None


def test_soft_ends_come_back_equal_and_only_in_version_two() -> None:
    visit = soft_visit(alternatives=(Window(at("Mon 10:00"), 590, 610, (595, 600)),))
    problem = a_week(visit)
    document = problem_to(problem)

    assert document["visits"][0]["soft"] == [950, 970]
    assert document["visits"][0]["alternatives"][0]["soft"] == [595, 600]
    assert problem_from(document) == problem
    with pytest.raises(ProblemError) as caught:
        problem_from(problem_to(a_week(soft_visit())) | {"format": "rota-problem/1"})
    assert caught.value.path == "visits[0].soft"


Change = Callable[[dict[str, Any]], Any]


def _soft(value: Any) -> Change:
    return lambda document: document["visits"][0].update(soft=value)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (_soft([961, 970]), "visits[0].soft"),
        (_soft([950, 959]), "visits[0].soft"),
        (_soft([899, 970]), "visits[0].soft"),
        (_soft([950, 1021]), "visits[0].soft"),
        (_soft([950]), "visits[0].soft"),
        (_soft([950, 960, 970]), "visits[0].soft"),
        (_soft(["15:50", 970]), "visits[0].soft"),
        (_soft({"from": 950}), "visits[0].soft"),
        (_soft([950.5, 970]), "visits[0].soft"),
        (lambda d: d["policy"]["weights"].pop("outside"), "policy.weights.outside"),
        (lambda d: d["policy"]["weights"].update(outside=-1), "policy.weights.outside"),
        (lambda d: d["policy"]["weights"].update(outside="much"), "policy.weights.outside"),
    ],
)
def test_soft_ends_that_make_no_sense_are_refused_with_their_path(
    change: Change, path: str
) -> None:
    document = problem_to(a_week(soft_visit()))
    change(document)

    with pytest.raises(ProblemError) as caught:
        problem_from(document)

    assert caught.value.path == path


def without_soft_ends(visit: Visit) -> Visit:
    mine = (visit.window_of(visit.target), *visit.alternatives)
    return visit.within([replace(window, soft=None) for window in mine])


def soft_at_the_ends(visit: Visit) -> Visit:
    mine = (visit.window_of(visit.target), *visit.alternatives)
    return visit.within([replace(w, soft=(w.earliest, w.latest)) for w in mine])


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(tiny_weeks())
def test_soft_ends_equal_to_the_hard_ones_are_none(problem: Problem) -> None:
    problem = priced(problem)
    none = replace(problem, visits=tuple(map(without_soft_ends, problem.visits)))
    equal = replace(problem, visits=tuple(map(soft_at_the_ends, problem.visits)))

    plan = solve(none, seconds=None, iterations=150, seed=1)

    assert solve(equal, seconds=None, iterations=150, seed=1) == plan
    assert cost(equal, plan).total == cost(none, plan).total
    assert cost(equal, plan).terms.get("S3 outside", 0) == 0


@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(tiny_weeks())
def test_a_week_with_soft_ends_is_bounded_and_its_best_plan_found(problem: Problem) -> None:
    soft = tuple(
        visit.within(
            [
                replace(window, soft=(window.target, window.target))
                for window in (visit.window_of(visit.target), *visit.alternatives)
            ]
        )
        for visit in problem.visits
    )
    problem = replace(priced(problem, 0.7), visits=soft)
    points, plan = best_by_force(problem)
    if plan is None:
        return

    found = bound(problem, plan, seconds=20)

    assert found.is_optimal
    assert found.lower <= points <= found.lower + 0.002
