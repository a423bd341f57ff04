"""A spin-out case step by step: consult, call and declare the ballot, decide, transfer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.membership.models import (
    Condition,
    EntityRelation,
    Evidence,
    InitiatedBy,
    LegalEntity,
    RelationKind,
    SpinOutCase,
    SpinOutState,
    Waiver,
)
from backend.membership.selectors.spin_outs import AUTOMATIC, case_report

OPEN = (
    SpinOutState.DRAFT,
    SpinOutState.CONSULTING,
    SpinOutState.BALLOT_CALLED,
    SpinOutState.BALLOT_DECLARED,
)


class CaseNotInStateError(RefusalError):
    """The case is in `state`, from which this cannot follow."""

    code = "membership.spin_out_not_in_state"


class ConditionsOpenError(RefusalError):
    """Conditions are not met: `conditions` names them."""

    code = "membership.spin_out_conditions_open"


class NotToBeWaivedError(RefusalError):
    """The condition follows from the case's own figures; nobody can waive it."""

    code = "membership.spin_out_not_to_be_waived"


class VotesDoNotFitError(RefusalError):
    """More votes than staff, `eligible`."""

    code = "membership.spin_out_votes_do_not_fit"


@dataclass(frozen=True, slots=True)
class StaffBallot:
    """What the returning officer declares of a ballot of all affected staff."""

    reference: str
    staff_list_on: date
    is_secret: bool
    eligible: int
    yes: int
    no: int
    spoilt: int


@transaction.atomic
def propose_spin_out(
    *,
    parent: LegalEntity,
    proposed: LegalEntity,
    service: str,
    initiated_by: InitiatedBy,
    actor: User | None,
    now: datetime,
) -> SpinOutCase:
    """Open a case; the same proposed body has one case only, which a second call returns."""
    known = SpinOutCase.objects.filter(proposed=proposed).first()
    if known is not None:
        return known
    if proposed.kept_by_id != parent.kept_by_id:
        raise LegalEntity.DoesNotExist("the proposed body stands in other books")
    case = SpinOutCase.objects.create(
        parent=parent, proposed=proposed, service=service, initiated_by=initiated_by
    )
    _record("proposed", case, actor, now)
    return case


@transaction.atomic
def add_evidence(
    *, case_id: int, condition: Condition, text: str, on: date, actor: User | None, now: datetime
) -> Evidence:
    """Add evidence while the case is open. The same words for the same day are added once."""
    case = _locked(case_id, actor)
    _require(case, *OPEN)
    evidence, created = Evidence.objects.get_or_create(
        case=case,
        condition=condition,
        text=text,
        on=on,
        defaults={"recorded_by": actor, "recorded_at": now},
    )
    if created:
        _record("evidence_added", case, actor, now, condition=condition.value)
    return evidence


@transaction.atomic
def waive_condition(
    *,
    case_id: int,
    condition: Condition,
    reason: str,
    waived_by: str,
    on: date,
    actor: User | None,
    now: datetime,
) -> Waiver:
    """Waive a condition that rests on evidence; reason, name and date are shown for ever.

    Raises
    ------
    NotToBeWaivedError
        The condition is automatic.
    """
    if condition in AUTOMATIC:
        raise NotToBeWaivedError(condition=condition.value)
    case = _locked(case_id, actor)
    _require(case, *OPEN)
    waiver, created = Waiver.objects.get_or_create(
        case=case,
        condition=condition,
        defaults={
            "reason": reason,
            "waived_by": waived_by,
            "on": on,
            "recorded_by": actor,
            "recorded_at": now,
        },
    )
    if created:
        _record("condition_waived", case, actor, now, condition=condition.value)
    return waiver


@transaction.atomic
def begin_consulting(*, case_id: int, actor: User | None, now: datetime) -> SpinOutCase:
    """Open the consultation of staff and unions."""
    return _move(case_id, SpinOutState.DRAFT, SpinOutState.CONSULTING, actor, now)


