"""Give a visit to carers, or take it from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.core.periods import at_wall_minute
from backend.organisation.selectors import zone_of
from backend.people.models import Carer
from backend.rota.models import Visit, VisitAssignment, VisitState
from backend.rota.services.drafting import (
    held_visit,
    hold_carers,
    raise_version,
    require_version,
)
from backend.rota.solver.live_check import BrokenRule, rules_broken_by
from backend.rota.solver.translate import PLANNED_STATES, week_of_branch


class BreaksRuleError(RefusalError):
    """A hard rule forbids it; `breaches` names each rule, the carer and why."""

    code = "rota.breaks_rule"


class VisitLockedError(RefusalError):
    """The visit is locked; it must be unlocked before it is changed."""

    code = "rota.visit_locked"


class VisitNotPlannedError(RefusalError):
    """Nobody is to make this visit; `state` says why."""

    code = "rota.visit_not_planned"


@dataclass(frozen=True, slots=True)
class ChangedVisit:
    """A visit as it is now, and the carers whose week the change touched."""

    visit: Visit
    carers: frozenset[int]


@transaction.atomic
def assign_visit(
    *,
    visit_id: int,
    carer_ids: Sequence[int],
    start_minute: int,
    version: int,
    actor: User,
    now: datetime,
) -> ChangedVisit:
    """Give a visit of the draft to carers, from a wall-clock minute of its day.

    Asking for what is so already changes nothing, whatever the version.

    Raises
    ------
    Visit.DoesNotExist, Carer.DoesNotExist
        Out of the actor's sight.
    RotaStaleError, VisitLockedError, VisitNotPlannedError
        The draft has changed since; the visit is locked; the client is away or cancelled.
    BreaksRuleError
        It would break a hard rule, or break one further that is broken already.
    """
    visit = held_visit(visit_id, actor=actor)
    team = sorted(set(carer_ids))
    before = _team_of(visit)
    if before == team and visit.start_minute == start_minute:
        return ChangedVisit(visit, frozenset(team))
    require_version(visit.rota, version)
    _require_changeable(visit)
    _require_known(visit, team)
    hold_carers(team)
    if broken := _rules_broken(visit, team, start_minute):
        raise BreaksRuleError(breaches=[_named(rule) for rule in broken])
    was = {"carers": before, "start": visit.start_minute}
    visit.assignments.all().delete()
    VisitAssignment.objects.bulk_create(
        VisitAssignment(visit=visit, carer_id=carer) for carer in team
    )
    zone = zone_of(visit.rota.branch.organisation)
    visit.state = VisitState.ALLOCATED
    visit.start_minute = start_minute
    visit.starts_at = at_wall_minute(visit.on, start_minute, zone)
    visit.open_reason = None
    visit.save(update_fields=["state", "start_minute", "starts_at", "open_reason"])
    _finish("visit.assigned", visit, was, {"carers": team, "start": start_minute}, actor, now)
    return ChangedVisit(visit, frozenset({*before, *team}))


@transaction.atomic
def unassign_visit(*, visit_id: int, version: int, actor: User, now: datetime) -> ChangedVisit:
    """Take a visit of the draft from its carers; it is then unallocated.

    A visit that nobody has stays as it is.

    Raises
    ------
    Visit.DoesNotExist
        Out of the actor's sight.
    RotaStaleError, VisitLockedError
        The draft has changed since; the visit is locked.
    """
    visit = held_visit(visit_id, actor=actor)
    if visit.state != VisitState.ALLOCATED:
        return ChangedVisit(visit, frozenset())
    require_version(visit.rota, version)
    _require_changeable(visit)
    before = _team_of(visit)
    was = {"carers": before, "start": visit.start_minute}
    visit.assignments.all().delete()
    visit.state, visit.start_minute, visit.starts_at = VisitState.UNALLOCATED, None, None
    visit.save(update_fields=["state", "start_minute", "starts_at"])
    _finish("visit.unassigned", visit, was, {"carers": [], "start": None}, actor, now)
    return ChangedVisit(visit, frozenset(before))


def _team_of(visit: Visit) -> list[int]:
    return list(visit.assignments.order_by("carer").values_list("carer_id", flat=True))


def _require_changeable(visit: Visit) -> None:
    if visit.is_locked:
        raise VisitLockedError
    if visit.state not in PLANNED_STATES:
        raise VisitNotPlannedError(state=visit.state)


def _require_known(visit: Visit, team: Sequence[int]) -> None:
    """Find every carer in the visit's branch; one of another branch is as if not there."""
    known = Carer.objects.filter(pk__in=team, branch=visit.rota.branch_id).count()
    if known != len(team):
        raise Carer.DoesNotExist


def _rules_broken(visit: Visit, team: Sequence[int], start_minute: int) -> list[BrokenRule]:
    return rules_broken_by(
        week_of_branch(visit.rota),
        visit=visit.pk,
        day=(visit.on - visit.rota.week_starts_on).days,
        minute=start_minute,
        carers=team,
    )


def _named(rule: BrokenRule) -> dict[str, object]:
    return {
        "code": rule.code,
        "carer_id": rule.carer_id,
        "visit_id": rule.visit_id,
        "message": rule.message,
    }


def _finish(
    event: str,
    visit: Visit,
    was: Mapping[str, object],
    becomes: Mapping[str, object],
    actor: User,
    now: datetime,
) -> None:
    raise_version(visit.rota)
    record(
        event,
        actor=actor,
        subject=f"visit:{visit.pk}",
        at=now,
        chain=f"branch:{visit.rota.branch_id}",
        body={
            "rota": visit.rota_id,
            "version": visit.rota.version,
            "was": dict(was),
            "is": dict(becomes),
        },
    )
