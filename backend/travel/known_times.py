"""The store of what services said: read by cells, written so that two writers do no harm."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from backend.travel.grid import Cell
from backend.travel.models import KnownTime

Pair: TypeAlias = tuple[Cell, Cell]

ROWS_A_STATEMENT: Final = 500
"""SQLite takes 32,766 values in a statement."""

KEY: Final = (
    "service",
    "mode",
    "from_easting",
    "from_northing",
    "to_easting",
    "to_northing",
)


@dataclass(frozen=True, slots=True)
class Known:
    """One time: seconds, None for "no way", and when the service said so."""

    seconds: int | None
    fetched_at: datetime


def known_between(service: str, mode: str, cells: Collection[Cell]) -> dict[Pair, Known]:
    """Return what is known of ways among cells."""
    wanted = set(cells)
    if not wanted:
        return {}
    rows = KnownTime.objects.filter(
        service=service,
        mode=mode,
        from_easting__gte=min(cell.easting for cell in wanted),
        from_easting__lte=max(cell.easting for cell in wanted),
        from_northing__gte=min(cell.northing for cell in wanted),
        from_northing__lte=max(cell.northing for cell in wanted),
    ).values_list(*KEY[2:], "seconds", "fetched_at")
    found = {}
    for from_east, from_north, to_east, to_north, seconds, fetched_at in rows.iterator():
        pair = Cell(from_east, from_north), Cell(to_east, to_north)
        if pair[0] in wanted and pair[1] in wanted:
            found[pair] = Known(seconds, fetched_at)
    return found


def keep(
    service: str, mode: str, times: Mapping[Pair, int | None], *, fetched_at: datetime
) -> None:
    """Store times; a pair that is known already takes the new time.

    Rows are written in the order of their keys, so that two writers of the same pairs wait for
    each other instead of getting stuck.
    """
    rows = (
        KnownTime(
            service=service,
            mode=mode,
            from_easting=start.easting,
            from_northing=start.northing,
            to_easting=end.easting,
            to_northing=end.northing,
            seconds=times[start, end],
            fetched_at=fetched_at,
        )
        for start, end in sorted(times)
    )
    _write(rows)


def _write(rows: Iterable[KnownTime]) -> None:
    KnownTime.objects.bulk_create(
        rows,
        batch_size=ROWS_A_STATEMENT,
        update_conflicts=True,
        unique_fields=KEY,
        update_fields=["seconds", "fetched_at"],
    )
