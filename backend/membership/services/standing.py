"""What happens to members: suspended, restored, moved, ceased; and taking an entry back."""

from datetime import date, datetime

from django.db import transaction

from backend.accounts.models import User
from backend.core.errors import RefusalError
from backend.membership.models import (
    ON_THE_REGISTER,
    OPEN_STATUSES,
    CeaseReason,
    ClassKind,
    EventKind,
    Membership,
    MembershipStatus,
)
from backend.membership.services.events import (
    Recording,
    add_event,
    happened_already,
    last_event,
    locked,
    require,
)
from backend.organisation.models import Branch, Organisation


class NotTheLastEventError(RefusalError):
    """Only the last thing that was recorded can be taken back."""

    code = "membership.not_the_last_event"


class OthersBranchError(RefusalError):
    """The branch belongs to another organisation."""

    code = "membership.others_branch"


@transaction.atomic
def suspend_member(
    *, membership_id: int, reference: str, on: date, actor: User | None, now: datetime
) -> Membership:
    """Suspend a member: still an owner, without a vote. A second call changes nothing."""
    membership = locked(membership_id, actor)
    if membership.status != MembershipStatus.SUSPENDED:
        require(membership, MembershipStatus.MEMBER)
        add_event(
            membership,
            EventKind.SUSPENDED,
            on=on,
            status=MembershipStatus.SUSPENDED,
            reference=reference,
            by=Recording(actor, now),
        )
    return membership


@transaction.atomic
def restore_member(
    *, membership_id: int, reference: str, on: date, actor: User | None, now: datetime
) -> Membership:
    """End a suspension. A second call changes nothing."""
    membership = locked(membership_id, actor)
    if membership.status != MembershipStatus.MEMBER:
        require(membership, MembershipStatus.SUSPENDED)
        add_event(
            membership,
            EventKind.RESTORED,
            on=on,
            status=MembershipStatus.MEMBER,
            reference=reference,
            by=Recording(actor, now),
        )
    return membership


@transaction.atomic
def move_member(
    *, membership_id: int, branch: Branch, on: date, actor: User | None, now: datetime
) -> Membership:
    """Record that somebody belongs to another branch from a day on."""
    membership = locked(membership_id, actor)
    require(membership, *OPEN_STATUSES)
    if branch.organisation_id != membership.entity.kept_by_id:
        raise OthersBranchError
    before = last_event(membership)
    if before is None or before.branch_id != branch.pk:
        add_event(
            membership,
            EventKind.MOVED,
            on=on,
            status=MembershipStatus(membership.status),
            branch=branch,
            by=Recording(actor, now),
        )
    return membership


@transaction.atomic
def cease_membership(
    *,
    membership_id: int,
    reason: CeaseReason,
    reference: str,
    on: date,
    actor: User | None,
    now: datetime,
) -> Membership:
    """End a membership. `on` is the first day without it; a second call changes nothing.

    The number stays the former member's for ever, and the shares stay until they are repaid.
    """
    membership = locked(membership_id, actor)
    if happened_already(membership, EventKind.CEASED, on):
        return membership
    require(membership, *ON_THE_REGISTER)
    add_event(
        membership,
        EventKind.CEASED,
        on=on,
        status=MembershipStatus.CEASED,
        cease_reason=reason,
        reference=reference,
        by=Recording(actor, now),
    )
    return membership


@transaction.atomic
def end_memberships_of_leavers(
    *, organisation: Organisation, today: date, actor: User | None, now: datetime
) -> list[Membership]:
    """Record that the workers whose employment has ended are members no more.

    They lost their vote with the employment already, see `MembershipQuerySet.on`; this writes it
    down. Applications of leavers lapse. Returns those that were ended.
    """
    ended = []
    for membership in (
        Membership.objects.filter(
            entity__kept_by=organisation,
            member_class__kind=ClassKind.WORKER,
            holder__carer__ends_before__lte=today,
            status__in=OPEN_STATUSES,
        )
        .select_for_update(of=("self",))
        .select_related("holder__carer", "entity")
        .order_by("pk")
    ):
        carer, last = membership.holder.carer, last_event(membership)
        left_on = carer.ends_before if carer is not None else None
        if left_on is None:
            continue
        # What was recorded after they left stands; the end is then written behind it.
        on = max(left_on, last.on) if last is not None else left_on
        is_member = membership.status in ON_THE_REGISTER
        add_event(
            membership,
            EventKind.CEASED if is_member else EventKind.LAPSED,
            on=on,
            status=MembershipStatus.CEASED if is_member else MembershipStatus.LAPSED,
            cease_reason=CeaseReason.LEFT_EMPLOYMENT if is_member else None,
            by=Recording(actor, now),
        )
        ended.append(membership)
    return ended


@transaction.atomic
def reverse_event(
    *,
    membership_id: int,
    event_id: int,
    reference: str,
    on: date,
    actor: User | None,
    now: datetime,
) -> Membership:
    """Take the last recorded event back: from `on`, what held before it holds again.

    Registers as at earlier dates stay as they were recorded. A second call changes nothing.

    Raises
    ------
    NotTheLastEventError
        Something was recorded after it, or it is a reversal, or the first event.
    """
    membership = locked(membership_id, actor)
    events = list(membership.events.order_by("-on", "-pk")[:2])
    if events and events[0].kind == EventKind.REVERSAL and events[0].reverses_id == event_id:
        return membership
    if len(events) < 2 or events[0].pk != event_id or events[0].kind == EventKind.REVERSAL:
        raise NotTheLastEventError
    undone, before = events
    add_event(
        membership,
        EventKind.REVERSAL,
        on=on,
        status=MembershipStatus(before.status),
        branch=before.branch,
        reference=reference,
        reverses=undone,
        by=Recording(actor, now),
    )
    return membership
