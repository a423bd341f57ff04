"""Add one event to a membership: the only place where memberships change."""

from dataclasses import dataclass
from datetime import date, datetime

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.membership.models import (
    CeaseReason,
    EventKind,
    Membership,
    MembershipEvent,
    MembershipStatus,
)
from backend.organisation.models import Branch


class NotNowError(RefusalError):
    """The membership is not in a state from which this can follow. `status` is the state."""

    code = "membership.not_in_this_state"


class BeforeLastEventError(RefusalError):
    """The day lies before the last thing that was recorded, on `last_on`: reverse that first."""

    code = "membership.before_last_event"


@dataclass(frozen=True, slots=True)
class Recording:
    """Who records something, and when."""

    actor: User | None
    now: datetime


def locked(membership_id: int, actor: User | None) -> Membership:
    """Return a membership, locked; of the actor's organisation, where somebody acts.

    Raises
    ------
    Membership.DoesNotExist
        It is not there, or not theirs.
    """
    rows = Membership.objects.select_for_update(of=("self",)).select_related(
        "entity__kept_by", "member_class", "holder__carer"
    )
    if actor is not None:
        rows = rows.filter(entity__kept_by_id=actor.organisation_id)
    return rows.get(pk=membership_id)


def last_event(membership: Membership) -> MembershipEvent | None:
    """Return what was recorded last."""
    return membership.events.order_by("-on", "-pk").first()


def add_event(
    membership: Membership,
    kind: EventKind,
    *,
    on: date,
    status: MembershipStatus,
    by: Recording,
    branch: Branch | None = None,
    cease_reason: CeaseReason | None = None,
    reference: str = "",
    reverses: MembershipEvent | None = None,
) -> MembershipEvent:
    """Write an event down, with the new state of the membership, and in the audit.

    `branch` None keeps the branch of the event before, unless this one reverses it.

    Raises
    ------
    BeforeLastEventError
        Something later is recorded already.
    """
    before = last_event(membership)
    if before is not None and on < before.on:
        raise BeforeLastEventError(last_on=before.on.isoformat())
    if branch is None and before is not None and reverses is None:
        branch = before.branch
    event = MembershipEvent.objects.create(
        membership=membership,
        kind=kind,
        on=on,
        status=status,
        branch=branch,
        cease_reason=cease_reason or "",
        reference=reference,
        reverses=reverses,
        recorded_by=by.actor,
        recorded_at=by.now,
    )
    if membership.status != status:
        membership.status = status
        membership.save(update_fields=["status", "number"])
    record(
        f"membership.{kind.value}",
        actor=by.actor,
        subject=f"membership:{membership.pk}",
        at=by.now,
        chain=f"organisation:{membership.entity.kept_by_id}",
        body={"on": on.isoformat(), "event": event.pk, "status": status.value},
    )
    return event


def happened_already(membership: Membership, kind: EventKind, on: date) -> bool:
    """Say whether the last thing recorded is exactly this, so that asking twice is harmless."""
    before = last_event(membership)
    return before is not None and before.kind == kind and before.on == on


def require(membership: Membership, *statuses: MembershipStatus) -> None:
    """Refuse unless the membership is in one of `statuses`."""
    if membership.status not in statuses:
        raise NotNowError(status=membership.status)
