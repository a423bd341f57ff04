"""Accept or reject what a solver proposes: a person decides, the solver changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.core.periods import at_wall_minute
from backend.organisation.selectors import zone_of
from backend.rota.models import (
    ProposalState,
    Rota,
    RotaProposal,
    Visit,
    VisitAssignment,
    VisitState,
)
from backend.rota.selectors.group_runs import list_group_runs
from backend.rota.selectors.loans import loans_of
from backend.rota.selectors.runs import list_proposals
from backend.rota.services.drafting import held_rota, hold_carers, raise_version
from backend.rota.solver.live_check import rules_broken_by_loans
from backend.rota.solver.translate import PLANNED_STATES, week_of_branch

PLANNED_FIELDS = ["state", "start_minute", "starts_at", "open_reason"]


class ProposalStaleError(RefusalError):
    """The draft has changed since the problem was made; accepting would undo that change."""

    code: ClassVar[str] = "rota.proposal_stale"


class ProposalDecidedError(RefusalError):
    """Somebody decided otherwise before."""

    code: ClassVar[str] = "rota.proposal_decided"


class LoanClashError(RefusalError):
    """A carer would break a rule by working for two branches; `carers` names each, and why."""

    code: ClassVar[str] = "rota.loan_clash"


@dataclass(frozen=True, slots=True)
class _Planned:
    start_minute: int
    carers: tuple[int, ...]


@transaction.atomic
def accept_proposal(*, proposal_id: int, actor: User, now: datetime) -> RotaProposal:
    """Make a proposal the draft. Locked visits stay as they are.

    Accepting an accepted proposal returns it as it is.

    Raises
    ------
    ProposalDecidedError
        It was rejected before.
    ProposalStaleError
        The draft is no longer the one the proposal was made from.
    LoanClashError
        What another branch has planned with a carer meanwhile does not go with it.
    """
    return _accept([_held(proposal_id, actor)], actor, now)[0]


@transaction.atomic
def accept_group_run(*, group_run_id: int, actor: User, now: datetime) -> list[RotaProposal]:
    """Make all that a group run proposes the drafts of its branches: all of it or nothing.

    For whoever plans every branch. Carers who change places between two branches can be accepted
    only like that, where each branch's draft stands in the way of the other's proposal. What has
    been accepted already stays accepted.

    Raises
    ------
    ProposalDecidedError, ProposalStaleError, LoanClashError
        As in `accept_proposal`, of any of the branches.
    """
    group = list_group_runs(actor).get(pk=group_run_id)
    wanted = list_proposals(actor).filter(run__group_run=group, alternative=0)
    keys = wanted.order_by("rota").values_list("pk", flat=True)
    return _accept([_held(pk, actor) for pk in keys], actor, now)


@transaction.atomic
def reject_proposal(*, proposal_id: int, actor: User, now: datetime) -> RotaProposal:
    """Put a proposal aside; the draft stays as it is. Rejecting again changes nothing.

    Raises
    ------
    ProposalDecidedError
        It was accepted before.
    """
    proposal = _held(proposal_id, actor)
    if _is_decided(proposal, ProposalState.REJECTED):
        return proposal
    return _decide(proposal, ProposalState.REJECTED, actor, now)


def _accept(proposals: Sequence[RotaProposal], actor: User, now: datetime) -> list[RotaProposal]:
    """Accept proposals whose rows and rotas are held, by rota."""
    left = [row for row in proposals if not _is_decided(row, ProposalState.ACCEPTED)]
    for row in left:
        if row.rota.version != row.rota_version:
            raise ProposalStaleError(version=row.rota.version, made_from=row.rota_version)
    hold_carers({pk for row in left for _, _, carers in row.assignments for pk in carers})
    changed = [_plan(row.rota, row) for row in left]
    for row in left:
        _require_sound_loans(row.rota)
    for row, visits in zip(left, changed, strict=True):
        raise_version(row.rota)
        _decide(row, ProposalState.ACCEPTED, actor, now, visits_changed=visits)
    return list(proposals)


def _require_sound_loans(rota: Rota) -> None:
    """Refuse a draft in which somebody's work here does not go with their work elsewhere.

    Every carer is judged at home, where their whole week is known.
    """
    broken = [
        rule
        for week, carers in loans_of(rota)
        for rule in rules_broken_by_loans(week_of_branch(week), carers)
    ]
    if broken:
        raise LoanClashError(
            carers=[
                {"carer_id": rule.carer_id, "code": rule.code, "message": rule.message}
                for rule in broken
            ]
        )


def _held(proposal_id: int, actor: User) -> RotaProposal:
    """Return a proposal in the actor's sight, its rota's row locked before its own."""
    rota_id = list_proposals(actor).values_list("rota_id", flat=True).get(pk=proposal_id)
    rota = held_rota(rota_id, actor=actor)
    proposal = RotaProposal.objects.select_for_update().get(pk=proposal_id)
    proposal.rota = rota
    return proposal


def _is_decided(proposal: RotaProposal, wanted: ProposalState) -> bool:
    if proposal.state == ProposalState.OPEN:
        return False
    if proposal.state != wanted:
        raise ProposalDecidedError(state=proposal.state)
    return True


def _decide(
    proposal: RotaProposal, state: ProposalState, actor: User, now: datetime, **body: object
) -> RotaProposal:
    proposal.state, proposal.decided_by, proposal.decided_at = state, actor, now
    proposal.save(update_fields=["state", "decided_by", "decided_at"])
    record(
        f"proposal.{state.value}",
        actor=actor,
        subject=f"proposal:{proposal.pk}",
        at=now,
        chain=f"branch:{proposal.rota.branch_id}",
        body={"rota": proposal.rota_id, "version": proposal.rota.version, **body},
    )
    return proposal


def _plan(rota: Rota, proposal: RotaProposal) -> int:
    """Write the proposal into the draft; return how many visits differ from before."""
    wanted = _wanted(proposal.assignments)
    reasons = {row["visit_id"]: row for row in proposal.open_visits}
    zone = zone_of(rota.branch.organisation)
    visits = list(rota.visits.filter(state__in=PLANNED_STATES, is_locked=False).order_by("pk"))
    teams = _teams(rota)
    differ = [visit for visit in visits if _differs(visit, teams, wanted)]
    _write_teams(differ, wanted)
    for visit in visits:
        _set_plan(visit, wanted.get(visit.pk), reasons.get(visit.pk), zone)
    # An upsert of rows that are all there: one statement for hundreds of visits, where an update
    # of each column by case takes ten times as long.
    Visit.objects.bulk_create(
        visits,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=PLANNED_FIELDS,
        batch_size=500,
    )
    return len(differ)


def _wanted(rows: Iterable[Sequence[Any]]) -> dict[int, _Planned]:
    return {pk: _Planned(start, tuple(sorted(carers))) for pk, start, carers in rows}


def _teams(rota: Rota) -> dict[int, tuple[int, ...]]:
    teams: dict[int, tuple[int, ...]] = {}
    for visit, carer in (
        VisitAssignment.objects.filter(visit__rota=rota)
        .order_by("visit", "carer")
        .values_list("visit_id", "carer_id")
    ):
        teams[visit] = (*teams.get(visit, ()), carer)
    return teams


def _differs(
    visit: Visit, teams: Mapping[int, tuple[int, ...]], wanted: Mapping[int, _Planned]
) -> bool:
    plan = wanted.get(visit.pk)
    now = (visit.start_minute, teams.get(visit.pk, ()))
    return now != ((plan.start_minute, plan.carers) if plan else (None, ()))


def _write_teams(visits: Sequence[Visit], wanted: Mapping[int, _Planned]) -> None:
    VisitAssignment.objects.filter(visit__in=[visit.pk for visit in visits]).delete()
    VisitAssignment.objects.bulk_create(
        (
            VisitAssignment(visit_id=visit.pk, carer_id=carer)
            for visit in visits
            if visit.pk in wanted
            for carer in wanted[visit.pk].carers
        ),
        batch_size=1000,
    )


def _set_plan(
    visit: Visit, plan: _Planned | None, reason: Mapping[str, Any] | None, zone: ZoneInfo
) -> None:
    if plan is None:
        visit.state, visit.start_minute, visit.starts_at = VisitState.UNALLOCATED, None, None
        visit.open_reason = dict(reason) if reason else None
        return
    visit.state, visit.start_minute = VisitState.ALLOCATED, plan.start_minute
    visit.starts_at = at_wall_minute(visit.on, plan.start_minute, zone)
    visit.open_reason = None
