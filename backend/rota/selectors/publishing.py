"""What publishing a draft would do: rules still broken, warnings, and what changes for whom."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from backend.accounts.models import User
from backend.clients.models import Client
from backend.core.periods import Week, at_wall_minute
from backend.people.models import Carer
from backend.rota.law import Finding
from backend.rota.law.notice import days_late, short_notices
from backend.rota.models import Publication, PublishedAssignment, Rota, VisitState
from backend.rota.selectors.board import carers_in_28_days
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


# Said, but no reason is asked for: these hold for somebody in almost every week, and a question
# that is always asked is always answered without thinking.
WITHOUT_REASON = frozenset(
    {"carers_over_target", "wage_tight", "right_to_work_ends", "training_ends", "late_rota"}
)

LAW_WORDS: Mapping[str, str] = {
    "average_near_limit": "Carers whose average working week comes near 48 hours (WTR-01).",
    "long_week": "Carers with a very long week (WTR-01).",
    "night_assessment": "Night visits without a health assessment in date (WTR-06).",
    "wage_below_minimum": "Carers whose planned pay is below the minimum wage (PAY-01).",
    "wage_tight": "Carers whose planned pay only just covers the minimum wage (PAY-01).",
    "short_visit_new_face": "Short visits by a carer the client has not met (NICE-01).",
    "dbs_lapsed": "Carers whose criminal record check has lapsed (REG-19).",
    "right_to_work_ends": "Carers whose right to work must soon be checked again (REG-19).",
    "training_ends": "Trainings that soon run out (REG-19).",
    "short_notice": "Changes that carers are told of very late (ERA-02).",
}
"""What each kind of warning of `backend/rota/law/` says of the whole week."""


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
    law: list[Finding]
    """The warnings of the law one by one, each with its carer and its figures."""
    laid_out: LaidOutWeek
    """What it was judged by."""

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


def review(rota: Rota, now: datetime) -> Review:
    """Return what stands against publishing a draft now, and what it would change for whom."""
    laid_out = LaidOutWeek(rota)
    told, drafted = told_of(rota), drafted_of(rota)
    changes = differences(told, drafted)
    law = [*laid_out.law_warnings, *_short_notices(laid_out, changes, now)]
    return Review(
        broken=[*laid_out.broken, *_told_elsewhere(rota, drafted)],
        warnings=_warnings(rota, laid_out, law, now),
        unallocated=rota.visits.filter(state=VisitState.UNALLOCATED).count(),
        told=told,
        drafted=drafted,
        changes=changes,
        figures=laid_out.figures,
        law=law,
        laid_out=laid_out,
    )


def preview_publication(viewer: User, rota_id: int, now: datetime) -> dict[str, Any]:
    """Return what publishing a rota in the viewer's sight would do now, with names."""
    rota = rotas_for_office(viewer).get(pk=rota_id)
    found = review(rota, now)
    return {
        "version": rota.version,
        "breaches": named_breaches(found.broken),
        "warnings": found.warnings,
        "law_warnings": named_findings(found.law),
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


def named_findings(findings: list[Finding]) -> list[dict[str, Any]]:
    """Return warnings of the law with the names of carers, in the order of the rules."""
    names = _carer_names({row.carer for row in findings})
    return [
        {
            "code": row.code,
            "kind": row.kind,
            "carer_id": row.carer,
            "carer_name": names[row.carer],
            "visit_id": row.visit,
            "day": row.day,
            "message": row.message,
            "figures": {name: str(value) for name, value in row.figures.items()},
        }
        for row in findings
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


def _warnings(rota: Rota, laid_out: LaidOutWeek, law: list[Finding], now: datetime) -> list[Warned]:
    critical = rota.visits.filter(state=VisitState.UNALLOCATED, priority=CRITICAL).count()
    met = carers_in_28_days(rota, laid_out)
    over = sum(met[pk] > client.target_carers for pk, client in laid_out.clients.items())
    kinds = Counter(row.kind for row in law)
    facts = laid_out.source.law
    late = 0
    if not rota.publications.exists():
        late = days_late(facts.week, facts.rules.notice, now, facts.zone)
    found = [
        Warned("unallocated_critical", "Critical visits that nobody makes.", critical),
        *(Warned(kind, LAW_WORDS[kind], count) for kind, count in kinds.items()),
        Warned("late_rota", "Days by which the rota comes later than it should (ERA-02).", late),
        Warned(
            "beyond_votes",
            "Waits, ways and weeks of splits beyond what members voted.",
            len(laid_out.beyond_votes),
        ),
        Warned(
            "carers_over_target",
            "Clients who meet more different carers in 28 days than they should.",
            over,
        ),
    ]
    return [row for row in found if row.count]


def _short_notices(
    laid_out: LaidOutWeek, changes: Mapping[int, CarerChanges], now: datetime
) -> Iterator[Finding]:
    """Yield the changes of which a carer is told too late; a moved visit counts by the earlier."""
    facts = laid_out.source.law
    rows = []
    for carer, row in changes.items():
        stints = [*row.added, *row.removed, *(min(pair, key=_when) for pair in row.moved)]
        for stint in stints:
            starts_at = at_wall_minute(stint.on, stint.start_minute, facts.zone)
            day = (stint.on - facts.week.starts_on).days
            rows.append((carer, stint.visit_id, day, starts_at))
    return short_notices(rows, facts.rules.notice, now)


def _when(stint: Stint) -> tuple[date, int]:
    return stint.on, stint.start_minute
