"""How a long job tells what it has reached so far."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self, TypeAlias

from scheduler.model import Solution
from scheduler.units import Points


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands.

    Attributes
    ----------
    stage
        "loading", "building", "improving" or "done".
    elapsed
        Seconds since the run began.
    cost, terms
        Points of the best solution so far, whole and by term.
    solution
        Gives the best solution so far; called only by those who want it, since it takes time.
    lower
        Points that no sound plan costs less than; None where nothing is known.
    """

    stage: str
    elapsed: float
    iterations: int
    cost: Points
    terms: Mapping[str, Points]
    unassigned: int
    unassigned_critical: int
    solution: Callable[[], Solution]
    lower: Points | None = None

    @property
    def gap(self) -> float | None:
        """How much less another plan could cost at most, as a part of the cost."""
        return gap_of(self.cost, self.lower)


def gap_of(points: Points, lower: Points | None) -> float | None:
    """Return how far a cost is above a bound, as a part of it; None where there is no bound."""
    if lower is None:
        return None
    return max(0.0, points - lower) / points if points else 0.0


OnProgress: TypeAlias = Callable[[Progress], bool]
"""Called now and then by a run; False means "give me the best so far"."""


class Stopwatch:
    """Seconds since it was made, on a clock that never runs backwards."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def elapsed(self) -> float:
        """Return the seconds since the stopwatch was made."""
        return time.monotonic() - self._began


class Heartbeat:
    """Calls `beat` about every `seconds` from a thread of its own while the block runs.

    It shows that the process lives while it reads, builds or explains and cannot report itself.
    """

    def __init__(self, seconds: float, beat: Callable[[], None]) -> None:
        self._seconds = seconds
        self._beat = beat
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self._seconds):
            self._beat()
