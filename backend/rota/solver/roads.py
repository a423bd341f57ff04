"""How long ways take for a branch: speeds, peaks and known times, as one answer for everybody.

The problem, the hours of past weeks and a carer's own week all reckon with what is here.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from backend.organisation.models import Branch
from backend.organisation.rules import FORMULA, TravelRules
from backend.organisation.selectors import travel_rules
from backend.travel.grid import Cell, cell_of
from backend.travel.tables import Table, tables_of
from scheduler import Mode, Peak, Place, TravelTable
from scheduler.travel import ROUNDING_TOLERANCE, Rhythm, travel_minutes
from scheduler.units import DAY, WEEK

SECONDS_PER_MINUTE = 60


def roads_of(branch: Branch, on: date) -> "Roads":
    """Return a branch's roads by the rules in force on a date.

    One query for the rules, and one for the tables where the rules name a route service.
    """
    rules = travel_rules(branch, on)
    return Roads(rules, {} if rules.provider == FORMULA else tables_of(branch, rules.provider))


class Roads:
    """Minutes between places of a branch.

    Attributes
    ----------
    modes
        The ways of travel by name, as a problem holds them.
    """

    def __init__(self, rules: TravelRules, tables: Mapping[str, Table] | None = None) -> None:
        self.modes = {name: _mode(values) for name, values in sorted(rules.modes.items())}
        self._provider = rules.provider
        self._tables = {name: table for name, table in (tables or {}).items() if name in self.modes}
        self._rhythms = {name: Rhythm(mode.peaks) for name, mode in self.modes.items()}

    def minutes(self, start: Place, end: Place, mode: str, departs: int) -> int:
        """Return whole minutes, rounded up, for a way that begins at a minute of any week."""
        return self._rhythms[mode].minutes(self._free(start, end, mode), departs % WEEK)

    def minutes_before(self, start: Place, end: Place, mode: str, arrives: int) -> int:
        """Return whole minutes, rounded up, for a way that ends at a minute of any week."""
        base, arrives = self._free(start, end, mode), arrives % WEEK
        return math.ceil(
            arrives - self._rhythms[mode].departure(base, arrives) - ROUNDING_TOLERANCE
        )

    def longest(self, start: Place, end: Place, mode: str) -> int:
        """Return the most whole minutes that a way takes at any time of the week."""
        return self._rhythms[mode].longest(self._free(start, end, mode), 0, WEEK)

    def straight_minutes(self, start: Place, end: Place, mode: str) -> int | None:
        """Return minutes by the formula; None where a table or peaks may say otherwise."""
        if mode in self._tables or self._rhythms[mode].windows:
            return None
        return travel_minutes(start, end, self.modes[mode])

    def tables_between(
        self, places: Sequence[Place], *, ends: Collection[str], modes: Collection[str]
    ) -> dict[str, TravelTable]:
        """Return the known times as tables of a problem.

        Parameters
        ----------
        places
            All places of the problem, in its order.
        ends
            The places between which somebody travels; others have no times in the table.
        modes
            The ways of travel that occur.
        """
        cells = [_cell(place) if place.id in ends else None for place in places]
        return {mode: self._table(cells, mode) for mode in self._tables if mode in modes}

    def told(self) -> dict[str, Any]:
        """Return where the times come from and how old they are, for a run and for the screen."""
        return {
            "provider": self._provider,
            "tables": [
                {
                    "mode": table.mode,
                    "known": table.known,
                    "unknown": table.unknown,
                    "oldest_at": table.oldest_at.isoformat() if table.oldest_at else None,
                    "asked_at": table.asked_at.isoformat(),
                    "failure": table.failure or None,
                    "digest": table.digest,
                }
                for table in self._tables.values()
            ],
        }

    def _free(self, start: Place, end: Place, mode: str) -> int:
        if start.id == end.id:
            return 0
        # Without a table nobody asks for cells: whole weeks are reckoned by the formula alone.
        known = self._known(_cell(start), _cell(end), mode) if mode in self._tables else None
        return travel_minutes(start, end, self.modes[mode]) if known is None else known

    def _table(self, cells: Sequence[Cell | None], mode: str) -> TravelTable:
        """Return minutes between cells; many places share one, so each pair is looked up once."""
        order: list[Cell | None] = [None, *sorted({cell for cell in cells if cell is not None})]
        column_of = {cell: number for number, cell in enumerate(order)}
        columns = [column_of[cell] for cell in cells]
        rows: dict[Cell | None, tuple[int | None, ...]] = {}
        for here in order:
            minutes = [self._known(here, there, mode) for there in order]
            rows[here] = tuple(minutes[column] for column in columns)
        return TravelTable(tuple(rows[cell] for cell in cells))

    def _known(self, start: Cell | None, end: Cell | None, mode: str) -> int | None:
        """Return what the table says, with the minutes that every journey takes besides."""
        table = self._tables.get(mode)
        if table is None or start is None or end is None:
            return None
        seconds = table.seconds(start, end)
        if seconds is None:
            return None
        minutes = seconds / SECONDS_PER_MINUTE + self.modes[mode].overhead_min
        return min(DAY - 1, math.ceil(minutes - ROUNDING_TOLERANCE))


def _cell(place: Place) -> Cell | None:
    return cell_of(place.x, place.y)


def _mode(values: Mapping[str, Any]) -> Mode:
    return Mode(values["kmh"], values["detour"], values["overhead_min"], tuple(_peaks(values)))


def _peaks(values: Mapping[str, Any]) -> Iterator[Peak]:
    for peak in values.get("peaks", ()):
        yield Peak(tuple(peak["days"]), peak["from"], peak["to"], peak["factor"])
