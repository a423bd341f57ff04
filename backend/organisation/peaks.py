"""The windows of a way of travel in which roads are slower, as the rules of travel hold them."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

DAY_MINUTES: Final = 1440
HIGHEST_FACTOR: Final = 10
FIELDS: Final = {"days", "from", "to", "factor"}


def fault_of(peaks: Any) -> str | None:
    """Return what is wrong with the peaks of a mode, in words that say what to mend; None if fit.

    Each is `{days: [0, 1, 2, 3, 4], from: 480, to: 540, factor: 1.5}`: days of the week from 0 for
    Monday, wall-clock minutes of the day, the end excluded.
    """
    if not isinstance(peaks, Sequence) or isinstance(peaks, str):
        return "must be a list"
    for number, peak in enumerate(peaks):
        fault = _fault(peak)
        if fault is not None:
            return f"[{number}] {fault}"
    rows = sorted((day, peak["from"], peak["to"]) for peak in peaks for day in peak["days"])
    for (day, _, end), (next_day, start, _) in pairwise(rows):
        if day == next_day and start < end:
            return f"overlap on day {day} at minute {start}; make the windows meet"
    return None


def _fault(peak: Any) -> str | None:
    if not isinstance(peak, Mapping) or set(peak) != FIELDS:
        return "needs days, from, to and factor, and nothing else"
    days, start, end, factor = (peak[name] for name in ("days", "from", "to", "factor"))
    is_days = isinstance(days, Sequence) and all(_is_whole(day) and 0 <= day < 7 for day in days)
    if not (is_days and days and list(days) == sorted(set(days))):
        return "days must be from 0 (Monday) to 6, in order, each once"
    if not (_is_whole(start) and _is_whole(end) and 0 <= start < end <= DAY_MINUTES):
        return "needs whole minutes 0 <= from < to <= 1440; a window over midnight is two"
    is_number = isinstance(factor, int | float) and not isinstance(factor, bool)
    if not (is_number and math.isfinite(factor) and 1 <= factor <= HIGHEST_FACTOR):
        return f"factor must be 1 to {HIGHEST_FACTOR}"
    return None


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
