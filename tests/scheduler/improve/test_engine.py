"""The kernel counts and allows exactly what the plain rules do."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.improve.encode import EncodedProblem
from scheduler.improve.engine import Engine
from scheduler.model import Problem, Solution
from scheduler.score import check, cost
from scheduler.solve import solve
from tests.scheduler.improve.weeks import (
    random_week,
    with_own_limits,
    with_promises,
    with_soft_ends,
    with_votes,
    with_windows,
)
from tests.scheduler.strategies import problems

CLOSE = 0.5
"""Rounding to thousandths of a point may add up over a week, but to less than this."""


def improved(problem: Problem, *, threads: int, rounds: int) -> tuple[Solution, dict[str, float]]:
    """Return a rota after so many rounds at a lively temperature, and the kernel's own terms."""
    with Engine(EncodedProblem(problem), threads=threads, seed=3) as engine:
        engine.construct()
        for _ in range(4):
            engine.improve(rounds // 4, 20.0)
        assert engine.best_total <= engine.current_total
        return engine.solution(), dict(engine.terms())


def week_with_own_limits(seed: int) -> Problem:
    """Return a random week in which some carers have limits of their own."""
    return with_own_limits(random_week(seed), seed)


def week_with_votes(seed: int) -> Problem:
    """Return a random week under voted limits; some carers have limits of their own as well."""
    return with_votes(with_own_limits(random_week(seed), seed), seed)


def week_with_windows(seed: int) -> Problem:
    """Return a random week in which half of the visits have several windows."""
    return with_windows(random_week(seed), seed)


def week_with_soft_ends(seed: int) -> Problem:
    """Return such a week in which half of the windows have soft ends."""
    return with_soft_ends(random_week(seed), seed)


WEEKS = [
    random_week,
    week_with_own_limits,
    week_with_votes,
    week_with_windows,
    week_with_soft_ends,
]


@pytest.mark.parametrize("week_of", WEEKS)
@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("seed", range(12))
def test_a_searched_week_breaks_no_rule_and_costs_what_the_rules_say(
    seed: int, threads: int, week_of: Callable[[int], Problem]
) -> None:
    problem = week_of(seed)
    solution, terms = improved(problem, threads=threads, rounds=2400)

    assert check(problem, solution) == ()
    points = cost(problem, solution)
    assert len(solution.assignments) > len(problem.visits) / 3
    assert terms == pytest.approx(dict(points.terms), abs=CLOSE)
    assert sum(terms.values()) == pytest.approx(points.total, abs=CLOSE)


@pytest.mark.parametrize("week_of", [random_week, week_with_windows, week_with_soft_ends])
@pytest.mark.parametrize("seed", range(6))
def test_promises_are_kept_and_priced(seed: int, week_of: Callable[[int], Problem]) -> None:
    plain = week_of(seed)
    problem = with_promises(plain, improved(plain, threads=1, rounds=800)[0], seed)
    solution = solve(problem, seconds=None, iterations=4000, seed=seed)

    assert problem.locked
    assert check(problem, solution) == ()
    teams = {row.visit: set(row.carers) for row in solution.assignments}
    assert all(teams[lock.visit] == set(lock.carers) for lock in problem.locked)
    kept = sum(teams.get(row.visit) == set(row.carers) for row in problem.published)
    assert kept > len(problem.published) / 2
    with Engine(EncodedProblem(problem), threads=1, seed=1) as engine:
        for row in solution.assignments:
            assert engine.keep(row.visit, row.start, row.carers)
        assert dict(engine.terms()) == pytest.approx(dict(cost(problem, solution).terms), abs=CLOSE)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=problems(), seed=st.integers(0, 2**64 - 1))
def test_odd_small_weeks_are_solved_without_a_breach(problem: Problem, seed: int) -> None:
    solution = solve(problem, seconds=None, iterations=200, seed=seed)

    # A lock that itself breaks a rule is left open, which is a breach of the lock alone.
    assert {breach.code for breach in check(problem, solution)} <= {"H11"}
    with Engine(EncodedProblem(problem), threads=1, seed=1) as engine:
        for row in solution.assignments:
            assert engine.keep(row.visit, row.start, row.carers)
        assert dict(engine.terms()) == pytest.approx(dict(cost(problem, solution).terms), abs=CLOSE)
