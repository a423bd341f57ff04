"""The week board: one answer with everything the screen shows, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from backend.accounts.models import User
from backend.clients.models import Client
from backend.core.periods import WEEK_DAYS
from backend.organisation.models import RuleArea
from backend.organisation.selectors import rule_set_on
from backend.rota.models import PublishedAssignment, Rota, Visit
from backend.rota.selectors.continuity import CONTINUITY_DAYS
from backend.rota.selectors.differences import Stint, told_of
from backend.rota.selectors.policy import vote_behind
from backend.rota.selectors.visibility import rotas_for_office
from backend.rota.selectors.weeks import latest_publications, publication_summary
from backend.rota.selectors.wording import with_names
from backend.rota.solver.laid_out import LaidOutWeek, laid_out_week


@dataclass(frozen=True, slots=True)
class BoardCarer:
    """One row of the board; see `BoardCarerOut`."""

    id: int
    name: str
    mode: str
    guaranteed_minutes: int
    maximum_minutes: int
    max_days: int
    planned_minutes: int
    contact_minutes: int
    available: tuple[tuple[int, int], ...]
    warnings: list[dict[str, str]]
    wishes: int


@dataclass(frozen=True, slots=True)
class BoardVisit:
    """One block of the board; see `BoardVisitOut`."""

    id: int
    client: int
    day: int
    start: int | None
    target: int
    earliest: int
    latest: int
    minutes: int
    carers_required: int
    carers: list[int]
    state: str
    priority: int
    locked: bool
    changed: str | None
    travel: list[int | None]
    reason: str | None


def get_board(viewer: User, rota_id: int) -> dict[str, Any]:
    """Return the board of a rota in the viewer's sight; see `BoardOut` for its parts.

    Carers and clients are ordered by name, visits by day, then target, then key.
    """
    rota = rotas_for_office(viewer).get(pk=rota_id)
    laid_out = laid_out_week(rota)
    publication = latest_publications([rota.pk]).get(rota.pk)
    told = told_of(rota) if publication else None
    policy = rule_set_on(rota.branch, RuleArea.ROTA_POLICY, rota.week_starts_on)
    visits = board_visits(rota, laid_out, told)
    return {
        "rota": {
            "id": rota.pk,
            "branch_id": rota.branch_id,
            "branch_name": rota.branch.name,
            "week": rota.week_starts_on,
            "version": rota.version,
            "publication": publication_summary(publication),
        },
        "policy": {
            "version": policy.version,
            "starts_on": policy.starts_on,
            "decided_by": policy.decided_by,
            "vote": vote_behind(policy),
        },
        "carers": board_carers(laid_out),
        "clients": _clients(rota, laid_out),
        "visits": visits,
        "figures": laid_out.figures,
        "travel": laid_out.source.roads.told(),
    }


def visit_after_change(visit: Visit, carers: Collection[int]) -> dict[str, Any]:
    """Return a visit just changed, and what else on the board looks different with it.

    Parameters
    ----------
    carers
        Those whose week was touched, before and after; see `ChangedVisitOut`.
    """
    rota = visit.rota
    laid_out = laid_out_week(rota)
    told = told_of(rota) if latest_publications([rota.pk]) else None
    near = rota.visits.filter(on=visit.on, assignments__carer__in=carers).values_list("pk")
    keys = {visit.pk, *(pk for (pk,) in near)}
    blocks = board_visits(rota, laid_out, told, keys)
    return {
        "version": rota.version,
        "visit": next(block for block in blocks if block.id == visit.pk),
        "visits": blocks,
        "carers": board_carers(laid_out, carers),
        "figures": laid_out.figures,
    }


def board_carers(laid_out: LaidOutWeek, only: Collection[int] | None = None) -> list[BoardCarer]:
    """Return the rows of all carers of the week, or of some, by name."""
    week = laid_out.source
    warnings = _warnings(laid_out)
    rows = [row for row in week.carers.carers if only is None or row.pk in only]
    return [
        BoardCarer(
            id=row.pk,
            name=row.name,
            mode=row.travel_mode,
            guaranteed_minutes=seen.guaranteed_minutes,
            maximum_minutes=seen.max_week_minutes,
            max_days=seen.max_days,
            planned_minutes=laid_out.work_minutes(row.pk),
            contact_minutes=laid_out.contact_minutes(row.pk),
            available=seen.available,
            warnings=warnings[row.pk],
            wishes=len(seen.preferences),
        )
        for row in sorted(rows, key=lambda row: (row.name, row.pk))
        for seen in [laid_out.carer(row.pk)]
    ]


def board_visits(
    rota: Rota,
    laid_out: LaidOutWeek,
    told: Mapping[tuple[int, int], Stint] | None,
    only: Collection[int] | None = None,
) -> list[BoardVisit]:
    """Return the blocks of all visits of the week, or of some.

    Parameters
    ----------
    told
        What is published; None when nothing was yet, and then nothing counts as changed.
    """
    teams: dict[int, list[int]] = defaultdict(list)
    for visit, carer in (
        rota.visits.filter(assignments__isnull=False)
        .order_by("pk", "assignments__carer")
        .values_list("pk", "assignments__carer")
    ):
        teams[visit].append(carer)
    told_teams: dict[int, list[Stint]] = defaultdict(list)
    for stint in (told or {}).values():
        told_teams[stint.visit_id].append(stint)
    rows = rota.visits.order_by("on", "target_minute", "pk")
    if only is not None:
        rows = rows.filter(pk__in=only)
    monday, journeys = rota.week_starts_on, laid_out.journeys
    found = []
    for pk, client, on, start, *window, state, priority, locked, why in rows.values_list(
        "pk",
        "client_id",
        "on",
        "start_minute",
        "target_minute",
        "earliest_minute",
        "latest_minute",
        "minutes",
        "carers_required",
        "state",
        "priority",
        "is_locked",
        "open_reason",
    ):
        target, earliest, latest, minutes, required = window
        team = teams[pk]
        changed = None
        if told is not None:
            changed = _changed(told_teams[pk], team, (on, start, minutes))
        found.append(
            BoardVisit(
                id=pk,
                client=client,
                day=(on - monday).days,
                start=start,
                target=target,
                earliest=earliest,
                latest=latest,
                minutes=minutes,
                carers_required=required,
                carers=team,
                state=state,
                priority=priority,
                locked=locked,
                changed=changed,
                travel=[journeys.get((pk, carer)) for carer in team],
                reason=None if start is not None else short_reason(why),
            )
        )
    return found


def short_reason(open_reason: Any) -> str | None:
    """Return in a line why a visit is open: what the nearest carer would need to change."""
    if not isinstance(open_reason, Mapping):
        return None
    nearest = open_reason.get("nearest") or [{}]
    return with_names(str(nearest[0].get("message") or ""), {}) or None


def carers_in_28_days(rota: Rota, laid_out: LaidOutWeek) -> dict[int, int]:
    """Return how many different carers each client meets in the 28 days that end with the week.

    Three weeks as they were told, this one as the draft has it.
    """
    found = laid_out.planned_carers()
    first = rota.week_starts_on - timedelta(days=CONTINUITY_DAYS - WEEK_DAYS)
    for client, carer in (
        PublishedAssignment.objects.filter(
            client__in=found,
            superseded_by__isnull=True,
            on__gte=first,
            on__lt=rota.week_starts_on,
        )
        .values_list("client", "carer")
        .distinct()
    ):
        found[client].add(carer)
    return {client: len(carers) for client, carers in found.items()}


def _changed(told: list[Stint], team: list[int], now: tuple[Any, int | None, int]) -> str | None:
    """Return what is different from what people were told, the gravest first."""
    if not told:
        return "added" if team else None
    if {stint.carer_id for stint in told} != set(team):
        return "recarered"
    before = told[0]
    return None if (before.on, before.start_minute, before.minutes) == now else "moved"


def _warnings(laid_out: LaidOutWeek) -> dict[int, list[dict[str, str]]]:
    week, found = laid_out.source, defaultdict[int, list[dict[str, str]]](list)
    for broken in (*laid_out.broken, *laid_out.beyond_votes):
        if broken.carer_id is not None:
            found[broken.carer_id].append({"code": broken.code, "message": broken.message})
    for finding in laid_out.law_warnings:
        found[finding.carer].append({"code": finding.code, "message": finding.message})
    for row in week.carers.carers:
        left, usual = week.carers.available[row.pk], week.carers.usually_available[row.pk]
        if left != usual:
            part = "part of the week" if left else "the whole week"
            found[row.pk].append({"code": "away", "message": f"Not there for {part}."})
    return found


def _clients(rota: Rota, laid_out: LaidOutWeek) -> list[dict[str, Any]]:
    seen = laid_out.clients
    met = carers_in_28_days(rota, laid_out)
    away = Client.objects.filter(visits__rota=rota).exclude(pk__in=seen).distinct()
    rows: Iterable[Client] = [*Client.objects.filter(pk__in=seen), *away]
    return [
        {
            "id": row.pk,
            "name": row.name,
            "risk_class": row.risk_class,
            "target_carers": seen[row.pk].target_carers if row.pk in seen else None,
            "carers_28_days": met.get(row.pk, 0),
            "budget_28_days": seen[row.pk].target_carers if row.pk in seen else None,
        }
        for row in sorted(rows, key=lambda row: (row.name, row.pk))
    ]
