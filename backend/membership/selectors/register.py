"""The statutory register as at a date, and who may read how much of it.

The Act (section 30) asks a society for each member's name and address, shares and what is paid on
them, and the dates of entry and end; for officers name, address, office and dates. Members may
read all but the shares; a copy for the public leaves the addresses out, too.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from backend.membership.models import (
    ON_THE_REGISTER,
    Appointment,
    EventKind,
    LegalEntity,
    Membership,
    MembershipEvent,
    MembershipStatus,
    ShareClass,
)
from backend.membership.selectors.standing import holdings_on
from backend.membership.shares import ShareHolding

NOTHING = ShareHolding()


class RegisterCopy(StrEnum):
    """How much of the register is shown."""

    FULL = "full"
    MEMBERS = "members"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class RegisterShares:
    """Shares of one class; money in pence."""

    share_class: str
    quantity: int
    paid_pence: int
    unpaid_pence: int
    leaving: int
    repayable_pence: int


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One member's lines. None or empty is what this copy does not show, or what is not known.

    `ceased_on` is the first day without membership; `status` tells suspended members apart.
    """

    number: int
    name: str
    member_class: str
    status: str
    entered_on: date | None
    ceased_on: date | None
    address: str
    email: str
    email_use: str
    shares: tuple[RegisterShares, ...]


@dataclass(frozen=True, slots=True)
class OfficerEntry:
    """Somebody who held an office on the date; `name` empty where it is not recorded."""

    office: str
    name: str
    address: str
    starts_on: date
    ends_before: date | None


@dataclass(frozen=True, slots=True)
class Register:
    """The register as at a date: members by number, officers by office."""

    entity: LegalEntity
    as_at: date
    copy: RegisterCopy
    members: tuple[RegisterEntry, ...]
    officers: tuple[OfficerEntry, ...]


def register_on(
    entity: LegalEntity,
    day: date,
    *,
    copy: RegisterCopy,
    with_former: bool = False,
    holder_id: int | None = None,
) -> Register:
    """Return the register of a body as at the end of a day.

    Parameters
    ----------
    with_former
        Also those who had ceased by then.
    holder_id
        Only the entries of this holder.
    """
    wanted = [*ON_THE_REGISTER, *([MembershipStatus.CEASED] if with_former else [])]
    memberships = (
        Membership.objects.being(wanted, day)
        .filter(entity=entity, number__isnull=False)
        .select_related("holder__carer", "member_class")
        .order_by("number")
    )
    if holder_id is not None:
        memberships = memberships.filter(holder_id=holder_id)
    listed = list(memberships)
    dates = _dates(listed, day)
    shares = _shares(entity, day) if copy is RegisterCopy.FULL else {}
    return Register(
        entity=entity,
        as_at=day,
        copy=copy,
        members=tuple(_entry(row, dates, shares, copy) for row in listed),
        officers=tuple(_officers(entity, day, copy)),
    )


def _entry(
    membership: Membership,
    dates: Mapping[int, tuple[date | None, date | None]],
    shares: Mapping[int, Sequence[RegisterShares]],
    copy: RegisterCopy,
) -> RegisterEntry:
    holder = membership.holder
    entered_on, ceased_on = dates.get(membership.pk, (None, None))
    if membership.status_on != MembershipStatus.CEASED:
        ceased_on = None
    elif ceased_on is None and holder.carer is not None:
        # Employment has ended, and with it the membership; nobody has written that down yet.
        ceased_on = holder.carer.ends_before
    is_full = copy is RegisterCopy.FULL
    return RegisterEntry(
        number=membership.number or 0,
        name=holder.name,
        member_class=membership.member_class.name,
        status=membership.status_on or "",
        entered_on=entered_on,
        ceased_on=ceased_on,
        address="" if copy is RegisterCopy.PUBLIC else holder.address,
        email=holder.email if is_full else "",
        email_use=holder.email_use if is_full else "",
        shares=tuple(shares.get(holder.pk, ())),
    )


def _dates(
    memberships: Sequence[Membership], day: date
) -> dict[int, tuple[date | None, date | None]]:
    """Return when each was admitted and ceased, by what was recorded up to a day."""
    entered: dict[int, date] = {}
    ceased: dict[int, date] = {}
    for event in MembershipEvent.objects.filter(
        Q(reversed_by__isnull=True) | Q(reversed_by__on__gt=day),
        membership__in=memberships,
        kind__in=[EventKind.ADMITTED, EventKind.CEASED],
        on__lte=day,
    ).order_by("on", "pk"):
        (entered if event.kind == EventKind.ADMITTED else ceased)[event.membership_id] = event.on
    return {
        pk: (entered.get(pk), ceased.get(pk))
        for pk in (membership.pk for membership in memberships)
    }


def _shares(entity: LegalEntity, day: date) -> dict[int, list[RegisterShares]]:
    classes: dict[int, ShareClass] = {row.pk: row for row in entity.share_classes.order_by("pk")}
    found: defaultdict[int, list[RegisterShares]] = defaultdict(list)
    for (class_id, holder_id), held in sorted(holdings_on(classes.values(), day).items()):
        if held != NOTHING:
            found[holder_id].append(
                RegisterShares(
                    share_class=classes[class_id].name,
                    quantity=held.quantity,
                    paid_pence=held.paid_pence,
                    unpaid_pence=held.unpaid_pence,
                    leaving=held.leaving,
                    repayable_pence=held.repayable_pence,
                )
            )
    return found


def _officers(entity: LegalEntity, day: date, copy: RegisterCopy) -> list[OfficerEntry]:
    rows = (
        Appointment.objects.filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=day),
            seat__entity=entity,
            starts_on__lte=day,
        )
        .select_related("seat", "holder")
        .order_by("seat__name", "starts_on")
    )
    return [
        OfficerEntry(
            office=row.seat.name,
            name=row.holder.name if row.holder else "",
            address=row.holder.address if row.holder and copy is not RegisterCopy.PUBLIC else "",
            starts_on=row.starts_on,
            ends_before=row.ends_before,
        )
        for row in rows
    ]
