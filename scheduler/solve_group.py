"""Plan the week of several branches by parts: each alone, then neighbours together.

Small searches beside each other see far more rounds than one over everybody. What one branch cannot
cover alone, carers of a neighbour make in the stages that follow.
"""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from scheduler.model import Problem, Solution
from scheduler.parts import first_plan, part_of, put_back
from scheduler.solve import solve
from scheduler.stages import Stage, centres_of, stages_of


@dataclass(frozen=True, slots=True)
class _Effort:
    seconds: float | None
    iterations: int | None
    seed: int


def solve_group(
    problem: Problem,
    *,
    seconds: float | None,
    seed: int = 1,
    workers: int = 2,
    iterations: int | None = None,
    start: Solution | None = None,
) -> Solution:
    """Plan a week of several branches, as many parts at a time as there are workers.

    Parameters
    ----------
    seconds, iterations
        Wall time and rounds of the search for all parts together; None for no limit. With
        `iterations` and no `seconds` the answer is the same on every machine, whatever `workers`.
    start
        A week to improve, without broken rules.

    Raises
    ------
    ValueError
        Neither limit was given, or one that means nothing.
    """
    plan = first_plan(problem) if start is None else start
    for stage in stages_of(centres_of(problem)):
        effort = _Effort(
            None if seconds is None else stage.seconds_each(seconds, workers),
            None if iterations is None else stage.iterations_each(iterations),
            seed,
        )
        plan = _after(stage, problem, plan, effort, workers)
    return plan


def _after(
    stage: Stage, problem: Problem, plan: Solution, effort: _Effort, workers: int
) -> Solution:
    def solved(branches: Collection[str]) -> tuple[Collection[str], Solution]:
        part = part_of(problem, branches, plan)
        found = solve(
            part.problem,
            seconds=effort.seconds,
            seed=effort.seed,
            threads=1,
            iterations=effort.iterations,
            start=part.start if part.start.assignments else None,
        )
        return branches, found

    # Threads do: the kernel computes without holding the interpreter.
    with ThreadPoolExecutor(workers) as pool:
        return put_back(problem, plan, pool.map(solved, stage.parts))
