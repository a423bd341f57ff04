"""What the parts of a stage have reached, told as one plan for the whole week."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.model import CRITICAL, Problem, Solution
from scheduler.parts import Part, put_back
from scheduler.progress import Progress
from scheduler.score import cost
from scheduler.units import Points


@dataclass(frozen=True, slots=True)
class WholeTold:
    """The whole week while its parts are being planned.

    Costs what it cost before the stage, less what each part has saved since.
    """

    cost: Points
    terms: Mapping[str, Points]
    unassigned: int
    unassigned_critical: int
    rounds: int
    told: "StageTold"

    def at(self, *, elapsed: float, earlier_rounds: int) -> Progress:
        """Return the same as progress of the run that the stage belongs to."""
        return Progress(
            stage="improving",
            elapsed=elapsed,
            iterations=earlier_rounds + self.rounds,
            cost=self.cost,
            terms=self.terms,
            unassigned=self.unassigned,
            unassigned_critical=self.unassigned_critical,
            solution=self.told.solution,
        )


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where one part stands; the plan is copied out by the thread that made it."""

    cost: Points
    terms: Mapping[str, Points]
    unassigned: int
    unassigned_critical: int
    plan: Solution | None = None


class StageTold:
    """Collects what the parts of one stage tell, each from a thread of its own.

    Hold `lock` around `note` and around what is done with its answer.
    """

    def __init__(self, problem: Problem, plan: Solution, parts: Sequence[Part]) -> None:
        self.lock = threading.Lock()
        self._problem, self._plan, self._parts = problem, plan, parts
        self._whole = _stand(problem, plan)
        self._before = [_stand(part.problem, part.start) for part in parts]
        self._now = list(self._before)
        self._rounds = [0] * len(parts)

    @property
    def rounds(self) -> int:
        """How many rounds all parts have run."""
        return sum(self._rounds)

    def note(self, part: int, progress: Progress) -> WholeTold | None:
        """Take note of a part, and return the whole week; None where nothing is new."""
        self._rounds[part] = progress.iterations
        if progress.stage == "loading" or progress.cost >= self._now[part].cost:
            return None
        self._now[part] = _Stand(
            progress.cost,
            progress.terms,
            progress.unassigned,
            progress.unassigned_critical,
            progress.solution(),
        )
        pairs = list(zip(self._before, self._now, strict=True))
        return WholeTold(
            cost=round(self._whole.cost + sum(now.cost - old.cost for old, now in pairs), 3),
            terms={
                name: round(
                    points + sum(now.terms.get(name, 0) - old.terms[name] for old, now in pairs), 3
                )
                for name, points in self._whole.terms.items()
            },
            unassigned=self._whole.unassigned
            + sum(now.unassigned - old.unassigned for old, now in pairs),
            unassigned_critical=self._whole.unassigned_critical
            + sum(now.unassigned_critical - old.unassigned_critical for old, now in pairs),
            rounds=self.rounds,
            told=self,
        )

    def solution(self) -> Solution:
        """Return the plan for the whole week as it stands; it breaks no rule."""
        return put_back(
            self._problem,
            self._plan,
            [
                (part.branches, stand.plan)
                for part, stand in zip(self._parts, self._now, strict=True)
                if stand.plan is not None
            ],
        )


def _stand(problem: Problem, plan: Solution) -> _Stand:
    points = cost(problem, plan)
    left = problem.open_visits(plan)
    critical = sum(visit.priority == CRITICAL for visit in left)
    return _Stand(points.total, points.terms, len(left), critical)
