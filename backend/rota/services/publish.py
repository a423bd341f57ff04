"""Publish a draft: from then on it is what people were told."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.core.periods import at_wall_minute
from backend.organisation.selectors import rules_on, zone_of
from backend.rota.models import OutcomeWork, Publication, PublishedAssignment
from backend.rota.selectors.differences import CarerChanges, Stint
from backend.rota.selectors.publishing import Review, next_number, review
from backend.rota.services.drafting import held_rota, require_version
from backend.rota.solver.bell import ring_for_outcomes


class RotaHasBreachesError(RefusalError):
    """A hard rule is broken somewhere in the week; `codes` says which, and how often."""

    code = "rota.has_breaches"


class NoteNeededError(RefusalError):
    """Something is open that needs a reason; `warnings` says what, and how often."""

    code = "rota.note_needed"


@transaction.atomic
def publish_rota(
    *, rota_id: int, version: int, note: str, actor: User, now: datetime
) -> Publication:
    """Tell carers and clients the draft as it is.

    The rules are checked again, all of them. What no longer holds is superseded and what is new
    is added, so what was told at any time can always be read again. When nothing differs from
    the last publication, that one is returned as it is: publishing twice is harmless, also for
    two people at once.

    Raises
    ------
    Rota.DoesNotExist
        Out of the actor's sight.
    RotaStaleError, RotaHasBreachesError, NoteNeededError
        The draft has changed since the caller saw it; a hard rule is broken; warnings are open
        and `note` gives no reason.
    """
    rota = held_rota(rota_id, actor=actor)
    require_version(rota, version)
    found = review(rota, now)
    if found.broken:
        codes = Counter(rule.code for rule in found.broken)
        raise RotaHasBreachesError(breaches=len(found.broken), codes=dict(codes))
    last = Publication.objects.filter(rota=rota).order_by("-number").first()
    if last is not None and not found.changes:
        return last
    if found.asking and not note.strip():
        raise NoteNeededError(warnings={row.code: row.count for row in found.asking})
    publication = Publication.objects.create(
        rota=rota,
        number=next_number(rota),
        published_at=now,
        published_by=actor,
        rule_versions={
            area: rules.version
            for area, rules in rules_on(rota.branch, rota.week_starts_on).items()
        },
        changes={str(carer): _stored(changes) for carer, changes in found.changes.items()},
        figures={**found.figures, "clients_affected": found.clients_affected},
        note=note.strip(),
        warnings={row.code: row.count for row in found.warnings},
    )
    _supersede(publication, found)
    _tell(publication, found)
    # What becomes of wishes takes minutes for a large branch: a worker sees to it.
    OutcomeWork.objects.create(publication=publication)
    transaction.on_commit(partial(ring_for_outcomes, publication.pk))
    record(
        "rota.published",
        actor=actor,
        subject=f"rota:{rota.pk}",
        at=now,
        chain=f"branch:{rota.branch_id}",
        body={
            "number": publication.number,
            "version": rota.version,
            "rule_versions": publication.rule_versions,
            "carers_affected": len(found.changes),
            "warnings": publication.warnings,
            # The words stay with the publication: they may name people.
            "reason_given": bool(publication.note),
        },
    )
    return publication


def _supersede(publication: Publication, found: Review) -> None:
    gone = [key for key, stint in found.told.items() if found.drafted.get(key) != stint]
    in_force = PublishedAssignment.objects.filter(
        rota=publication.rota, superseded_by__isnull=True
    ).values_list("visit", "carer", "pk")
    keys = {(visit, carer): pk for visit, carer, pk in in_force}
    PublishedAssignment.objects.filter(pk__in=[keys[key] for key in gone]).update(
        superseded_by=publication
    )


def _tell(publication: Publication, found: Review) -> None:
    zone = zone_of(publication.rota.branch.organisation)
    news = [stint for key, stint in found.drafted.items() if found.told.get(key) != stint]
    rows = [
        PublishedAssignment(
            rota=publication.rota,
            publication=publication,
            visit_id=stint.visit_id,
            carer_id=stint.carer_id,
            client_id=stint.client_id,
            on=stint.on,
            start_minute=stint.start_minute,
            minutes=stint.minutes,
            starts_at=at_wall_minute(stint.on, stint.start_minute, zone),
        )
        for stint in sorted(news, key=lambda row: (row.visit_id, row.carer_id))
    ]
    for row in rows:
        # A visit lasts as long as it lasts, also across a clock change.
        row.ends_at = row.starts_at + timedelta(minutes=row.minutes)
    PublishedAssignment.objects.bulk_create(rows, batch_size=1000)


def _stored(changes: CarerChanges) -> Mapping[str, Any]:
    """Return changes as `Publication.changes` keeps them: ids and times, no names."""
    return {
        "added": _rows(changes.added),
        "removed": _rows(changes.removed),
        "moved": [
            {"before": before, "after": after}
            for before, after in zip(
                _rows(before for before, _ in changes.moved),
                _rows(after for _, after in changes.moved),
                strict=True,
            )
        ],
    }


def _rows(stints: Iterable[Stint]) -> list[dict[str, Any]]:
    return [
        {
            "visit_id": stint.visit_id,
            "client_id": stint.client_id,
            "on": stint.on.isoformat(),
            "start_minute": stint.start_minute,
            "minutes": stint.minutes,
        }
        for stint in stints
    ]
