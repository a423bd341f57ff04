"""What the roads of a week are like: known travel times, and when the same way takes longer.

Both belong to `rota-problem/2`. Neither says anything about who travels.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scheduler.problem_error import ProblemError
from scheduler.units import DAY, DAYS_IN_WEEK, Day, Minutes, time_text

HIGHEST_FACTOR: Final = 10.0
MOST_PLACES: Final = 4_000
"""A table may be for so many places at most: 16 million pairs."""

MOST_PEAKS: Final = 200
"""So many windows for one mode."""


@dataclass(frozen=True, slots=True)
class Peak:
    """A window of the day, on some days of the week, in which the roads are slower.

    Attributes
    ----------
    days
        Days of the week, 0 (Monday) to 6, in ascending order.
    from_minute, to_minute
        Wall-clock minutes of the day, the end excluded. A window over midnight is two.
    factor
        How much longer every stretch of road takes that is travelled inside the window.
    """

    days: tuple[Day, ...]
    from_minute: Minutes
    to_minute: Minutes
    factor: float

    def __post_init__(self) -> None:
        known = all(day in range(DAYS_IN_WEEK) for day in self.days)
        if not (self.days and known and list(self.days) == sorted(set(self.days))):
            reason = f"must be days from 0 to 6 in order, each once, not {list(self.days)}"
            raise ProblemError("days", reason)
        if not 0 <= self.from_minute < self.to_minute <= DAY:
            raise ProblemError("from", "needs 0 <= from < to <= 1440")
        if not (math.isfinite(self.factor) and 1 <= self.factor <= HIGHEST_FACTOR):
            reason = f"must be 1 to {HIGHEST_FACTOR:g} (a peak makes no way shorter)"
            raise ProblemError("factor", f"{reason}, not {self.factor!r}")


@dataclass(frozen=True, slots=True)
class TravelTable:
    """Whole minutes between places by their order in the problem: row from, column to.

    None is a pair that is not known; the formula of the mode then says how long it takes. A way
    back may take another time than the way there. The diagonal is zero or not known.
    """

    minutes: tuple[tuple[Minutes | None, ...], ...]

    def __post_init__(self) -> None:
        size = len(self.minutes)
        if size > MOST_PLACES:
            raise ProblemError("", f"is for {size} places; {MOST_PLACES} is the most")
        for row, values in enumerate(self.minutes):
            if len(values) != size:
                raise ProblemError(f"[{row}]", f"has {len(values)} minutes, not {size}")
            _check_row(row, values)


def _check_row(row: int, values: Sequence[Minutes | None]) -> None:
    if values[row] not in {0, None}:
        raise ProblemError(f"[{row}][{row}]", f"a place is 0 from itself, not {values[row]}")
    for column, value in enumerate(values):
        if value is not None and not 0 <= value < DAY:
            reason = f"must be whole minutes below a day, not {value}"
            raise ProblemError(f"[{row}][{column}]", reason)


def check_peaks(peaks: Sequence[Peak]) -> None:
    """Refuse too many windows, and windows of one day that overlap."""
    if len(peaks) > MOST_PEAKS:
        raise ProblemError("peaks", f"are {len(peaks)}; {MOST_PEAKS} is the most")
    taken: dict[Day, list[tuple[Minutes, Minutes]]] = {}
    for index, peak in enumerate(peaks):
        for day in peak.days:
            for start, end in taken.setdefault(day, []):
                if peak.from_minute < end and start < peak.to_minute:
                    window = f"{time_text(start)} to {time_text(end)}"
                    reason = f"overlaps the window {window} on day {day}; make them meet"
                    raise ProblemError(f"peaks[{index}]", reason)
            taken[day].append((peak.from_minute, peak.to_minute))


def check_tables(tables: Mapping[str, TravelTable], *, modes: Collection[str], places: int) -> None:
    """Refuse a table of a mode that does not exist, or for another number of places."""
    for mode, table in tables.items():
        if mode not in modes:
            raise ProblemError(f"travel.{mode}", f"there is no mode {mode!r}")
        if len(table.minutes) != places:
            reason = f"has {len(table.minutes)} rows, but there are {places} places"
            raise ProblemError(f"travel.{mode}", reason)
