"""The way in: apply, probation, induction, admission; or refused, or lapsed."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from backend.accounts.models import User
from backend.core.errors import RefusalError
from backend.membership.models import (
    OPEN_STATUSES,
    ClassKind,
    EventKind,
    Holder,
    HolderKind,
    LegalEntity,
    MemberClass,
    Membership,
    MembershipEvent,
    MembershipStatus,
)
from backend.membership.services.events import (
    Recording,
    add_event,
    happened_already,
    locked,
    require,
)
from backend.membership.terms import months_after
from backend.organisation.models import Branch
from backend.organisation.selectors import membership_rules
from backend.people.models import Carer

ON_THE_WAY = (MembershipStatus.APPLICANT, MembershipStatus.PROBATION)


class TooEarlyError(RefusalError):
    """A worker has not worked here long enough; `possible_on` is the first day."""

    code = "membership.too_early"


class InductionMissingError(RefusalError):
    """Steps of the induction are missing: `taken` of `needed` are recorded."""

    code = "membership.induction_missing"


class VoteMissingError(RefusalError):
    """The rules ask for a vote on admission, and none is named."""

    code = "membership.vote_missing"


class NotAWorkerError(RefusalError):
    """Only somebody who works here can join the workers."""

    code = "membership.not_a_worker"


class OthersHolderError(RefusalError):
    """The person or body stands in another organisation's books."""

    code = "membership.others_holder"


def holder_for_carer(carer: Carer) -> Holder:
    """Return the row under which a carer is a member, which is made where it is missing."""
    holder, _ = Holder.objects.get_or_create(
        carer=carer,
        defaults={
            "kept_by_id": carer.branch.organisation_id,
            "kind": HolderKind.PERSON,
            "name": carer.name,
        },
    )
    return holder


@transaction.atomic
def apply_for_membership(
    *,
    member_class_id: int,
    holder_id: int,
    branch: Branch | None,
    on: date,
    actor: User | None,
    now: datetime,
) -> Membership:
    """Record that somebody asks to join a class. Whoever is on the way or a member stays so.

    Raises
    ------
    OthersHolderError
        The holder or the branch belongs to another organisation than the class.
    NotAWorkerError
        A person who does not work here asks to join the workers.
    """
    member_class = MemberClass.objects.select_related("entity").get(pk=member_class_id)
    holder = Holder.objects.select_for_update(of=("self",)).get(pk=holder_id)
    entity = member_class.entity
    if holder.kept_by_id != entity.kept_by_id or (
        branch is not None and branch.organisation_id != entity.kept_by_id
    ):
        raise OthersHolderError
    works_here = holder.carer_id is not None or holder.user_id is not None
    if member_class.kind == ClassKind.WORKER and not works_here:
        raise NotAWorkerError
    known = Membership.objects.filter(
        holder=holder, member_class=member_class, status__in=OPEN_STATUSES
    ).first()
    if known is not None:
        return known
    membership = Membership.objects.create(
        entity=entity,
        holder=holder,
        member_class=member_class,
        status=MembershipStatus.APPLICANT,
    )
    add_event(
        membership,
        EventKind.APPLIED,
        on=on,
        status=MembershipStatus.APPLICANT,
        branch=branch,
        by=Recording(actor, now),
    )
    return membership


@transaction.atomic
def begin_probation(
    *, membership_id: int, on: date, actor: User | None, now: datetime
) -> Membership:
    """Record that an applicant is on probation; asking again changes nothing."""
    membership = locked(membership_id, actor)
    if membership.status != MembershipStatus.PROBATION:
        require(membership, MembershipStatus.APPLICANT)
        add_event(
            membership,
            EventKind.PROBATION_BEGAN,
            on=on,
            status=MembershipStatus.PROBATION,
            by=Recording(actor, now),
        )
    return membership


@transaction.atomic
def record_induction(
    *, membership_id: int, step: str, on: date, actor: User | None, now: datetime
) -> Membership:
    """Record a step of the induction by its name; each step counts once."""
    membership = locked(membership_id, actor)
    require(membership, *ON_THE_WAY)
    if not _steps(membership).filter(reference=step).exists():
        add_event(
            membership,
            EventKind.INDUCTED,
            on=on,
            status=MembershipStatus(membership.status),
            reference=step,
            by=Recording(actor, now),
        )
    return membership


@transaction.atomic
def admit_member(
    *, membership_id: int, vote: str, on: date, actor: User | None, now: datetime
) -> Membership:
    """Admit somebody and give them their number. Admitting a member again changes nothing.

    Parameters
    ----------
    vote
        Where it was decided: the ballot or the minute.

    Raises
    ------
    TooEarlyError, InductionMissingError, VoteMissingError
        What the rules ask of workers is missing.
    """
    membership = locked(membership_id, actor)
    if membership.status == MembershipStatus.MEMBER:
        return membership
    require(membership, *ON_THE_WAY)
    if membership.member_class.kind == ClassKind.WORKER:
        _check_worker(membership, vote, on)
    if membership.number is None:
        membership.number = _next_number(membership.entity)
        membership.save(update_fields=["number"])
    add_event(
        membership,
        EventKind.ADMITTED,
        on=on,
        status=MembershipStatus.MEMBER,
        reference=vote,
        by=Recording(actor, now),
    )
    return membership


@transaction.atomic
def refuse_applicant(
    *, membership_id: int, vote: str, on: date, actor: User | None, now: datetime
) -> Membership:
    """Record that somebody on the way was not admitted, and where that was decided."""
    return _end(membership_id, EventKind.REFUSED, MembershipStatus.REFUSED, vote, on, actor, now)


@transaction.atomic
def lapse_application(
    *, membership_id: int, on: date, actor: User | None, now: datetime
) -> Membership:
    """Record that an application was not pursued."""
    return _end(membership_id, EventKind.LAPSED, MembershipStatus.LAPSED, "", on, actor, now)


def _end(
    membership_id: int,
    kind: EventKind,
    status: MembershipStatus,
    reference: str,
    on: date,
    actor: User | None,
    now: datetime,
) -> Membership:
    membership = locked(membership_id, actor)
    if not happened_already(membership, kind, on):
        require(membership, *ON_THE_WAY)
        add_event(
            membership, kind, on=on, status=status, reference=reference, by=Recording(actor, now)
        )
    return membership


def _check_worker(membership: Membership, vote: str, on: date) -> None:
    rules = membership_rules(membership.entity.kept_by, on)
    carer = membership.holder.carer
    if carer is not None and carer.starts_on is not None:
        possible_on = months_after(carer.starts_on, rules.service_months)
        if on < possible_on:
            raise TooEarlyError(possible_on=possible_on.isoformat())
    taken = _steps(membership).filter(on__lte=on).count()
    if taken < rules.induction_steps:
        raise InductionMissingError(taken=taken, needed=rules.induction_steps)
    if rules.admission_needs_vote and not vote.strip():
        raise VoteMissingError


def _steps(membership: Membership) -> QuerySet[MembershipEvent]:
    return membership.events.filter(kind=EventKind.INDUCTED, reversed_by__isnull=True)


def _next_number(entity: LegalEntity) -> int:
    # Two admissions at once wait for each other here, so that no number is given twice.
    LegalEntity.objects.select_for_update().get(pk=entity.pk)
    highest = Membership.objects.filter(entity=entity).aggregate(number=Max("number"))["number"]
    return (highest or 0) + 1
