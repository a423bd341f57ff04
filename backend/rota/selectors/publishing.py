"""What publishing a draft would do: rules still broken, warnings, and what changes for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from backend.accounts.models import User
from backend.clients.models import Client
from backend.core.periods import Week
from backend.organisation.selectors import quality
from backend.people.models import Carer
from backend.rota.models import Publication, PublishedAssignment, Rota, VisitState
from backend.rota.selectors.board import carers_in_28_days, near_average
from backend.rota.selectors.differences import (
    CarerChanges,
    Stint,
    differences,
    drafted_of,
    told_of,
)
from backend.rota.selectors.visibility import rotas_for_office
from backend.rota.solver.laid_out import LaidOutWeek
from backend.rota.solver.live_check import BrokenRule

CRITICAL = 1


@dataclass(frozen=True, slots=True)
class Warned:
    """Something allowed that whoever publishes is told of; `count` says how often."""

    code: str
    message: str
    count: int


# Said, but no reason is asked for: it holds for some clients in every week, and a question that
# is always asked is always answered without thinking.
WITHOUT_REASON = frozenset({"carers_over_target"})


@dataclass(frozen=True, slots=True)
class Review:
    """A draft on its way to being published."""

    broken: list[BrokenRule]
    warnings: list[Warned]
    unallocated: int
    told: Mapping[tuple[int, int], Stint]
    drafted: Mapping[tuple[int, int], Stint]
    changes: Mapping[int, CarerChanges]
    figures: Mapping[str, Any]

    @property
    def asking(self) -> list[Warned]:
        """The warnings for which whoever publishes gives a reason."""
        return [warned for warned in self.warnings if warned.code not in WITHOUT_REASON]

    @property
    def clients_affected(self) -> int:
        """How many clients have a visit that changes."""
        return len(
            {
                stint.client_id
                for changes in self.changes.values()
                for stint in (*changes.added, *changes.removed, *(now for _, now in changes.moved))
            }
        )


def review(rota: Rota) -> Review:
    """Return what stands against publishing a draft, and what it would change for whom."""
    laid_out = LaidOutWeek(rota)
    told, drafted = told_of(rota), drafted_of(rota)
    return Review(
        broken=[*laid_out.broken, *_told_elsewhere(rota, drafted)],
        warnings=_warnings(rota, laid_out, drafted),
        unallocated=rota.visits.filter(state=VisitState.UNALLOCATED).count(),
        told=told,
        drafted=drafted,
        changes=differences(told, drafted),
        figures=laid_out.figures,
    )


def preview_publication(viewer: User, rota_id: int) -> dict[str, Any]:
    """Return what publishing a rota in the viewer's sight would do, with names."""
    rota = rotas_for_office(viewer).get(pk=rota_id)
    found = review(rota)
    return {
        "version": rota.version,
        "breaches": named_breaches(found.broken),
        "warnings": found.warnings,
        "needs_note": bool(found.asking),
        "unallocated": found.unallocated,
        "changes": named_changes(found.changes),
        "clients_affected": found.clients_affected,
        "carers_affected": len(found.changes),
        "next_number": next_number(rota),
    }


def next_number(rota: Rota) -> int:
    """Return the number that the next publication of a rota gets."""
    last = Publication.objects.filter(rota=rota).order_by("-number").first()
    return last.number + 1 if last else 1


def named_breaches(broken: list[BrokenRule]) -> list[dict[str, Any]]:
    """Return broken rules with the names of carers, in the order of the rules' codes."""
    names = _carer_names({rule.carer_id for rule in broken if rule.carer_id is not None})
    return [
        {
            "code": rule.code,
            "carer_id": rule.carer_id,
            "carer_name": names.get(rule.carer_id) if rule.carer_id else None,
            "visit_id": rule.visit_id,
            "day": rule.day,
            "message": rule.message,
        }
        for rule in broken
    ]


