"""Travel times between places: where they come from, and what the time of day makes of them.

`TravelTimes` is the interface: minutes on free roads. Behind it stand the formula (straight-line
metres, the mode's detour and speed) and tables of known times; a service on the network fills
such a table before a week is planned, and is never asked here. `Travel` adds the peaks and is
what every rule uses.

In a peak every stretch of road takes `factor` times as long. So a way that runs into a peak is
slowed from there on only, a later departure never arrives earlier, and a detour over a third
place is never quicker than the straight way: taking a visit out of a day breaks no travel time.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol

from scheduler.model import Mode, Place, Problem
from scheduler.roads import Peak
from scheduler.units import DAY, DAYS_IN_WEEK, WEEK, Minute, Minutes

METRES_PER_KILOMETRE: Final = 1000
MINUTES_PER_HOUR: Final = 60
# A time that is a whole minute but for the last bits of a float must not become a minute more.
ROUNDING_TOLERANCE: Final = 1e-9


class TravelTimes(Protocol):
    """How long ways take on free roads."""

    def minutes(self, a: str, b: str, mode: str) -> Minutes:
        """Return whole minutes, rounded up, from place `a` to place `b`; 0 within a place."""

    def between(self, places: Sequence[str], mode: str) -> list[list[Minutes]]:
        """Return the minutes between all of some places: a row from each, a column to each."""


def travel_minutes(a: Place, b: Place, mode: Mode) -> Minutes:
    """Return whole minutes, rounded up, from place `a` to place `b`; 0 when they are the same."""
    if a.id == b.id:
        return 0
    metres = math.dist((a.x, a.y), (b.x, b.y)) * mode.detour
    moving = metres * MINUTES_PER_HOUR / (mode.kmh * METRES_PER_KILOMETRE)
    return math.ceil(mode.overhead_min + moving - ROUNDING_TOLERANCE)


class FormulaTimes:
    """Times by the formula; each pair is worked out once and remembered."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._known: dict[tuple[str, str, str], Minutes] = {}

    def minutes(self, a: str, b: str, mode: str) -> Minutes:
        """Return what the formula of the mode says."""
        key = (a, b, mode)
        found = self._known.get(key)
        if found is None:
            places, modes = self._problem.place_of, self._problem.modes
            found = self._known[key] = travel_minutes(places[a], places[b], modes[mode])
        return found

    def between(self, places: Sequence[str], mode: str) -> list[list[Minutes]]:
        """Return what the formula says of all pairs, which is the same there and back."""
        known, way = [self._problem.place_of[place] for place in places], self._problem.modes[mode]
        rows = [[0] * len(known) for _ in known]
        for a, start in enumerate(known):
            for b in range(a):
                rows[a][b] = rows[b][a] = travel_minutes(start, known[b], way)
        return rows


class TableTimes:
    """Times by the problem's tables, and by another source where a pair is not known."""

    def __init__(self, problem: Problem, otherwise: TravelTimes) -> None:
        self._tables = {mode: table.minutes for mode, table in problem.travel.items()}
        self._row = {place.id: row for row, place in enumerate(problem.places)}
        self._otherwise = otherwise

    def minutes(self, a: str, b: str, mode: str) -> Minutes:
        """Return what the table of the mode says."""
        table = self._tables.get(mode)
        if a == b or table is None:
            return self._otherwise.minutes(a, b, mode)
        found = table[self._row[a]][self._row[b]]
        return self._otherwise.minutes(a, b, mode) if found is None else found

    def between(self, places: Sequence[str], mode: str) -> list[list[Minutes]]:
        """Return what the table of the mode says of all pairs."""
        if mode not in self._tables:
            return self._otherwise.between(places, mode)
        return [[self.minutes(a, b, mode) for b in places] for a in places]


def times_of(problem: Problem) -> TravelTimes:
    """Return where a problem's travel times come from."""
    formula = FormulaTimes(problem)
    return TableTimes(problem, formula) if problem.travel else formula


