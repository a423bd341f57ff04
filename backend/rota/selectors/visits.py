"""One visit as a coordinator looks at it: what it needs, who makes it and why, who came before."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from backend.accounts.models import User
from backend.organisation.models import Skill
from backend.people.models import Carer
from backend.rota.models import Preference, PublishedAssignment, Visit
from backend.rota.selectors.continuity import CONTINUITY_DAYS, continuity_of
from backend.rota.selectors.visibility import visits_for_office
from backend.rota.selectors.wording import with_names
from backend.rota.solver.candidates import (
    CarerVerdict,
    InsteadOf,
    verdicts_for,
    why_this_carer,
)
from backend.rota.solver.laid_out import LaidOutWeek, laid_out_week
from backend.rota.solver.reasons import Reason, reasons_for


def get_visit(viewer: User, visit_id: int) -> dict[str, Any]:
    """Return a visit in the viewer's sight with what matters for it; see `VisitOut`.

    Carers are ordered by name, their reasons by weight, past visits newest first.
    """
    visit = visits_for_office(viewer).select_related("line").get(pk=visit_id)
    client, line = visit.client, visit.line
    laid_out = laid_out_week(visit.rota)
    team = list(Carer.objects.filter(assignments__visit=visit).order_by("name", "pk"))
    past = _past_visits(visit)
    return {
        "id": visit.pk,
        "rota_id": visit.rota_id,
        "rota_version": visit.rota.version,
        "client": {
            "id": client.pk,
            "name": client.name,
            "risk_class": client.risk_class,
            "wanted_gender": client.wanted_gender,
            "at_the_door": client.at_the_door,
            "contingency_plan": client.contingency_plan,
            "pin_confirmed": client.pin_confirmed_at is not None,
        },
        "on": visit.on,
        "start": visit.start_minute,
        "target": visit.target_minute,
        "earliest": visit.earliest_minute,
        "latest": visit.latest_minute,
        "minutes": visit.minutes,
        "carers_required": visit.carers_required,
        "state": visit.state,
        "priority": visit.priority,
        "locked": visit.is_locked,
        "criticality": line.criticality if line else None,
        "skills": _skills(visit),
        "tasks": line.tasks if line else [],
        "carers": [
            {
                "carer_id": carer.pk,
                "name": carer.name,
                "reasons": _reasons(laid_out, visit, carer, past),
            }
            for carer in team
        ],
        "continuity": continuity_of(carer for _, _, carer, _ in past),
        "history": [
            {"on": on, "start_minute": start, "carer_id": carer, "name": name}
            for on, start, carer, name in past
        ],
        "open_reason": _open_reason(visit, laid_out),
    }


def list_visit_candidates(viewer: User, visit_id: int) -> list[dict[str, Any]]:
    """Return every carer of the week with a verdict on a visit, the best first.

    A carer of the same branch who cannot is listed as well, with the first rule that decides.
    """
    visit = visits_for_office(viewer).get(pk=visit_id)
    laid_out = laid_out_week(visit.rota)
    return [_named(row, laid_out) for row in verdicts_for(laid_out, visit.pk)]


def explain_visit(viewer: User, visit_id: int, *, carer_id: int | None) -> dict[str, Any]:
    """Return why a visit's carers make it, against the next best and a carer asked about.

    See `WhyOut`; an open visit has no alternatives.

    Raises
    ------
    Visit.DoesNotExist, Carer.DoesNotExist
        Out of the viewer's sight; no carer of this week.
    """
    visit = visits_for_office(viewer).get(pk=visit_id)
    laid_out = laid_out_week(visit.rota)
    if carer_id is not None and carer_id not in laid_out.carer_names:
        raise Carer.DoesNotExist
    found = why_this_carer(laid_out, visit.pk, carer_id)
    return {
        "visit_id": visit.pk,
        "rota_version": visit.rota.version,
        "next_best": [_instead(row, laid_out) for row in found.next_best] if found else [],
        "asked": _instead(found.asked, laid_out) if found and found.asked else None,
    }


def _instead(row: InsteadOf, laid_out: LaidOutWeek) -> dict[str, Any]:
    return {
        **_named(row.verdict, laid_out),
        "differences": row.differences,
        "faults": [{"code": code, "shortfall": shortfall} for code, shortfall in row.faults],
    }


def _named(row: CarerVerdict, laid_out: LaidOutWeek) -> dict[str, Any]:
    carers, clients = laid_out.carer_names, laid_out.client_names
    return {
        "carer_id": row.carer_id,
        "name": carers[row.carer_id],
        "outcome": row.outcome,
        "code": row.code,
        "shortfall": row.shortfall,
        "message": with_names(row.message, clients, carers),
        "cost_change": row.cost_change,
        "start": row.start,
        "replaces": None if row.replaces is None else carers[row.replaces],
        "moves": None if row.moves is None else clients[row.moves],
        "moves_visit_id": row.moves,
        "moves_to": None if row.moves_to is None else carers[row.moves_to],
        "moves_start": row.moves_start,
    }


def _open_reason(visit: Visit, laid_out: LaidOutWeek) -> dict[str, Any] | None:
    """Return why the last run left a visit open, with names; only while it is open."""
    if visit.start_minute is not None or not isinstance(visit.open_reason, Mapping):
        return None
    clients, carers = laid_out.client_names, laid_out.carer_names
    near = visit.open_reason.get("nearest", [])
    names = dict(
        Carer.objects.filter(pk__in=[row["carer_id"] for row in near]).values_list("pk", "name")
    )
    return {
        "reasons": visit.open_reason.get("reasons", []),
        "nearest": [
            {
                "carer_id": row["carer_id"],
                "name": names[row["carer_id"]],
                "code": row["code"],
                "message": with_names(row["message"], clients, carers),
                "change": with_names(row["change"], clients, carers),
            }
            for row in near
            if row["carer_id"] in names
        ],
    }


def _past_visits(visit: Visit) -> list[tuple[date, int, int, str]]:
    return list(
        PublishedAssignment.objects.filter(
            client=visit.client_id,
            superseded_by__isnull=True,
            on__gte=visit.on - timedelta(days=CONTINUITY_DAYS),
            on__lt=visit.on,
        )
        .order_by("-on", "-start_minute", "carer__name", "pk")
        .values_list("on", "start_minute", "carer_id", "carer__name")
    )


def _skills(visit: Visit) -> list[Mapping[str, str]]:
    organisation = visit.rota.branch.organisation_id
    names = dict(Skill.objects.filter(organisation=organisation).values_list("code", "name"))
    return [{"code": code, "name": names.get(code, code)} for code in sorted(visit.skills)]


def _reasons(
    laid_out: LaidOutWeek, visit: Visit, carer: Carer, past: Iterable[tuple[date, int, int, str]]
) -> list[Reason]:
    came = Counter(row[2] for row in past)[carer.pk]
    named = Preference.objects.filter(client=visit.client_id, carer=carer).exists()
    known = []
    if visit.is_locked:
        known.append(Reason("locked"))
    if came:
        known.append(Reason("familiar", came))
    if named:
        known.append(Reason("preferred"))
    return [*known, *reasons_for(laid_out, visit_id=visit.pk, carer_id=carer.pk)]
