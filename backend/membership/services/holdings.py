"""Shares: allot, call, pay, withdraw, redeem, forfeit, transfer, and take an entry back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from backend.core.errors import RefusalError
from backend.membership.forms import rules_of
from backend.membership.models import Holder, ShareClass, ShareEntry, ShareEntryKind
from backend.membership.services.events import Recording
from backend.membership.services.share_entries import (
    add_entry,
    entries_of,
    held_now,
    known_entry,
    locked_holders,
    share_class_for,
    withdrawable_pence,
)
from backend.membership.shares import QUANTITY, holding_on, standing_on


class OverMaximumError(RefusalError):
    """One holder may not have so many shares; `most` is the limit."""

    code = "membership.too_many_shares"


class OverWithdrawableLimitError(RefusalError):
    """One person may not hold so much in withdrawable shares; `most_pence` is the limit."""

    code = "membership.over_withdrawable_limit"


class MoreThanUnpaidError(RefusalError):
    """More than is still to be paid; `unpaid_pence` is."""

    code = "membership.more_than_unpaid"


class NotEnoughSharesError(RefusalError):
    """Fewer shares are free than were asked for; `free` are."""

    code = "membership.not_enough_shares"


class ShareClassForbidsError(RefusalError):
    """Shares of the class cannot be withdrawn, redeemed or transferred; `what` says which."""

    code = "membership.share_class_forbids"


class CannotReverseError(RefusalError):
    """The entry is a reversal, or others rest on it: `why`."""

    code = "membership.cannot_reverse_entry"


@dataclass(frozen=True, slots=True)
class ShareOrder:
    """Whose shares of which class, from which day; the same `key` makes no second entry."""

    share_class_id: int
    holder_id: int
    on: date
    key: UUID | None = None
    note: str = ""


@transaction.atomic
def allot_shares(
    *, order: ShareOrder, quantity: int, price_pence: int, by: Recording, is_free: bool = False
) -> ShareEntry:
    """Allot shares; free ones count as paid up at `price_pence`.

    Raises
    ------
    OverMaximumError, OverWithdrawableLimitError
        The rules of the class or the law allow less.
    """
    share_class, holder = _open(order, by)
    kind = ShareEntryKind.FREE_ALLOT if is_free else ShareEntryKind.ALLOT
    if known := known_entry(order.key, share_class, holder, kind):
        return known
    _check_limits(share_class, holder, quantity)
    return _write(share_class, holder, kind, order, by, quantity=quantity, amount_pence=price_pence)


@transaction.atomic
def call_payment(*, order: ShareOrder, amount_pence: int, by: Recording) -> ShareEntry:
    """Ask for a part of the price of shares that were allotted."""
    return _money(order, ShareEntryKind.CALL, amount_pence, by)


@transaction.atomic
def pay_for_shares(*, order: ShareOrder, amount_pence: int, by: Recording) -> ShareEntry:
    """Record money that came for shares, in one go or by instalment.

    Raises
    ------
    MoreThanUnpaidError
        It is more than the price that is still open.
    """
    return _money(order, ShareEntryKind.PAY, amount_pence, by)


@transaction.atomic
def request_withdrawal(*, order: ShareOrder, quantity: int, by: Recording) -> ShareEntry:
    """Record that a holder asks to withdraw shares, and what is owed to them for it.

    The shares exist until they are repaid.

    Raises
    ------
    ShareClassForbidsError, NotEnoughSharesError
        The class is not withdrawable, or the holder has fewer.
    """
    share_class, holder = _open(order, by)
    kind = ShareEntryKind.CANCEL_REQUEST
    if known := known_entry(order.key, share_class, holder, kind):
        return known
    if not share_class.is_withdrawable:
        raise ShareClassForbidsError(what="withdraw")
    amount = _paid_on_free(share_class, holder, quantity)
    return _write(share_class, holder, kind, order, by, quantity=quantity, amount_pence=amount)


@transaction.atomic
def withdraw_shares(*, request_id: int, on: date, by: Recording) -> ShareEntry:
    """Record that what was asked for was repaid, which ends the shares. Again: no change.

    Raises
    ------
    CannotReverseError
        The request was taken back.
    """
    request = _entry(request_id, by)
    [holder] = locked_holders(request.share_class, request.holder_id)
    answer = ShareEntry.objects.filter(counterpart=request).first()
    if answer is not None:
        return answer
    if (
        request.kind != ShareEntryKind.CANCEL_REQUEST
        or ShareEntry.objects.filter(reverses=request).exists()
    ):
        raise CannotReverseError(why="not_an_open_request")
    return add_entry(
        request.share_class,
        holder,
        ShareEntryKind.WITHDRAW,
        on=on,
        by=by,
        quantity=request.quantity,
        amount_pence=request.amount_pence,
        counterpart=request,
    )


@transaction.atomic
def redeem_shares(*, order: ShareOrder, quantity: int, by: Recording) -> ShareEntry:
    """Record that the body bought shares back for what was paid on them."""
    return _end_shares(order, ShareEntryKind.REDEEM, quantity, by)


@transaction.atomic
def forfeit_shares(*, order: ShareOrder, quantity: int, by: Recording) -> ShareEntry:
    """Record that shares were lost under the rules, with what was paid on them."""
    return _end_shares(order, ShareEntryKind.FORFEIT, quantity, by)


@transaction.atomic
def transfer_shares(
    *, order: ShareOrder, to_holder_id: int, quantity: int, by: Recording
) -> tuple[ShareEntry, ShareEntry]:
    """Move shares, with what is paid on them, to another holder; return both entries.

    Raises
    ------
    ShareClassForbidsError, NotEnoughSharesError, OverMaximumError
        The class is not transferable, the giver has fewer, or the taker would have too many.
    """
    share_class = share_class_for(order.share_class_id, by.actor)
    giver, taker = locked_holders(share_class, order.holder_id, to_holder_id)
    kind = ShareEntryKind.TRANSFER_OUT
    if known := known_entry(order.key, share_class, giver, kind):
        return known, ShareEntry.objects.get(counterpart=known)
    if not share_class.is_transferable or giver == taker:
        raise ShareClassForbidsError(what="transfer")
    amount = _paid_on_free(share_class, giver, quantity)
    _check_limits(share_class, taker, quantity)
    out = _write(share_class, giver, kind, order, by, quantity=quantity, amount_pence=amount)
    came = add_entry(
        share_class,
        taker,
        ShareEntryKind.TRANSFER_IN,
        on=order.on,
        by=by,
        quantity=quantity,
        amount_pence=amount,
        counterpart=out,
        note=order.note,
    )
    return out, came


@transaction.atomic
def reverse_share_entry(*, entry_id: int, note: str, on: date, by: Recording) -> list[ShareEntry]:
    """Take an entry back by a new one; a transfer with both its sides. Again: no change.

    Raises
    ------
    CannotReverseError
        It is a reversal, a request that was repaid, or somebody would hold less than nothing.
    """
    entry = _entry(entry_id, by)
    sides = [entry]
    if entry.kind == ShareEntryKind.TRANSFER_OUT:
        sides.append(ShareEntry.objects.get(counterpart=entry))
    elif entry.kind == ShareEntryKind.TRANSFER_IN and entry.counterpart is not None:
        sides.append(entry.counterpart)
    locked_holders(entry.share_class, *(side.holder_id for side in sides))
    known = list(ShareEntry.objects.filter(reverses__in=sides).order_by("pk"))
    if known:
        return known
    if entry.kind == ShareEntryKind.REVERSAL:
        raise CannotReverseError(why="is_a_reversal")
    if entry.kind == ShareEntryKind.CANCEL_REQUEST:
        answer = ShareEntry.objects.filter(counterpart=entry).first()
        if answer is not None and not ShareEntry.objects.filter(reverses=answer).exists():
            raise CannotReverseError(why="was_repaid")
    for side in sides:
        _check_without(side)
    return [
        add_entry(
            side.share_class,
            side.holder,
            ShareEntryKind.REVERSAL,
            on=on,
            by=by,
            quantity=side.quantity,
            amount_pence=side.amount_pence,
            reverses=side,
            note=note,
        )
        for side in sides
    ]


def _open(order: ShareOrder, by: Recording) -> tuple[ShareClass, Holder]:
    share_class = share_class_for(order.share_class_id, by.actor)
    [holder] = locked_holders(share_class, order.holder_id)
    return share_class, holder


def _entry(entry_id: int, by: Recording) -> ShareEntry:
    rows = ShareEntry.objects.select_related("share_class__entity", "holder", "counterpart")
    if by.actor is not None:
        rows = rows.filter(holder__kept_by_id=by.actor.organisation_id)
    return rows.get(pk=entry_id)


def _write(
    share_class: ShareClass,
    holder: Holder,
    kind: ShareEntryKind,
    order: ShareOrder,
    by: Recording,
    *,
    quantity: int = 0,
    amount_pence: int = 0,
) -> ShareEntry:
    return add_entry(
        share_class,
        holder,
        kind,
        on=order.on,
        by=by,
        quantity=quantity,
        amount_pence=amount_pence,
        note=order.note,
        key=order.key,
    )


def _money(order: ShareOrder, kind: ShareEntryKind, amount_pence: int, by: Recording) -> ShareEntry:
    share_class, holder = _open(order, by)
    if known := known_entry(order.key, share_class, holder, kind):
        return known
    holding = held_now(share_class, holder)
    is_call = kind == ShareEntryKind.CALL
    open_pence = holding.unpaid_pence - (holding.due_pence if is_call else 0)
    if amount_pence > open_pence:
        raise MoreThanUnpaidError(unpaid_pence=open_pence)
    return _write(share_class, holder, kind, order, by, amount_pence=amount_pence)


def _end_shares(
    order: ShareOrder, kind: ShareEntryKind, quantity: int, by: Recording
) -> ShareEntry:
    share_class, holder = _open(order, by)
    if known := known_entry(order.key, share_class, holder, kind):
        return known
    if kind == ShareEntryKind.REDEEM and not share_class.is_redeemable:
        raise ShareClassForbidsError(what="redeem")
    amount = _paid_on_free(share_class, holder, quantity)
    return _write(share_class, holder, kind, order, by, quantity=quantity, amount_pence=amount)


def _paid_on_free(share_class: ShareClass, holder: Holder, quantity: int) -> int:
    """Return what is paid on shares that are not leaving, or refuse where there are too few."""
    holding = held_now(share_class, holder)
    free = holding.quantity - holding.leaving
    if quantity > free:
        raise NotEnoughSharesError(free=free)
    return holding.paid_on(quantity)


def _check_limits(share_class: ShareClass, holder: Holder, quantity: int) -> None:
    most = share_class.max_per_holder
    if most is not None and held_now(share_class, holder).quantity + quantity > most:
        raise OverMaximumError(most=most)
    limit = rules_of(share_class.entity.form).withdrawable_pence
    if limit is not None and share_class.is_withdrawable:
        value = quantity * share_class.nominal_pence
        if withdrawable_pence(holder, share_class) + value > limit:
            raise OverWithdrawableLimitError(most_pence=limit)


def _check_without(entry: ShareEntry) -> None:
    """Refuse to take an entry back on which later ones rest."""
    others = [row for row in entries_of(entry.share_class, entry.holder) if row.pk != entry.pk]
    held = 0
    for row in standing_on(others, date.max):
        held += QUANTITY.get(ShareEntryKind(row.kind), 0) * row.quantity
        if held < 0:
            raise CannotReverseError(why="later_entries_rest_on_it")
    holding = holding_on(others, date.max)
    if holding.paid_pence < holding.repayable_pence or holding.leaving > holding.quantity:
        raise CannotReverseError(why="later_entries_rest_on_it")
