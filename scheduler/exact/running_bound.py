"""A bound that is worked out beside the search, in a thread of its own."""

import logging
import math
import threading

from scheduler.exact.bound import Bound, bound
from scheduler.model import Problem, Solution
from scheduler.stop import StopRequest
from scheduler.units import Points

log = logging.getLogger(__name__)


class RunningBound:
    """Bounds a week from below until it is proved, out of time or stopped.

    Attributes
    ----------
    lower
        The best bound so far; None while there is none.
    result
        What came of it; None while it runs, and when it failed.
    """

    def __init__(
        self, problem: Problem, solution: Solution, *, seconds: float | None, threads: int
    ) -> None:
        self.lower: Points | None = None
        self.result: Bound | None = None
        self._request = StopRequest()
        self._thread = threading.Thread(
            target=self._run, args=(problem, solution, seconds, threads), name="bound", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End it and wait for its end, which takes a second at most."""
        self._request.make()
        self._thread.join()

    def _run(
        self, problem: Problem, solution: Solution, seconds: float | None, threads: int
    ) -> None:
        try:
            found = bound(
                problem,
                solution,
                seconds=seconds,
                threads=threads,
                request=self._request,
                on_lower=self._raise,
            )
            if math.isfinite(found.lower):
                self.result = found
        except MemoryError:
            # The plan matters more than how good it is.
            log.warning("There is not enough memory to bound the week from below.")

    def _raise(self, lower: Points) -> None:
        # Where no plan is sound, as under a lock that breaks a rule, the search leaves that visit
        # open; how good the rest is then remains unknown.
        if math.isfinite(lower):
            self.lower = lower
