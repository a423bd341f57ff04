"""When a run stops: after so many seconds, after so many iterations, or when it is asked to."""

import math
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


class StopRequest:
    """A wish to stop that arrives from outside, such as a signal; it is never taken back."""

    def __init__(self) -> None:
        self.made = False

    def make(self) -> None:
        """Ask for the best solution so far."""
        self.made = True


class Limit:
    """The end of a run that is known beforehand; the first limit reached counts.

    Only an iteration limit gives the same solution on every machine.
    """

    def __init__(
        self,
        *,
        seconds: float | None = None,
        iterations: int | None = None,
        request: StopRequest | None = None,
    ) -> None:
        if seconds is not None and not (math.isfinite(seconds) and seconds >= 0):
            raise ValueError(f"seconds must be zero or more, not {seconds!r}")
        if iterations is not None and iterations < 0:
            raise ValueError(f"iterations must be zero or more, not {iterations!r}")
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._iterations = iterations
        self._request = request

    def seconds_left(self) -> float:
        """Return the seconds that are left, never below 0; infinite without a time limit.

        None are left once a stop was requested.
        """
        if self._request is not None and self._request.made:
            return 0.0
        if self._deadline is None:
            return math.inf
        return max(0.0, self._deadline - time.monotonic())

    def part(self, share: float) -> "Limit":
        """Return a limit of this share of the seconds that are left, with the same stop request."""
        left = self.seconds_left()
        return Limit(seconds=left * share if math.isfinite(left) else None, request=self._request)

    def reached(self, iterations: int) -> bool:
        """Say whether a run that has done this many iterations must stop now."""
        if self._iterations is not None and iterations >= self._iterations:
            return True
        return self.seconds_left() == 0


@contextmanager
def stopped_by_signals() -> Iterator[StopRequest]:
    """Turn SIGTERM and SIGINT into a stop request while the block runs, instead of dying."""
    request = StopRequest()

    def ask(_number: int, _frame: FrameType | None) -> None:
        request.make()

    before = {number: signal.signal(number, ask) for number in STOP_SIGNALS}
    try:
        yield request
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
