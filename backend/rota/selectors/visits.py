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
from backend.rota.solver.candidates import verdicts_for
from backend.rota.solver.laid_out import LaidOutWeek
from backend.rota.solver.reasons import Reason, reasons_for


def get_visit(viewer: User, visit_id: int) -> dict[str, Any]:
    """Return a visit in the viewer's sight with what matters for it; see `VisitOut`.

    Carers are ordered by name, their reasons by weight, past visits newest first.
    """
    visit = visits_for_office(viewer).select_related("line").get(pk=visit_id)
    client, line = visit.client, visit.line
    laid_out = LaidOutWeek(visit.rota)
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
        "open_reason": _open_reason(visit),
    }


def list_visit_candidates(viewer: User, visit_id: int) -> list[dict[str, Any]]:
    """Return every carer of the week with a verdict on a visit, the best first.

    A carer of the same branch who cannot is listed as well, with the first rule that decides.
    """
    visit = visits_for_office(viewer).get(pk=visit_id)
    laid_out = LaidOutWeek(visit.rota)
    names = {row.pk: row.name for row in laid_out.source.carers.carers}
    clients = _clients_of_visits(visit)
    return [
        {
            "carer_id": row.carer_id,
            "name": names[row.carer_id],
            "outcome": row.outcome,
            "code": row.code,
            "message": with_names(row.message, clients),
            "cost_change": row.cost_change,
            "start": row.start,
        }
        for row in verdicts_for(laid_out.source, visit.pk)
    ]


def _open_reason(visit: Visit) -> dict[str, Any] | None:
    """Return why the last run left a visit open, with names; only while it is open."""
    if visit.start_minute is not None or not isinstance(visit.open_reason, Mapping):
        return None
    clients = _clients_of_visits(visit)
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
                "message": with_names(row["message"], clients),
                "change": with_names(row["change"], clients),
            }
            for row in near
            if row["carer_id"] in names
        ],
    }


def _clients_of_visits(visit: Visit) -> dict[int, str]:
    return dict(Visit.objects.filter(rota=visit.rota_id).values_list("pk", "client__name"))


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
        known.append(Reason("locked", "The office holds this visit here."))
    if came:
        times = "once" if came == 1 else f"{came} times"
        known.append(Reason("familiar", f"Came {times} in the {CONTINUITY_DAYS} days before."))
    if named:
        known.append(Reason("preferred", "The client asked for this carer."))
    return [*known, *reasons_for(laid_out, visit_id=visit.pk, carer_id=carer.pk)]