def named_changes(changes: Mapping[int, CarerChanges]) -> list[dict[str, Any]]:
    """Return changes with the names of carers and clients, by carer name."""
    carers = _carer_names(set(changes))
    clients = dict(
        Client.objects.filter(
            pk__in={stint.client_id for row in changes.values() for stint in _stints(row)}
        ).values_list("pk", "name")
    )
    rows = [
        {
            "carer_id": carer,
            "name": carers[carer],
            "added": [_named(stint, clients) for stint in row.added],
            "removed": [_named(stint, clients) for stint in row.removed],
            "moved": [
                {"before": _named(before, clients), "after": _named(after, clients)}
                for before, after in row.moved
            ],
        }
        for carer, row in changes.items()
    ]
    return sorted(rows, key=lambda row: (row["name"], row["carer_id"]))


def _stints(changes: CarerChanges) -> list[Stint]:
    return [*changes.added, *changes.removed, *(now for _, now in changes.moved)]


def _named(stint: Stint, clients: Mapping[int, str]) -> dict[str, Any]:
    return {
        "visit_id": stint.visit_id,
        "client_id": stint.client_id,
        "client_name": clients[stint.client_id],
        "on": stint.on,
        "start_minute": stint.start_minute,
        "minutes": stint.minutes,
    }


def _carer_names(carers: set[int]) -> dict[int, str]:
    return dict(Carer.objects.filter(pk__in=carers).values_list("pk", "name"))


def _told_elsewhere(rota: Rota, drafted: Mapping[tuple[int, int], Stint]) -> list[BrokenRule]:
    """Return visits at whose time another branch has told the same carer to be elsewhere.

    The rules over a week see one branch; a carer who has moved may still be told of visits in
    the branch before.
    """
    week = Week(rota.week_starts_on)
    others = list(
        PublishedAssignment.objects.filter(
            carer__in={carer for _, carer in drafted},
            superseded_by__isnull=True,
            on__gte=week.starts_on,
            on__lt=week.ends_before,
        )
        .exclude(rota=rota)
        .values_list("carer", "on", "start_minute", F("start_minute") + F("minutes"))
    )
    return [
        BrokenRule(
            code="H5",
            carer_id=carer,
            visit_id=stint.visit_id,
            day=(on - week.starts_on).days,
            message="The carer was told to be in another branch at this time.",
        )
        for carer, on, start, end in others
        for stint in drafted.values()
        if stint.carer_id == carer
        and stint.on == on
        and stint.start_minute < end
        and start < stint.start_minute + stint.minutes
    ]


def _warnings(
    rota: Rota, laid_out: LaidOutWeek, drafted: Mapping[tuple[int, int], Stint]
) -> list[Warned]:
    critical = rota.visits.filter(state=VisitState.UNALLOCATED, priority=CRITICAL).count()
    met = carers_in_28_days(rota, laid_out)
    over = sum(met[pk] > client.target_carers for pk, client in laid_out.clients.items())
    found = [
        Warned("unallocated_critical", "Critical visits that nobody makes.", critical),
        Warned(
            "average_near_limit",
            "Carers whose average working week comes near 48 hours (WTR-01).",
            len(near_average(rota, laid_out)),
        ),
        Warned(
            "short_visit_new_face",
            "Short visits by a carer the client has not met (NICE-01).",
            _short_visits_by_new_faces(rota, drafted),
        ),
        Warned(
            "carers_over_target",
            "Clients who meet more different carers in 28 days than they should.",
            over,
        ),
    ]
    return [row for row in found if row.count]


def _short_visits_by_new_faces(rota: Rota, drafted: Mapping[tuple[int, int], Stint]) -> int:
    shortest = quality(rota.branch, rota.week_starts_on).min_visit_min
    short = [row for row in drafted.values() if row.minutes < shortest]
    met = set(
        PublishedAssignment.objects.filter(
            client__in={row.client_id for row in short},
            superseded_by__isnull=True,
            on__lt=rota.week_starts_on,
        )
        .values_list("client", "carer")
        .distinct()
    )
    return sum((row.client_id, row.carer_id) not in met for row in short)
