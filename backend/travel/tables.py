"""The table a branch plans with: written whole after a service was asked, read by everybody."""

import gzip
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from backend.organisation.models import Branch
from backend.travel.grid import Cell
from backend.travel.known_times import Known, Pair
from backend.travel.models import RoadTable


@dataclass(frozen=True, slots=True)
class Table:
    """Seconds on free roads between cells, for one mode of one branch, and where they are from.

    Attributes
    ----------
    oldest_at
        When the oldest of its times was fetched; None while there is none.
    failure
        Why the service gave no answer when it was last asked; empty when it did.
    """

    service: str
    mode: str
    digest: str
    known: int
    unknown: int
    oldest_at: datetime | None
    asked_at: datetime
    failure: str
    _rows: Sequence[Sequence[int | None]] = field(repr=False)
    _row_of: Mapping[Cell, int] = field(repr=False)

    def seconds(self, start: Cell, end: Cell) -> int | None:
        """Return the seconds of a way; None where they are not known."""
        row, column = self._row_of.get(start), self._row_of.get(end)
        return None if row is None or column is None else self._rows[row][column]


def tables_of(branch: Branch, service: str) -> dict[str, Table]:
    """Return a branch's tables of one service by mode."""
    rows = RoadTable.objects.filter(branch=branch, service=service).order_by("mode")
    return {row.mode: _table(row) for row in rows}


def write_table(
    branch: Branch,
    service: str,
    mode: str,
    *,
    cells: Collection[Cell],
    known: Mapping[Pair, Known],
    failure: str,
    now: datetime,
) -> None:
    """Write a branch's table of one mode anew, from what is known now."""
    order = sorted(set(cells))
    pairs = [(a, b) for a in order for b in order if a != b]
    times = [known[pair] for pair in pairs if pair in known]
    content = {
        "cells": order,
        "seconds": [[_seconds(a, b, known) for b in order] for a in order],
    }
    packed = json.dumps(content, separators=(",", ":")).encode()
    count = sum(time.seconds is not None for time in times)
    RoadTable.objects.update_or_create(
        branch=branch,
        service=service,
        mode=mode,
        defaults={
            "content": gzip.compress(packed, compresslevel=6, mtime=0),
            "digest": hashlib.sha256(packed).hexdigest(),
            "known": count,
            "unknown": len(pairs) - count,
            "oldest_at": min((time.fetched_at for time in times), default=None),
            "asked_at": now,
            "failure": failure,
        },
    )


def _seconds(start: Cell, end: Cell, known: Mapping[Pair, Known]) -> int | None:
    # Within a cell the service would say nought; the formula knows how far it is.
    found = known.get((start, end)) if start != end else None
    return found.seconds if found else None


def _table(row: RoadTable) -> Table:
    content = json.loads(gzip.decompress(bytes(row.content)))
    return Table(
        service=row.service,
        mode=row.mode,
        digest=row.digest,
        known=row.known,
        unknown=row.unknown,
        oldest_at=row.oldest_at,
        asked_at=row.asked_at,
        failure=row.failure,
        _rows=content["seconds"],
        _row_of={Cell(*cell): number for number, cell in enumerate(content["cells"])},
    )
