"""Solve a week here and now, with a limit of work instead of time, so that it can be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.rota.models import Rota
from backend.rota.solver.figures import figures_of
from backend.rota.solver.law_records import lawful_part
from backend.rota.solver.plan_anew import planned_anew
from backend.rota.solver.translate import (
    AssignmentRow,
    assignments_of,
    solution_from_rows,
    week_of_branch,
)
from scheduler import Problem, Solution, solve

AGAIN_SHARE = 4
"""What the law takes out is planned anew with this part of the rounds."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan as rows of `RotaProposal.assignments`, and its figures."""

    assignments: list[AssignmentRow]
    figures: dict[str, Any]


def solve_at_once(
    rota: Rota, *, iterations: int, seed: int, start: Sequence[AssignmentRow] = ()
) -> Planned:
    """Return a plan for a rota's week; nothing is written.

    Parameters
    ----------
    iterations
        Rounds of the search: with the same rows, seed and start, the plan is the same on every
        machine.
    start
        A plan to improve, for example last week's; what is not possible in it is left out.
    """
    week = week_of_branch(rota)
    problem = week.problem
    solution = solve(
        problem,
        seconds=None,
        iterations=iterations,
        seed=seed,
        threads=2,
        start=solution_from_rows(problem, start) if start else None,
    )

    def again(held: Problem, start: Solution) -> Solution:
        rounds = iterations // AGAIN_SHARE
        return solve(held, seconds=None, iterations=rounds, seed=seed, threads=2, start=start)

    solution = planned_anew(week.law, problem, lawful_part(week.law, problem, solution), again).plan
    return Planned(assignments_of(solution, week), figures_of(problem, solution))
