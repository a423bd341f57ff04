"""Write share entries down: the only place where holdings change."""

from datetime import date
from uuid import UUID

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.membership.models import Holder, ShareClass, ShareEntry, ShareEntryKind
from backend.membership.services.events import Recording
from backend.membership.shares import ShareHolding, holding_on


class BeforeLastEntryError(RefusalError):
    """The day lies before the holder's last entry of this class, on `last_on`."""

    code = "membership.before_last_share_entry"


class KeyUsedError(RefusalError):
    """The request key belongs to another entry already."""

    code = "membership.request_key_used"


def share_class_for(share_class_id: int, actor: User | None) -> ShareClass:
    """Return a class of shares; of the actor's organisation, where somebody acts."""
    rows = ShareClass.objects.select_related("entity")
    if actor is not None:
        rows = rows.filter(entity__kept_by_id=actor.organisation_id)
    return rows.get(pk=share_class_id)


def locked_holders(share_class: ShareClass, *holder_ids: int) -> list[Holder]:
    """Return holders of the class's own organisation, locked, in the order asked for.

    Raises
    ------
    Holder.DoesNotExist
        One of them is not there, or in another organisation's books.
    """
    rows = {
        holder.pk: holder
        for holder in Holder.objects.select_for_update(of=("self",))
        .filter(pk__in=holder_ids, kept_by_id=share_class.entity.kept_by_id)
        .order_by("pk")
    }
    if missing := [pk for pk in holder_ids if pk not in rows]:
        raise Holder.DoesNotExist(f"no holder {missing[0]}")
    return [rows[pk] for pk in holder_ids]


def entries_of(share_class: ShareClass, holder: Holder) -> list[ShareEntry]:
    """Return a holder's entries of a class, oldest first."""
    return list(
        ShareEntry.objects.filter(share_class=share_class, holder=holder).order_by("on", "pk")
    )


def held_now(share_class: ShareClass, holder: Holder) -> ShareHolding:
    """Return what all entries of a holder and a class add up to."""
    return holding_on(entries_of(share_class, holder), date.max)


def withdrawable_pence(holder: Holder, share_class: ShareClass) -> int:
    """Return the nominal value of all withdrawable shares a holder has in the same body."""
    total = 0
    for other in ShareClass.objects.filter(entity=share_class.entity, is_withdrawable=True):
        total += held_now(other, holder).quantity * other.nominal_pence
    return total


def known_entry(
    key: UUID | None, share_class: ShareClass, holder: Holder, kind: ShareEntryKind
) -> ShareEntry | None:
    """Return the entry that a request made already, so that asking twice is harmless.

    Raises
    ------
    KeyUsedError
        The key made an entry of another kind, holder or class.
    """
    entry = ShareEntry.objects.filter(request_key=key).first() if key is not None else None
    if entry is not None and (entry.share_class_id, entry.holder_id, entry.kind) != (
        share_class.pk,
        holder.pk,
        kind,
    ):
        raise KeyUsedError
    return entry


def add_entry(
    share_class: ShareClass,
    holder: Holder,
    kind: ShareEntryKind,
    *,
    on: date,
    by: Recording,
    quantity: int = 0,
    amount_pence: int = 0,
    counterpart: ShareEntry | None = None,
    reverses: ShareEntry | None = None,
    note: str = "",
    key: UUID | None = None,
) -> ShareEntry:
    """Write an entry down, and in the audit.

    Raises
    ------
    BeforeLastEntryError
        Something later is recorded already.
    """
    last = ShareEntry.objects.filter(share_class=share_class, holder=holder).order_by("-on").first()
    if last is not None and on < last.on:
        raise BeforeLastEntryError(last_on=last.on.isoformat())
    entry = ShareEntry.objects.create(
        share_class=share_class,
        holder=holder,
        kind=kind,
        quantity=quantity,
        amount_pence=amount_pence,
        on=on,
        counterpart=counterpart,
        reverses=reverses,
        note=note,
        request_key=key,
        recorded_by=by.actor,
        recorded_at=by.now,
    )
    record(
        f"share_entry.{kind.value}",
        actor=by.actor,
        subject=f"holder:{holder.pk}",
        at=by.now,
        chain=f"organisation:{holder.kept_by_id}",
        body={
            "entry": entry.pk,
            "share_class": share_class.pk,
            "quantity": quantity,
            "amount_pence": amount_pence,
            "on": on.isoformat(),
        },
    )
    return entry
