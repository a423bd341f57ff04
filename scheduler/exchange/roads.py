"""The parts of `rota-problem/2` about roads: `travel`, and the `peaks` of a mode."""

from typing import Any

from scheduler.exchange.fields import Fields, as_list, as_whole
from scheduler.model import Mode, Problem, ProblemError
from scheduler.roads import MOST_PEAKS, MOST_PLACES, Peak, TravelTable


def tables_from(fields: Fields) -> dict[str, TravelTable]:
    """Read `travel`: a table for each mode that has one; none where the field is not there."""
    return fields.table("travel", _table) if fields.optional("travel") else {}


def tables_to(problem: Problem) -> dict[str, Any]:
    """Return `travel` as it stands in the document."""
    return {mode: [list(row) for row in table.minutes] for mode, table in problem.travel.items()}


def peaks_from(fields: Fields) -> tuple[Peak, ...]:
    """Read the `peaks` of a mode; none where the field is not there."""
    if not fields.optional("peaks"):
        return ()
    # Counted before they are read: a file of millions is refused at once.
    _count("peaks", len(fields.items("peaks")), MOST_PEAKS)
    return fields.rows("peaks", _peak)


def peaks_to(mode: Mode) -> list[dict[str, Any]]:
    """Return the `peaks` of a mode as they stand in the document."""
    return [
        {
            "days": list(peak.days),
            "from": peak.from_minute,
            "to": peak.to_minute,
            "factor": peak.factor,
        }
        for peak in mode.peaks
    ]


def _peak(fields: Fields) -> Peak:
    days = enumerate(fields.items("days"))
    return Peak(
        days=tuple(as_whole(day, f"days[{index}]") for index, day in days),
        from_minute=fields.whole("from"),
        to_minute=fields.whole("to"),
        factor=fields.number("factor"),
    )


def _table(value: object, path: str) -> TravelTable:
    rows = as_list(value, path)
    _count(path, len(rows), MOST_PLACES)
    try:
        return TravelTable(tuple(_row(row, f"{path}[{n}]") for n, row in enumerate(rows)))
    except ProblemError as error:
        raise error if error.path.startswith(path) else error.inside(path) from error


def _row(value: object, path: str) -> tuple[int | None, ...]:
    row = as_list(value, path)
    _count(path, len(row), MOST_PLACES)
    return tuple(
        None if minutes is None else as_whole(minutes, f"{path}[{n}]")
        for n, minutes in enumerate(row)
    )


def _count(path: str, found: int, most: int) -> None:
    if found > most:
        raise ProblemError(path, f"has {found} rows; {most} is the most")
