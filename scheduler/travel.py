"""Travel times between places: straight-line metres, the mode's detour and speed, rounded up."""

import math
from typing import Final

from scheduler.model import Mode, Place, Problem
from scheduler.units import Minutes

METRES_PER_KILOMETRE: Final = 1000
MINUTES_PER_HOUR: Final = 60
# A time that is a whole minute but for the last bits of a float must not become a minute more.
ROUNDING_TOLERANCE: Final = 1e-9


def travel_minutes(a: Place, b: Place, mode: Mode) -> Minutes:
    """Return whole minutes, rounded up, from place `a` to place `b`; 0 when they are the same."""
    if a.id == b.id:
        return 0
    metres = math.dist((a.x, a.y), (b.x, b.y)) * mode.detour
    moving = metres * MINUTES_PER_HOUR / (mode.kmh * METRES_PER_KILOMETRE)
    return math.ceil(mode.overhead_min + moving - ROUNDING_TOLERANCE)


class Travel:
    """Travel times of one problem by id; each pair is worked out once and remembered."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._known: dict[tuple[str, str, str], Minutes] = {}

    def minutes(self, a: str, b: str, mode: str) -> Minutes:
        """Return whole minutes from place `a` to place `b` for a mode, all by id."""
        if a == b:
            return 0
        key = (a, b, mode)
        found = self._known.get(key)
        if found is None:
            places, modes = self._problem.place_of, self._problem.modes
            found = travel_minutes(places[a], places[b], modes[mode])
            self._known[key] = found
        return found
