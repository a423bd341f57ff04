"""What has happened to a published week in the scheduler's words, kept with the run that mends it.

The week that a run reads holds the change already: an absence, a visit more. So visits that were
added are kept by name alone, and laid out from that week.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias

from backend.rota.solver.ids import carer_id, client_id, visit_id
from scheduler import (
    CarerAway,
    ClientAway,
    Problem,
    SlowerTravel,
    VisitsAdded,
    VisitsCancelled,
    changes_to,
)

ChangeRow: TypeAlias = dict[str, Any]
"""A row of `changes` in a `rota-changes/1` document, but for added visits, which are names."""


def carer_away(carer: int, since: int, until: int) -> ChangeRow:
    """Return that a carer cannot work, in minutes of the week."""
    return _row(CarerAway(carer_id(carer), since, until))


def client_away(client: int, since: int, until: int) -> ChangeRow:
    """Return that a client needs no visits, in minutes of the week."""
    return _row(ClientAway(client_id(client), since, until))


def visits_cancelled(visits: Iterable[int]) -> ChangeRow:
    """Return that visits are not made."""
    return _row(VisitsCancelled(tuple(map(visit_id, visits))))


def visits_added(visits: Iterable[int]) -> ChangeRow:
    """Return that visits have come into the week."""
    return {"kind": "visits_added", "visits": [visit_id(pk) for pk in visits]}


def slower_travel(days: Iterable[int], percent: int) -> ChangeRow:
    """Return that journeys take so many percent of their usual time; day 0 is Monday."""
    return _row(SlowerTravel(tuple(days), percent))


def changes_document(change: ChangeRow, *, now: int, asked: str) -> dict[str, Any]:
    """Return what a run keeps; `asked` tells the same question asked again from another."""
    return {**changes_to((), now), "changes": [change], "asked": asked}


def for_scheduler(
    kept: Mapping[str, Any] | None, problem: Problem, told: Collection[str]
) -> dict[str, Any]:
    """Return the `rota-changes/1` document for a week as it is now.

    Parameters
    ----------
    kept
        As `changes_document` made it; None when nothing is to be mended.
    told
        Names of the visits that people were told of, whether they are still in the week or not.
    """
    rows = kept["changes"] if kept else ()
    shown = (_known(row, problem, told) for row in rows)
    return {
        **changes_to((), kept["now"] if kept else 0),
        "changes": [row for row in shown if row is not None],
    }


def _known(row: ChangeRow, problem: Problem, told: Collection[str]) -> ChangeRow | None:
    """Return a change of what is in the week; None when nothing that it names still is."""
    match row["kind"]:
        case "client_away":
            # A client whose visits have all left the week is no part of it any more.
            return row if row["client"] in problem.client_of else None
        case "visits_cancelled":
            names = [name for name in row["visits"] if name in told or name in problem.visit_of]
            return {**row, "visits": names} if names else None
        case "visits_added":
            visits = tuple(
                problem.visit_of[name] for name in row["visits"] if name in problem.visit_of
            )
            return _row(VisitsAdded(visits)) if visits else None
    return row


def _row(
    change: CarerAway | ClientAway | VisitsCancelled | VisitsAdded | SlowerTravel,
) -> ChangeRow:
    found: ChangeRow = changes_to((change,))["changes"][0]
    return found
