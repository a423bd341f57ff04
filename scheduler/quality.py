"""When a plan is good enough: at a target, near enough to the best, or when it is the best."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from scheduler.exact.sizes import LARGEST_DAYS
from scheduler.model import Problem, Solution
from scheduler.progress import gap_of
from scheduler.score import COST_DECIMALS
from scheduler.units import Points

if TYPE_CHECKING:
    from scheduler.exact.running_bound import RunningBound

SAME_POINTS: Final = 10**-COST_DECIMALS


class Quality:
    """What a run is to reach, and what is known about the best that there is."""

    def __init__(
        self, problem: Problem, *, target: Points | None, gap: float | None, threads: int
    ) -> None:
        for name, value in (("target", target), ("gap", gap)):
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise ValueError(f"{name} must be zero or more, not {value!r}")
        self._problem, self._threads = problem, threads
        self._target, self._gap = target, gap
        self._bound: RunningBound | None = None

    @property
    def wants_bound(self) -> bool:
        """Whether the run can end well only with a bound."""
        return self._gap is not None

    @property
    def lower(self) -> Points | None:
        """Points that no sound plan costs less than, as far as that is known."""
        return None if self._bound is None else self._bound.lower

    @property
    def better(self) -> Solution | None:
        """A plan that came of the proof and not of the search."""
        result = None if self._bound is None else self._bound.result
        return None if result is None else result.better_solution

    def begin_bound(self, solution: Callable[[], Solution], seconds: float) -> None:
        """Begin to bound the week from below where that pays; a second call does nothing."""
        if self._bound is not None or not 0 < len(self._problem.visits) <= LARGEST_DAYS:
            return
        # OR-Tools takes a second and 100 MB to load, which larger weeks do without.
        from scheduler.exact.running_bound import RunningBound

        threads = max(1, self._threads - 1)
        limit = seconds if math.isfinite(seconds) else None
        self._bound = RunningBound(self._problem, solution(), seconds=limit, threads=threads)

    def is_enough(self, points: Callable[[], Points]) -> bool:
        """Say whether a plan of so many points need not be bettered."""
        if self._target is None and self._bound is None:
            return False
        now = points()
        if self._target is not None and now <= self._target:
            return True
        if self._bound is None:
            return False
        result = self._bound.result
        if result is not None and result.is_optimal:
            return True
        gap = gap_of(now, self._bound.lower)
        near = self._gap is not None and gap is not None and gap <= self._gap
        lower = self._bound.lower
        return near or (lower is not None and now <= lower + SAME_POINTS)

    def stop(self) -> None:
        """End what still runs."""
        if self._bound is not None:
            self._bound.stop()
