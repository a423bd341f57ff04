"""What a route service is to us, and how it can fail."""

import enum
import math
from collections.abc import Sequence
from typing import Any, Final, Protocol, TypeAlias

from backend.travel.grid import LatLon

Seconds: TypeAlias = list[list[int | None]]
"""By source, then by target; None where the service knows no way."""

LONGEST_WAY_SECONDS: Final = 24 * 60 * 60 - 1


class Failure(enum.StrEnum):
    """Why a service gave no times. The values are kept, and words for them are on the screen."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    BUSY = "busy"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    TOO_BIG = "too_big"
    RESTING = "resting"
    NO_ADDRESS = "no_address"
    OUT_OF_TIME = "out_of_time"


PASSING: Final = frozenset({Failure.UNREACHABLE, Failure.TIMED_OUT, Failure.BUSY})
"""Failures that the next try may not meet."""


class RouteServiceError(Exception):
    """A service gave no times. The text holds no address and no coordinate."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(f"{failure}: {detail}" if detail else failure)
        self.failure = failure


class RouteService(Protocol):
    """A service that knows roads."""

    name: str
    most_places: int
    """So many sources, and so many targets, may be asked for at once."""

    def serves(self, mode: str) -> bool:
        """Say whether it knows how long a mode of travel takes."""

    def seconds(
        self, sources: Sequence[LatLon], targets: Sequence[LatLon], mode: str, *, until: float
    ) -> Seconds:
        """Ask once for all pairs.

        Parameters
        ----------
        until
            On the clock of `time.monotonic`; the answer must be there by then.

        Raises
        ------
        RouteServiceError
            There was no answer, or none that could be read whole.
        """


def whole_seconds(value: Any) -> int | None:
    """Return a time of an answer in whole seconds, rounded up; None for "no way".

    Raises
    ------
    RouteServiceError
        It is neither a time nor null.
    """
    if value is None:
        return None
    is_time = isinstance(value, int | float) and not isinstance(value, bool)
    if not (is_time and math.isfinite(value) and value >= 0):
        raise RouteServiceError(Failure.UNREADABLE, "a time is no time")
    return None if value > LONGEST_WAY_SECONDS else math.ceil(value)


def shaped(rows: Any, sources: int, targets: int) -> list[list[Any]]:
    """Return a table of an answer if it has the size that was asked for.

    Raises
    ------
    RouteServiceError
        It has not: half an answer is none.
    """
    is_whole = (
        isinstance(rows, list)
        and len(rows) == sources
        and all(isinstance(row, list) and len(row) == targets for row in rows)
    )
    if not is_whole:
        raise RouteServiceError(Failure.UNREADABLE, "the table has another size")
    found: list[list[Any]] = rows
    return found
