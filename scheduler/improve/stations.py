"""The kernel's places: where clients live, once for each period in which visits there can end.

The kernel knows fixed minutes from place to place. Where peaks make a way depend on the departure,
a client's place stands in its table several times, each with the longest ways of one period of
departure. So the kernel never reckons with less than the way really takes, and with more only
within a period. Without peaks every place stands there once.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scheduler.model import Problem, Visit
from scheduler.travel import rhythms_of, times_of
from scheduler.units import Minute

GRID: Final = 15
"""Periods of departure begin and end on this grid of minutes, so that there are few of them."""

_Period: TypeAlias = tuple[Minute, Minute]
_Slowness: TypeAlias = tuple[NDArray[np.int32], ...]
"""By mode, the longest minutes for each of the minutes that ways take on free roads."""


class Stations:
    """Each place with each of its periods of departure that differ, in a stable order.

    Attributes
    ----------
    of_visits
        The station of each visit, in the problem's order.
    """

    def __init__(self, problem: Problem) -> None:
        # Only clients' places matter: the way from and to home is not priced.
        self._places = sorted({client.place for client in problem.clients})
        self._free = _free_minutes(problem, self._places)
        # What ways there are on free roads, by mode: few, however many pairs.
        self._ways = tuple(np.unique(table) for table in self._free)
        self._rhythms = tuple(rhythms_of(problem.modes).values())
        self._known: dict[_Period, _Slowness | None] = {}
        periods = [self._slowness(period) for period in self._periods(problem)]
        keys = [
            (problem.client_of[visit.client].place, _name(slowness))
            for visit, slowness in zip(problem.visits, periods, strict=True)
        ]
        # Every place stands there for free roads too, so that without peaks nothing is different.
        by_key: dict[tuple[str, bytes], _Slowness | None] = {
            **{(place, _name(None)): None for place in self._places},
            **dict(zip(keys, periods, strict=True)),
        }
        self._stations = [(place, by_key[place, name]) for place, name in sorted(by_key)]
        row_of = {key: row for row, key in enumerate(sorted(by_key))}
        self.of_visits: Sequence[int] = [row_of[key] for key in keys]

    def __len__(self) -> int:
        return len(self._stations)

    def travel_minutes(self) -> NDArray[np.int32]:
        """Return minutes by mode, from station, to station."""
        place_row = {place: row for row, place in enumerate(self._places)}
        columns = np.array([place_row[place] for place, _ in self._stations], dtype=np.intp)
        size = len(columns)
        tables = np.zeros((len(self._free), size, size), dtype=np.int32)
        for row, (place, slowness) in enumerate(self._stations):
            for mode, table in enumerate(self._free):
                free = table[place_row[place]][columns]
                if slowness is not None:
                    free = slowness[mode][np.searchsorted(self._ways[mode], free)]
                tables[mode, row] = free
        return tables

    def _slowness(self, period: _Period | None) -> _Slowness | None:
        """Return how long ways take in a period; None where they take what they always do."""
        if period is None:
            return None
        if period not in self._known:
            found = tuple(
                np.array([rhythm.longest(int(way), *period) for way in ways], dtype=np.int32)
                for rhythm, ways in zip(self._rhythms, self._ways, strict=True)
            )
            is_free = all((a == b).all() for a, b in zip(found, self._ways, strict=True))
            self._known[period] = None if is_free else found
        return self._known[period]

    def _periods(self, problem: Problem) -> Sequence[_Period | None]:
        """Return when each visit can end; None where the time of day makes no difference."""
        if not any(rhythm.windows for rhythm in self._rhythms):
            return [None] * len(problem.visits)
        starts = {lock.visit: lock.start for lock in problem.locked}
        return [_period(visit, starts.get(visit.id)) for visit in problem.visits]


def _period(visit: Visit, start: Minute | None) -> _Period:
    """Return the first and the last minute at which a visit can end."""
    if start is not None:
        return start + visit.minutes, start + visit.minutes
    first, last = visit.first_start + visit.minutes, visit.last_start + visit.minutes
    return first // GRID * GRID, -(-last // GRID) * GRID


def _name(slowness: _Slowness | None) -> bytes:
    """Return what tells periods apart: only those in which some way takes another time differ."""
    return b"" if slowness is None else b"".join(ways.tobytes() for ways in slowness)


def _free_minutes(problem: Problem, places: Sequence[str]) -> NDArray[np.int32]:
    times = times_of(problem)
    rows = [times.between(places, mode) for mode in problem.modes]
    return np.array(rows, dtype=np.int32).reshape(len(rows), len(places), len(places))
