"""The best plan of a small week, or how much better than a given one any plan can be at most."""

from dataclasses import dataclass
from typing import Final

from ortools.sat.python import cp_model

from scheduler.exact.points import Scale
from scheduler.exact.solve_within import solve_within
from scheduler.exact.week_costs import WeekCosts
from scheduler.exact.week_model import WeekModel
from scheduler.model import Problem, Solution
from scheduler.stop import Limit
from scheduler.units import Points

SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Proof:
    """What CP-SAT proved about a week.

    Attributes
    ----------
    lower
        Points below which no sound plan can be; infinite when there is no sound plan.
    best
        The best plan that was found; None when there was none in time.
    is_optimal
        No sound plan is cheaper than `best`.
    """

    lower: Points
    best: Solution | None
    is_optimal: bool


def prove(
    problem: Problem,
    hint: Solution | None,
    *,
    limit: Limit,
    threads: int,
    lower: Points = 0.0,
) -> Proof:
    """Search the whole week exactly until proved or out of time.

    Parameters
    ----------
    lower
        A bound that is known already.
    """
    week = WeekModel(problem)
    scale = Scale(problem)
    total = WeekCosts(week, scale).total
    week.model.minimize(total)
    # Where figures are rounded down, the best plan may add up to less than a bound that holds.
    if lower > 0 and scale.is_exact:
        week.model.add(total >= scale.whole(lower))
    if hint is not None:
        week.hint(hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = threads
    solver.parameters.random_seed = SEED
    solver.parameters.linearization_level = 2
    solver.parameters.relative_gap_limit = 0.0
    solver.parameters.absolute_gap_limit = 0.0
    status = solve_within(solver, week.model, limit)
    if status == cp_model.MODEL_INVALID:
        raise AssertionError(week.model.validate())
    if status == cp_model.INFEASIBLE:
        return Proof(float("inf"), None, is_optimal=True)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Proof(max(0.0, scale.points(solver.best_objective_bound)), None, is_optimal=False)
    return Proof(
        lower=max(0.0, scale.points(solver.best_objective_bound)),
        best=week.solution(solver),
        is_optimal=status == cp_model.OPTIMAL and scale.is_exact,
    )
