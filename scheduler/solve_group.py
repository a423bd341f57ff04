"""Plan the week of several branches by parts: each alone, then neighbours together.

Small searches beside each other see far more rounds than one over everybody. What one branch cannot
cover alone, carers of a neighbour make in the stages that follow.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from scheduler.model import Problem, Solution
from scheduler.parts import Part, first_plan, part_of, put_back
from scheduler.progress import OnProgress, Progress, Stopwatch
from scheduler.score import cost
from scheduler.solve import solve
from scheduler.stages import Stage, centres_of, stages_of
from scheduler.stages_told import StageTold
from scheduler.units import Points

LEAST_VISITS: Final = 8000
"""Below this one search over everybody is as quick, and sees all borders at once."""
FIRST_SECONDS: Final = 1.0
"""For a first plan of each branch, so that there is one for everybody within seconds."""
CHECK_SHARE: Final = 0.02
"""The part of the time kept for putting the parts together and checking the whole."""
LEAST_SECONDS: Final = 0.1


def is_for_parts(problem: Problem) -> bool:
    """Say whether a week is so large, and of so many branches, that parts of it are better."""
    return len(problem.visits) >= LEAST_VISITS and len(centres_of(problem)) > 1


def solve_group(
    problem: Problem,
    *,
    seconds: float | None,
    seed: int = 1,
    workers: int = 2,
    iterations: int | None = None,
    start: Solution | None = None,
    on_progress: OnProgress | None = None,
    target: Points | None = None,
) -> Solution:
    """Plan a week of several branches, as many parts at a time as there are workers.

    Parameters
    ----------
    seconds, iterations
        Wall time and rounds of the search for all parts together; None for no limit. With
        `iterations` and no `seconds` the answer is the same on every machine, whatever `workers`.
    start
        A week to improve, without broken rules.
    on_progress
        Called about twice a second for each part at work, with the whole week's figures, by one
        thread at a time; False means "give me the best so far".
    target
        Enough is a plan that costs no more than this.

    Raises
    ------
    ValueError
        Neither limit was given, or one that means nothing.
    """
    if seconds is None and iterations is None:
        raise ValueError("give seconds or iterations, or the run would never end")
    run = _Run(problem, seconds, iterations, seed, workers, on_progress, target)
    stages = stages_of(centres_of(problem))
    plan = first_plan(problem) if start is None else start
    if start is None and seconds is not None:
        plan = run.quickly(stages[0], plan)
    for number, stage in enumerate(stages):
        if not run.is_wanted:
            break
        is_fresh = number == 0 and start is None
        share = stage.share / sum(later.share for later in stages[number:])
        plan = run.after(stage, plan, share=share, is_fresh=is_fresh)
    return plan


@dataclass
class _Run:
    problem: Problem
    seconds: float | None
    iterations: int | None
    seed: int
    workers: int
    on_progress: OnProgress | None
    target: Points | None

    def __post_init__(self) -> None:
        self._watch = Stopwatch()
        self._rounds = 0
        self.is_wanted = True

    def quickly(self, stage: Stage, plan: Solution) -> Solution:
        """Return a first plan for everybody."""
        seconds = FIRST_SECONDS * stage.waves(self.workers)
        return self._planned(stage, plan, seconds=seconds, is_fresh=True)

    def after(self, stage: Stage, plan: Solution, *, share: float, is_fresh: bool) -> Solution:
        """Return the plan after a stage, which has this share of the time that is left.

        With `is_fresh` each part is planned from nothing, and takes the place of what is there
        where it is better.
        """
        left = None
        if self.seconds is not None:
            end = self.seconds * (1 - CHECK_SHARE)
            left = max(0.0, end - self._watch.elapsed()) * share
        return self._planned(stage, plan, seconds=left, is_fresh=is_fresh)

    def _planned(
        self, stage: Stage, plan: Solution, *, seconds: float | None, is_fresh: bool
    ) -> Solution:
        parts = [part_of(self.problem, branches, plan) for branches in stage.parts]
        told = StageTold(self.problem, plan, parts)
        waves = stage.waves(self.workers)
        began = self._watch.elapsed()

        def planned(number: int) -> Solution:
            part = parts[number]
            # Each wave ends in time, even if the one before it was late.
            wave_ends = None if seconds is None else seconds * (number // self.workers + 1) / waves
            left = None if wave_ends is None else began + wave_ends - self._watch.elapsed()
            found = solve(
                part.problem,
                seconds=None if left is None else max(LEAST_SECONDS, left),
                seed=self.seed,
                threads=1,
                iterations=self._iterations_each(stage),
                start=part.start if part.start.assignments and not is_fresh else None,
                on_progress=lambda progress: self._tell(told, number, progress),
            )
            return _better(part, found)

        # Threads do: the kernel computes without holding the interpreter.
        with ThreadPoolExecutor(self.workers) as pool:
            found = list(pool.map(planned, range(len(parts))))
        self._rounds += told.rounds
        return put_back(self.problem, plan, zip(stage.parts, found, strict=True))

    def _iterations_each(self, stage: Stage) -> int | None:
        return None if self.iterations is None else stage.iterations_each(self.iterations)

    def _tell(self, told: StageTold, number: int, progress: Progress) -> bool:
        with told.lock:
            whole = told.note(number, progress)
            if whole is not None:
                if self.target is not None and whole.cost <= self.target:
                    self.is_wanted = False
                if self.on_progress is not None:
                    now = whole.at(elapsed=self._watch.elapsed(), earlier_rounds=self._rounds)
                    self.is_wanted = self.on_progress(now) and self.is_wanted
            return self.is_wanted


def _better(part: Part, found: Solution) -> Solution:
    """Return what a search found, or what was there before it where that is cheaper."""
    plans: Sequence[Solution] = (part.start, found)
    return min(plans, key=lambda plan: cost(part.problem, plan).total)
