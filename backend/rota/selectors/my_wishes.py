"""A carer's own wishes of a period: points left, what may still change, what became of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from backend.accounts.models import User
from backend.clients.models import Client
from backend.core.periods import Week
from backend.organisation.models import Branch
from backend.organisation.selectors import today_in, wish_rules
from backend.organisation.wish_periods import WishPeriod
from backend.people.models import Carer
from backend.rota.models import (
    GroupRun,
    PlacedWish,
    PublishedAssignment,
    Rota,
    SolverRun,
    WishOutcome,
)
from backend.rota.models.runs import IMAGINED
from backend.rota.selectors.areas import clients_by_area
from backend.rota.selectors.client_window import short_name
from backend.rota.selectors.outcome_works import being_worked_out
from backend.rota.selectors.visibility import carer_of
from backend.rota.selectors.weeks import latest_publications

KNOWN_FOR_DAYS: Final = 91
"""A carer can wish about clients they were sent to within so many days before or after today."""


@dataclass(frozen=True, slots=True)
class WishableClient:
    """A client of whom a carer can say something, named as in the carer's own week."""

    id: int
    name: str


def get_my_wishes(viewer: User, on: date, *, now: datetime) -> dict[str, Any]:
    """Return the viewer's wishes in the period that holds a date; see `MyWishesOut`."""
    carer = carer_of(viewer)
    organisation = carer.branch.organisation
    period = wish_rules(organisation, on).period_of(on)
    points = wish_rules(organisation, period.starts_on).points
    closed = closed_weeks(carer.branch, period, now)
    rows = list(
        PlacedWish.objects.filter(
            wish_list__carer=carer, wish_list__period_starts_on=period.starts_on
        )
        .select_related("client")
        .order_by("pk")
    )
    latest = _latest(carer.branch, period)
    outcomes = _outcomes(latest.values(), rows)
    to_come = being_worked_out(latest.values())
    return {
        "period_starts_on": period.starts_on,
        "period_ends_before": period.ends_before,
        "points": points,
        "left": points - sum(row.points for row in rows),
        "weeks": [
            {
                "week": week.starts_on,
                "is_closed": week.starts_on in closed,
                "is_being_worked_out": latest.get(week.starts_on) in to_come,
            }
            for week in period.weeks()
        ],
        "is_closed": len(closed) == len(list(period.weeks())),
        "wishes": [
            {
                "id": row.pk,
                "kind": row.kind,
                "points": row.points,
                "on": row.on,
                "weekday": row.weekday,
                "from_minute": row.from_minute,
                "to_minute": row.to_minute,
                "client_id": row.client_id,
                "client_name": short_name(row.client.name) if row.client else None,
                "area": row.area or None,
                "is_fixed": is_fixed(row, period, closed),
                "outcomes": outcomes[row.pk],
            }
            for row in rows
        ],
        "clients": wishable_clients(carer, now),
        "areas": list(clients_by_area(carer.branch)),
    }


def closed_weeks(branch: Branch, period: WishPeriod, now: datetime) -> set[date]:
    """Return the Mondays of a period for which it is too late to wish.

    A week closes when the first plan of it is asked for, when it is published, and at the latest
    when it begins. Trying a week under other rules closes nothing.
    """
    today = today_in(branch.organisation, now)
    here = {
        "rota__branch": branch,
        "rota__week_starts_on__gte": period.starts_on,
        "rota__week_starts_on__lt": period.ends_before,
    }
    asked = SolverRun.objects.filter(**here).exclude(kind__in=IMAGINED)
    together = GroupRun.objects.filter(
        organisation=branch.organisation_id,
        week_starts_on__gte=period.starts_on,
        week_starts_on__lt=period.ends_before,
    )
    told = PublishedAssignment.objects.filter(**here)
    return {
        *(week.starts_on for week in period.weeks() if week.starts_on <= today),
        *asked.values_list("rota__week_starts_on", flat=True).distinct(),
        *told.values_list("rota__week_starts_on", flat=True).distinct(),
        *together.values_list("week_starts_on", flat=True).distinct(),
    }


def concerned_weeks(wish: PlacedWish, period: WishPeriod) -> set[date]:
    """Return the Mondays of the weeks in which a wish counts."""
    if wish.on is not None:
        return {Week.containing(wish.on).starts_on}
    return {row.starts_on for row in period.weeks() if row.starts_on >= wish.counts_from}


def is_fixed(wish: PlacedWish, period: WishPeriod, closed: Collection[date]) -> bool:
    """Say whether a wish has been spent: a week that it concerns was planned with it."""
    return not concerned_weeks(wish, period).isdisjoint(closed)


def wishable_clients(carer: Carer, now: datetime) -> list[WishableClient]:
    """Return the clients whom a carer knows from visits, by name; nobody else's names are told."""
    today = today_in(carer.branch.organisation, now)
    known = PublishedAssignment.objects.filter(
        carer=carer,
        superseded_by__isnull=True,
        on__gte=today - timedelta(days=KNOWN_FOR_DAYS),
        on__lt=today + timedelta(days=KNOWN_FOR_DAYS),
    ).values("client")
    rows = Client.objects.filter(pk__in=known, branch=carer.branch_id).values_list("pk", "name")
    found = [WishableClient(pk, short_name(name)) for pk, name in rows]
    return sorted(found, key=lambda row: (row.name, row.id))


def _latest(branch: Branch, period: WishPeriod) -> dict[date, int]:
    """Return the last publication of each week of a period that was published, by Monday."""
    rotas = dict(
        Rota.objects.filter(
            branch=branch,
            week_starts_on__gte=period.starts_on,
            week_starts_on__lt=period.ends_before,
        ).values_list("pk", "week_starts_on")
    )
    return {rotas[pk]: row.pk for pk, row in latest_publications(list(rotas)).items()}


def _outcomes(
    latest: Collection[int], rows: Iterable[PlacedWish]
) -> dict[int, list[dict[str, Any]]]:
    """Return what these publications made of each wish, in the order of weeks."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in (
        WishOutcome.objects.filter(publication__in=latest, wish__in=[row.pk for row in rows])
        .select_related("publication__rota")
        .order_by("publication__rota__week_starts_on")
    ):
        found[row.wish_id].append(
            {
                "week": row.publication.rota.week_starts_on,
                "is_kept": row.is_kept,
                "reason": row.reason or None,
                "rule": row.rule or None,
                "visits": row.visits,
                "cost": row.cost,
                "weight": row.weight,
            }
        )
    return found
