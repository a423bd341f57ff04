"""The weeks of a branch at a glance."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from backend.core.periods import WEEK_DAYS, Week
from backend.organisation.models import Branch
from backend.rota.models import Publication, Rota, SolverRun, VisitState
from backend.rota.models.runs import OPEN_STATES, PROPOSING
from backend.rota.selectors.differences import changed_visits
from backend.rota.solver.translate import PLANNED_STATES

PAST_WEEKS = 4
FUTURE_WEEKS = 2


def list_branch_weeks(branch: Branch, *, today: date) -> list[dict[str, Any]]:
    """Return the weeks from four past to two future ones, in order, opened or not."""
    this_week = Week.containing(today).starts_on
    mondays = [
        this_week + timedelta(days=WEEK_DAYS * n) for n in range(-PAST_WEEKS, FUTURE_WEEKS + 1)
    ]
    rotas = {row.week_starts_on: row for row in _counted(branch.pk, mondays)}
    keys = [rota.pk for rota in rotas.values()]
    latest = latest_publications(keys)
    changed = changed_visits(latest)
    runs = dict(
        SolverRun.objects.filter(PROPOSING, rota__in=keys, state__in=OPEN_STATES).values_list(
            "rota", "pk"
        )
    )
    return [_row(monday, rotas.get(monday), latest, changed, runs) for monday in mondays]


def latest_publications(rotas: list[int]) -> dict[int, Publication]:
    """Return the last publication of each rota that has one, by rota."""
    rows = (
        Publication.objects.filter(rota__in=rotas)
        .select_related("published_by")
        .defer("changes", "figures")
        .order_by("number")
    )
    return {row.rota_id: row for row in rows}


def publication_summary(publication: Publication | None) -> dict[str, Any] | None:
    """Return who published last and when, or None."""
    if publication is None:
        return None
    publisher = publication.published_by
    return {
        "number": publication.number,
        "published_at": publication.published_at,
        "published_by": publisher.display_name if publisher else None,
    }


def _counted(branch: int, mondays: list[date]) -> list[Any]:
    planned = Q(visits__state__in=PLANNED_STATES)
    return list(
        Rota.objects.filter(branch=branch, week_starts_on__in=mondays).annotate(
            planned=Count("visits", filter=planned),
            unallocated=Count("visits", filter=Q(visits__state=VisitState.UNALLOCATED)),
            locked=Count("visits", filter=Q(visits__is_locked=True)),
        )
    )


def _row(
    monday: date,
    rota: Any,
    latest: dict[int, Publication],
    changed: dict[int, int],
    runs: dict[int, int],
) -> dict[str, Any]:
    return {
        "week": monday,
        "rota_id": rota and rota.pk,
        "visits": rota.planned if rota else 0,
        "unallocated": rota.unallocated if rota else 0,
        "locked": rota.locked if rota else 0,
        "publication": publication_summary(latest.get(rota.pk)) if rota else None,
        "changed_since_publication": changed.get(rota.pk, 0) if rota else 0,
        "open_run_id": runs.get(rota.pk) if rota else None,
    }