@transaction.atomic
def call_staff_ballot(
    *, case_id: int, options_chosen_on: date, actor: User | None, now: datetime
) -> SpinOutCase:
    """Call the ballot, once the options have been compared and one was chosen."""
    case = _move(case_id, SpinOutState.CONSULTING, SpinOutState.BALLOT_CALLED, actor, now)
    if case.options_chosen_on is None:
        case.options_chosen_on = options_chosen_on
        case.save(update_fields=["options_chosen_on"])
    return case


@transaction.atomic
def declare_staff_ballot(
    *, case_id: int, ballot: StaffBallot, actor: User | None, now: datetime
) -> SpinOutCase:
    """Write down what the ballot said. A second call changes nothing.

    Raises
    ------
    VotesDoNotFitError
        There are more votes than staff.
    """
    case = _locked(case_id, actor)
    if case.state == SpinOutState.BALLOT_DECLARED:
        return case
    _require(case, SpinOutState.BALLOT_CALLED)
    if ballot.yes + ballot.no + ballot.spoilt > ballot.eligible:
        raise VotesDoNotFitError(eligible=ballot.eligible)
    case.ballot_reference, case.staff_list_on = ballot.reference, ballot.staff_list_on
    case.is_ballot_secret, case.eligible = ballot.is_secret, ballot.eligible
    case.votes_yes, case.votes_no, case.votes_spoilt = ballot.yes, ballot.no, ballot.spoilt
    case.state = SpinOutState.BALLOT_DECLARED
    case.save()
    _record("ballot_declared", case, actor, now, yes=ballot.yes, eligible=ballot.eligible)
    return case


@transaction.atomic
def approve_spin_out(*, case_id: int, on: date, actor: User | None, now: datetime) -> SpinOutCase:
    """Approve a case that meets every condition, by itself, by evidence or by waiver.

    Raises
    ------
    ConditionsOpenError
        Conditions are open.
    """
    case = _locked(case_id, actor)
    if case.state == SpinOutState.APPROVED:
        return case
    _require(case, SpinOutState.BALLOT_DECLARED)
    if missing := case_report(case, on).open_conditions:
        raise ConditionsOpenError(conditions=[condition.value for condition in missing])
    return _move(case_id, SpinOutState.BALLOT_DECLARED, SpinOutState.APPROVED, actor, now)


@transaction.atomic
def reject_spin_out(*, case_id: int, actor: User | None, now: datetime) -> SpinOutCase:
    """End a case after its ballot."""
    return _move(case_id, SpinOutState.BALLOT_DECLARED, SpinOutState.REJECTED, actor, now)


@transaction.atomic
def transfer_service(*, case_id: int, on: date, actor: User | None, now: datetime) -> SpinOutCase:
    """Record that the service has left, and that the new body was spun out of the old."""
    case = _move(case_id, SpinOutState.APPROVED, SpinOutState.TRANSFERRED, actor, now)
    EntityRelation.objects.get_or_create(
        parent=case.parent,
        child=case.proposed,
        kind=RelationKind.SPUN_OUT_OF,
        defaults={"starts_on": on},
    )
    return case


def _locked(case_id: int, actor: User | None) -> SpinOutCase:
    rows = SpinOutCase.objects.select_for_update(of=("self",)).select_related(
        "parent", "proposed__kept_by"
    )
    if actor is not None:
        rows = rows.filter(parent__kept_by_id=actor.organisation_id)
    return rows.get(pk=case_id)


def _require(case: SpinOutCase, *states: SpinOutState) -> None:
    if case.state not in states:
        raise CaseNotInStateError(state=case.state)


def _move(
    case_id: int, before: SpinOutState, after: SpinOutState, actor: User | None, now: datetime
) -> SpinOutCase:
    """Take a case one step on; a case that is there already stays as it is."""
    case = _locked(case_id, actor)
    if case.state != after:
        _require(case, before)
        case.state = after
        case.save(update_fields=["state"])
        _record(after.value, case, actor, now)
    return case


def _record(
    event: str, case: SpinOutCase, actor: User | None, now: datetime, **body: object
) -> None:
    record(
        f"spin_out.{event}",
        actor=actor,
        subject=f"spin_out:{case.pk}",
        at=now,
        chain=f"organisation:{case.parent.kept_by_id}",
        body=body,
    )
