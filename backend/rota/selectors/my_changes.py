"""What changed in a carer's own week since they last looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from backend.accounts.models import User
from backend.clients.models import Client
from backend.people.models import Carer
from backend.rota.models import CarerLook, Publication
from backend.rota.selectors.client_window import short_name
from backend.rota.selectors.visibility import carer_of

FIRST = 1
"""The number of the publication that makes a week; it changes nothing that was told before."""

NOTHING: Mapping[str, Any] = {"added": [], "removed": [], "moved": []}


@dataclass(frozen=True, slots=True)
class PublishedChanges:
    """What one publication changed for one carer; rows as `Publication.changes` keeps them."""

    number: int
    published_at: datetime
    is_seen: bool
    rows: Mapping[str, Any]

    @property
    def count(self) -> int:
        """How many visits were added, taken away or moved."""
        return sum(len(self.rows[kind]) for kind in NOTHING)


def changes_for(carer: Carer, week: date) -> list[PublishedChanges]:
    """Return what each publication after the first changed for a carer, newest first.

    Publications that changed nothing for this carer are left out.
    """
    looked = (
        CarerLook.objects.filter(
            carer=carer, rota__branch=carer.branch_id, rota__week_starts_on=week
        )
        .values_list("number", flat=True)
        .first()
    )
    seen = max(looked or FIRST, FIRST)
    publications = Publication.objects.filter(
        rota__branch=carer.branch_id, rota__week_starts_on=week, number__gt=FIRST
    ).order_by("-number")
    found = [
        PublishedChanges(
            number, published_at, number <= seen, everybodys.get(str(carer.pk), NOTHING)
        )
        for number, published_at, everybodys in publications.values_list(
            "number", "published_at", "changes"
        )
    ]
    return [changes for changes in found if changes.count]


def list_my_changes(viewer: User, week: date) -> list[dict[str, Any]]:
    """Return what changed in the viewer's week, newest first, so unseen before seen.

    Clients are named by their short names: the visit may no longer be the carer's.
    """
    carer = carer_of(viewer)
    found = changes_for(carer, week)
    names = _names(found)
    return [
        {
            "number": changes.number,
            "published_at": changes.published_at,
            "seen": changes.is_seen,
            "added": [_row(row, names) for row in changes.rows["added"]],
            "removed": [_row(row, names) for row in changes.rows["removed"]],
            "moved": [
                {"before": _row(pair["before"], names), "after": _row(pair["after"], names)}
                for pair in changes.rows["moved"]
            ],
        }
        for changes in found
    ]


def _names(found: list[PublishedChanges]) -> dict[int, str]:
    clients = {
        row["client_id"]
        for changes in found
        for row in (
            *changes.rows["added"],
            *changes.rows["removed"],
            *(pair["after"] for pair in changes.rows["moved"]),
        )
    }
    rows = Client.objects.filter(pk__in=clients).values_list("pk", "name")
    return {pk: short_name(name) for pk, name in rows}


def _row(row: Mapping[str, Any], names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "visit_id": row["visit_id"],
        "client_name": names[row["client_id"]],
        "on": date.fromisoformat(row["on"]),
        "start_minute": row["start_minute"],
        "minutes": row["minutes"],
    }
