"""A carer's own published week, and one of its visits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from backend.accounts.models import User
from backend.core.periods import Week
from backend.organisation.models import RuleArea, Skill
from backend.organisation.rules import Access, RotaPolicy
from backend.organisation.selectors import access_rules, rule_set_on
from backend.people.models import Carer, Contract
from backend.rota.models import PublishedAssignment
from backend.rota.selectors.client_window import (
    client_window,
    key_safe_window,
    short_name,
    street_of,
)
from backend.rota.selectors.my_changes import PublishedChanges, changes_for
from backend.rota.selectors.policy import vote_behind
from backend.rota.selectors.visibility import carer_of
from backend.rota.selectors.weeks import latest_publications
from backend.rota.solver.journeys import journey_minutes
from backend.rota.solver.roads import Roads, roads_of


@dataclass(frozen=True, slots=True)
class _Rules:
    access: Access
    policy: RotaPolicy
    roads: Roads


def get_my_week(viewer: User, monday: date, *, now: datetime) -> dict[str, Any]:
    """Return the viewer's week as it was told; see `MyWeekOut`.

    A client's full name and street are there only inside the window of the access rules
    (DP-03). A week without a publication is empty.
    """
    carer = carer_of(viewer)
    week = Week(monday)
    policy = rule_set_on(carer.branch, RuleArea.ROTA_POLICY, monday)
    rules = _Rules(
        access_rules(carer.branch, monday),
        RotaPolicy.of(policy.values),
        roads_of(carer.branch, monday),
    )
    told = list(
        _told_to(carer)
        .filter(on__gte=week.starts_on, on__lt=week.ends_before)
        .order_by("on", "start_minute", "pk")
    )
    others = _other_carers(told, carer)
    changes = changes_for(carer, monday)
    changed = _changed_visits(changes)
    days: dict[date, list[PublishedAssignment]] = defaultdict(list)
    for row in told:
        days[row.on].append(row)
    publication = _publication(carer, monday)
    return {
        "week": monday,
        "publication": publication,
        "vote": vote_behind(policy),
        "minutes": sum(row.minutes for row in told),
        "guaranteed_minutes": _guaranteed_minutes(carer, week),
        "days": [
            {"on": day, "visits": _day(days[day], carer, rules, others, changed, now)}
            for day in week.days()
        ],
        "changes_unseen": sum(row.count for row in changes if not row.is_seen),
    }


def get_my_visit(viewer: User, visit_id: int, *, now: datetime) -> dict[str, Any]:
    """Return one of the viewer's own visits with what is needed at the door.

    Raises
    ------
    PublishedAssignment.DoesNotExist
        It is not the viewer's visit, or not yet or no longer the time to see its client.
    """
    told, rules = own_visit(viewer, visit_id, now=now)
    visit, client = told.visit, told.client
    safe = key_safe_window(told, rules) if hasattr(client, "key_safe") else None
    names = dict(
        Skill.objects.filter(
            organisation=client.branch.organisation_id, code__in=visit.skills
        ).values_list("code", "name")
    )
    return {
        "visit_id": visit.pk,
        "on": told.on,
        "start_minute": told.start_minute,
        "minutes": told.minutes,
        "starts_at": told.starts_at,
        "ends_at": told.ends_at,
        "client_name": client.name,
        "address": client.address,
        "postcode": client.postcode,
        "at_the_door": client.at_the_door,
        "tasks": visit.line.tasks if visit.line else [],
        "skills": [names.get(code, code) for code in sorted(visit.skills)],
        "carers": _other_carers([told], told.carer)[visit.pk],
        "key_safe_available_from": safe and safe.opens_at,
        "key_safe_available_until": safe and safe.closes_at,
    }


def own_visit(viewer: User, visit_id: int, *, now: datetime) -> tuple[PublishedAssignment, Access]:
    """Return a visit of the viewer that they may see at a moment, and the access rules.

    Raises
    ------
    PublishedAssignment.DoesNotExist
        As `get_my_visit`.
    """
    carer = carer_of(viewer)
    told = (
        _told_to(carer)
        .select_related("visit__line", "client__key_safe", "client__branch__organisation", "carer")
        .get(visit=visit_id)
    )
    rules = access_rules(carer.branch, Week.containing(told.on).starts_on)
    if not client_window(told, rules).holds(now):
        raise PublishedAssignment.DoesNotExist
    return told, rules


def _told_to(carer: Carer) -> QuerySet[PublishedAssignment]:
    return PublishedAssignment.objects.filter(
        carer=carer, superseded_by__isnull=True
    ).select_related("client")


def _publication(carer: Carer, monday: date) -> dict[str, Any] | None:
    rotas = list(carer.branch.rotas.filter(week_starts_on=monday).values_list("pk", flat=True))
    last = next(iter(latest_publications(rotas).values()), None)
    return {"number": last.number, "published_at": last.published_at} if last else None


def _guaranteed_minutes(carer: Carer, week: Week) -> int:
    contract = (
        Contract.objects.filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=week.starts_on),
            carer=carer,
            starts_on__lt=week.ends_before,
        )
        .order_by("starts_on")
        .first()
    )
    return contract.guaranteed_minutes if contract else 0


def _other_carers(told: Sequence[PublishedAssignment], carer: Carer) -> dict[int, list[str]]:
    """Return the names of who else was told of each visit, by visit."""
    found: dict[int, list[str]] = {row.visit_id: [] for row in told}
    for visit, name in (
        PublishedAssignment.objects.filter(visit__in=found, superseded_by__isnull=True)
        .exclude(carer=carer)
        .order_by("carer__name", "pk")
        .values_list("visit_id", "carer__name")
    ):
        found[visit].append(name)
    return found


def _changed_visits(changes: Iterable[PublishedChanges]) -> dict[int, str]:
    """Return what is new to the carer, by visit: added before moved."""
    found: dict[int, str] = {}
    for row in sorted(changes, key=lambda row: row.number):
        if row.is_seen:
            continue
        for pair in row.rows["moved"]:
            found.setdefault(pair["after"]["visit_id"], "moved")
        for visit in row.rows["added"]:
            found[visit["visit_id"]] = "added"
    return found


def _day(
    visits: Sequence[PublishedAssignment],
    carer: Carer,
    rules: _Rules,
    others: dict[int, list[str]],
    changed: dict[int, str],
    now: datetime,
) -> list[dict[str, Any]]:
    rows = []
    before: PublishedAssignment | None = None
    for told in visits:
        is_open = client_window(told, rules.access).holds(now)
        rows.append(
            {
                "visit_id": told.visit_id,
                "start_minute": told.start_minute,
                "minutes": told.minutes,
                "starts_at": told.starts_at,
                "ends_at": told.ends_at,
                "client_name": told.client.name if is_open else short_name(told.client.name),
                "street": street_of(told.client.address) if is_open else None,
                "carers": others[told.visit_id],
                "changed": changed.get(told.visit_id),
                **_gap(before, told, carer, rules),
            }
        )
        before = told
    return rows


def _gap(
    before: PublishedAssignment | None, told: PublishedAssignment, carer: Carer, rules: _Rules
) -> dict[str, Any]:
    """Return the time since the visit before, and what of it is travel (PAY-04, PAY-06)."""
    if before is None:
        return {"travel_minutes": None, "gap_minutes": None, "kind_of_gap": None}
    travel = journey_minutes(rules.roads, carer.travel_mode, before, told)
    gap = told.start_minute - before.start_minute - before.minutes
    free = gap - travel
    if gap > rules.policy.split_gap_minutes:
        kind = "off"
    elif free >= rules.policy.break_minutes:
        kind = "break"
    else:
        kind = "wait" if free > 0 else "travel"
    return {"travel_minutes": travel, "gap_minutes": gap, "kind_of_gap": kind}
