"""Optional visits: made where they are worth it, priced where not, and never called uncovered."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler import (
    candidates,
    check,
    cost,
    explain_unassigned,
    indicators,
    problem_from,
    problem_to,
    repair,
    solve,
)
from scheduler.changes import CarerAway
from scheduler.exact.bound import bound
from scheduler.improve.encode import EncodedProblem
from scheduler.improve.engine import Engine
from scheduler.improve.library import build
from scheduler.model import OPTIONAL, PRIORITIES, Problem, ProblemError, Solution, Visit
from scheduler.progress import Progress
from tests.scheduler.builders import POLICY, a_carer, a_problem, a_row, a_solution, a_visit, at
from tests.scheduler.exact.by_force import best_by_force, tiny_weeks
from tests.scheduler.improve.weeks import random_week


@pytest.fixture(scope="module", autouse=True)
def _engine_is_compiled() -> None:
    build()


def worth(points: float, problem: Problem) -> Problem:
    """Return the week in which a minute of an optional visit left open costs so much."""
    weights = problem.policy.weights
    prices = {**weights.unassigned, OPTIONAL: points}
    policy = replace(problem.policy, weights=replace(weights, unassigned=prices))
    return replace(problem, policy=policy)


def optional(visit_id: str, moment: str, **changes: Any) -> Visit:
    return a_visit(visit_id, moment, priority=OPTIONAL, **changes)


def a_week(*visits: Visit, points: float = 5, **changes: Any) -> Problem:
    policy = worth(points, a_problem()).policy
    return a_problem(visits=visits, policy=policy, **changes)


def test_a_visit_that_is_worth_less_than_it_costs_is_left_out() -> None:
    # Six points for a carer whom the client does not know, against 60 minutes times its worth.
    dear, cheap = a_week(optional("v1", "Mon 09:00")), a_week(optional("v1", "Mon 09:00"))
    dear, cheap = worth(0.09, dear), worth(0.11, cheap)

    assert solve(dear, seconds=None, iterations=100).assignments == ()
    assert solve(cheap, seconds=None, iterations=100).assignments == (a_row("v1", "Mon 09:00"),)


def test_an_owed_visit_goes_before_an_optional_one() -> None:
    owed = a_visit("owed", "Mon 09:00", priority=3, earliest=540, latest=540)
    extra = optional("extra", "Mon 09:00", earliest=540, latest=540)
    problem = a_week(extra, owed)

    assert solve(problem, seconds=None, iterations=200).assignments == (a_row("owed", "Mon 09:00"),)


def test_one_left_out_is_priced_by_itself_and_is_not_uncovered() -> None:
    problem = a_week(optional("extra", "Mon 09:00"), a_visit("owed", "Tue 09:00"))
    plan = a_solution(a_row("owed", "Tue 09:00"))

    terms, figures = cost(problem, plan).terms, indicators(problem, plan)

    assert (terms["S0 optional"], terms["S0 unassigned"]) == (300.0, 0.0)
    assert (figures["unassigned visits"], figures["covered minutes %"]) == (0, 100)
    assert (figures["optional visits"], figures["optional visits made"]) == (1, 0)
    assert explain_unassigned(problem, plan) == ()
    assert problem.open_visits(plan) == []
    (verdict,) = candidates(problem, plan, "extra")
    assert (verdict.outcome, verdict.terms["S0 optional"]) == ("CAN", -300.0)


def test_a_week_without_optional_visits_knows_nothing_of_them() -> None:
    problem = a_problem(visits=[a_visit("owed", "Tue 09:00")])

    assert "S0 optional" not in cost(problem, a_solution()).terms
    assert "optional visits" not in indicators(problem, a_solution())
    assert problem_to(problem)["format"] == "rota-problem/1"


def test_a_run_tells_of_no_visit_left_open_but_those_that_are_owed() -> None:
    problem = a_week(
        optional("extra", "Mon 09:00", skills=("peg",)),
        a_visit("owed", "Mon 09:00", priority=1, skills=("peg",)),
    )
    told: list[Progress] = []

    def note(progress: Progress) -> bool:
        told.append(progress)
        return True

    solve(problem, seconds=None, iterations=100, on_progress=note)

    assert {(row.unassigned, row.unassigned_critical) for row in told} == {(1, 1)}


def test_an_optional_visit_that_is_given_up_in_a_repair_is_told_and_not_called_open() -> None:
    problem = a_week(optional("extra", "Mon 09:00"), a_visit("owed", "Mon 12:00", priority=1))
    told = a_solution(a_row("extra", "Mon 09:00"), a_row("owed", "Mon 12:00"))
    ill = CarerAway("ann", 0, at("Mon 11:00"))

    answer = repair(problem, told, [ill], rounds=100)

    (plan, *_) = answer.plans
    assert [row.visit for row in plan.changes] == ["extra"]
    assert (plan.open_visits, plan.open_points) == ((), 300.0)
    assert [(call.who, call.items[0].told) for call in plan.calls] == [("client", "open")]


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(tiny_weeks(), st.sampled_from(PRIORITIES), st.integers(1, 5))
def test_an_optional_visit_at_the_price_of_an_owed_one_is_planned_like_it(
    problem: Problem, priority: int, seed: int
) -> None:
    owed = replace(
        problem,
        visits=tuple(
            replace(visit, priority=priority) if visit.is_optional else visit
            for visit in problem.visits
        ),
    )
    same = worth(problem.policy.weights.unassigned[priority], owed)
    turned = replace(
        same,
        visits=tuple(
            replace(visit, priority=OPTIONAL) if visit.priority == priority else visit
            for visit in same.visits
        ),
    )

    plan = solve(owed, seconds=None, iterations=150, seed=seed)

    assert solve(turned, seconds=None, iterations=150, seed=seed) == plan
    assert cost(turned, plan).total == cost(owed, plan).total
    assert best_by_force(turned)[0] == best_by_force(owed)[0]


@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(tiny_weeks())
def test_a_week_with_optional_visits_is_never_bounded_above_its_best_plan(
    problem: Problem,
) -> None:
    half = tuple(
        replace(visit, priority=OPTIONAL) if number % 2 else visit
        for number, visit in enumerate(problem.visits)
    )
    problem = replace(worth(0.1, problem), visits=half)
    points, plan = best_by_force(problem)
    if plan is None:
        return

    found = bound(problem, plan, seconds=20)

    assert found.is_optimal
    assert found.lower <= points <= found.lower + 0.002


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("threads", [1, 2])
def test_the_kernel_prices_optional_visits_as_the_rules_do(seed: int, threads: int) -> None:
    plain = random_week(seed)
    half = tuple(
        replace(visit, priority=OPTIONAL) if visit.priority == 3 else visit
        for visit in plain.visits
    )
    problem = replace(worth(0.5, plain), visits=half)

    with Engine(EncodedProblem(problem), threads=threads, seed=seed) as engine:
        engine.construct()
        engine.improve(2000, 20.0)
        plan: Solution = engine.solution()
        terms, left = dict(engine.terms()), engine.open_visits()

    assert check(problem, plan) == ()
    assert terms == pytest.approx(dict(cost(problem, plan).terms), abs=0.5)
    assert left == problem.open_visits(plan)


def test_optional_visits_come_back_equal_and_only_in_version_two() -> None:
    problem = a_week(optional("extra", "Mon 09:00"))
    document = problem_to(problem)

    assert document["format"] == "rota-problem/2"
    assert problem_from(document) == problem
    with pytest.raises(ProblemError, match="optional visits belong to rota-problem/2"):
        problem_from(document | {"format": "rota-problem/1"})


Change = Callable[[dict[str, Any]], Any]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda d: d["visits"][0].update(priority=5), "visits[0].priority"),
        (lambda d: d["visits"][0].update(priority=0), "visits[0].priority"),
        (
            lambda d: d["policy"]["weights"]["unassigned"].pop("4"),
            "policy.weights.unassigned",
        ),
        (
            lambda d: d["policy"]["weights"]["unassigned"].update({"4": -1}),
            "policy.weights.unassigned.4",
        ),
        (
            lambda d: d["policy"]["weights"]["unassigned"].update({"5": 1}),
            "policy.weights.unassigned.5",
        ),
    ],
)
def test_an_optional_visit_without_a_sensible_price_is_refused(change: Change, path: str) -> None:
    document = problem_to(a_week(optional("extra", "Mon 09:00")))
    change(document)

    with pytest.raises(ProblemError) as caught:
        problem_from(document)

    assert caught.value.path == path


def test_a_price_of_optional_visits_belongs_to_version_two_also_without_any() -> None:
    document = problem_to(worth(5, a_problem(carers=[a_carer()], policy=POLICY)))

    assert document["format"] == "rota-problem/2"
    with pytest.raises(ProblemError) as caught:
        problem_from(document | {"format": "rota-problem/1"})
    assert caught.value.path == "policy.weights.unassigned.4"