class Rhythm:
    """How a mode's peaks lie in the week, repeated week after week."""

    def __init__(self, peaks: Iterable[Peak]) -> None:
        by_day: dict[int, list[Peak]] = defaultdict(list)
        for peak in peaks:
            for day in peak.days:
                if peak.factor > 1:
                    by_day[day].append(peak)
        windows = [
            (day * DAY + peak.from_minute, day * DAY + peak.to_minute, peak.factor)
            for day in range(DAYS_IN_WEEK)
            for peak in sorted(by_day[day], key=lambda peak: peak.from_minute)
        ]
        self.windows: tuple[tuple[Minute, Minute, float], ...] = tuple(windows)

    def arrival(self, base: float, departs: float) -> float:
        """Return when somebody arrives who needs `base` minutes on free roads."""
        moment, left = departs, base
        for start, end, factor in self._ahead(departs):
            if moment + left <= start:
                break
            left -= max(0.0, start - moment)
            moment = max(moment, start)
            if left * factor <= end - moment:
                return moment + left * factor
            left -= (end - moment) / factor
            moment = float(end)
        return moment + left

    def minutes(self, base: Minutes, departs: Minute) -> Minutes:
        """Return whole minutes, rounded up, for a way that takes `base` on free roads."""
        if not self.windows or base == 0:
            return base
        return math.ceil(self.arrival(base, departs) - departs - ROUNDING_TOLERANCE)

    def longest(self, base: Minutes, first: Minute, last: Minute) -> Minutes:
        """Return the most that a way can take when it begins from `first` to `last`.

        Between the moments at which the departure or the arrival meets the edge of a window the
        time changes evenly, so the most lies at one of them.
        """
        if not self.windows or base == 0:
            return base
        moments: set[float] = {first, last}
        latest = self.arrival(base, last)
        for start, end, _ in self._ahead(first):
            if start >= latest:
                break
            for edge in (start, end):
                moments.update(
                    moment
                    for moment in (edge, self.departure(base, edge))
                    if first <= moment <= last
                )
        most = max(self.arrival(base, moment) - moment for moment in moments)
        return math.ceil(most - ROUNDING_TOLERANCE)

    def departure(self, base: float, arrives: float) -> float:
        """Return when somebody must leave to arrive then: `arrival` the other way round."""
        moment, left = arrives, base
        for start, end, factor in self._behind(arrives):
            if moment - left >= end:
                break
            left -= max(0.0, moment - end)
            moment = min(moment, end)
            if left * factor <= moment - start:
                return moment - left * factor
            left -= (moment - start) / factor
            moment = float(start)
        return moment - left

    def _ahead(self, moment: float) -> Iterator[tuple[Minute, Minute, float]]:
        week = math.floor(moment / WEEK) * WEEK
        for offset in (week, week + WEEK):
            for start, end, factor in self.windows:
                if end + offset > moment:
                    yield start + offset, end + offset, factor

    def _behind(self, moment: float) -> Iterator[tuple[Minute, Minute, float]]:
        week = math.floor(moment / WEEK) * WEEK
        for offset in (week, week - WEEK):
            for start, end, factor in reversed(self.windows):
                if start + offset < moment:
                    yield start + offset, end + offset, factor


def rhythms_of(modes: Mapping[str, Mode]) -> dict[str, Rhythm]:
    """Return the rhythm of each mode."""
    return {name: Rhythm(mode.peaks) for name, mode in modes.items()}


class Travel:
    """Travel times of one problem by id and departure: the one answer for every rule."""

    def __init__(self, problem: Problem) -> None:
        self._times = times_of(problem)
        self._rhythms = rhythms_of(problem.modes)
        self._known: dict[tuple[Minutes, Minute, str], Minutes] = {}

    def minutes(self, a: str, b: str, mode: str, departs: Minute) -> Minutes:
        """Return whole minutes from place `a` to place `b` for a mode, all by id.

        `departs` is a minute of the week: the end of the visit before.
        """
        if a == b:
            return 0
        base = self._times.minutes(a, b, mode)
        rhythm = self._rhythms[mode]
        if not rhythm.windows:
            return base
        key = (base, departs, mode)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = rhythm.minutes(base, departs)
        return found

    def longest(self, a: str, b: str, mode: str, first: Minute, last: Minute) -> Minutes:
        """Return the most minutes that the way takes when it begins from `first` to `last`."""
        if a == b:
            return 0
        return self._rhythms[mode].longest(self._times.minutes(a, b, mode), first, last)

    def leave_by(self, a: str, b: str, mode: str, arrives: Minute) -> Minute:
        """Return the last minute at which somebody may leave `a` to be at `b` in time."""
        # A later departure never arrives earlier, so the first that fits is the last that does.
        departs = arrives - (0 if a == b else self._times.minutes(a, b, mode))
        while departs + self.minutes(a, b, mode, departs) > arrives:
            departs -= 1
        return departs

    def has_peaks(self, mode: str) -> bool:
        """Say whether the time of day makes a difference to a mode."""
        return bool(self._rhythms[mode].windows)
