"""What share entries add up to on a date; figures alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from backend.membership.models.shares import ShareEntry, ShareEntryKind

QUANTITY = {
    ShareEntryKind.ALLOT: 1,
    ShareEntryKind.FREE_ALLOT: 1,
    ShareEntryKind.TRANSFER_IN: 1,
    ShareEntryKind.TRANSFER_OUT: -1,
    ShareEntryKind.WITHDRAW: -1,
    ShareEntryKind.REDEEM: -1,
    ShareEntryKind.FORFEIT: -1,
}
"""What each kind does to the number of shares held; a kind that is missing does nothing."""

PAID_UP = {
    ShareEntryKind.PAY: 1,
    ShareEntryKind.FREE_ALLOT: 1,
    ShareEntryKind.TRANSFER_IN: 1,
    ShareEntryKind.TRANSFER_OUT: -1,
    ShareEntryKind.WITHDRAW: -1,
    ShareEntryKind.REDEEM: -1,
    ShareEntryKind.FORFEIT: -1,
}
"""What each kind does to the money paid up on the shares held."""


@dataclass(frozen=True, slots=True)
class ShareHolding:
    """One holder's shares of one class on a date. Money in pence.

    `unpaid_pence` was called and has not come. `leaving` shares are those whose holder has asked
    to withdraw: they exist until they are repaid, and `repayable_pence` is owed for them.
    """

    quantity: int = 0
    paid_pence: int = 0
    unpaid_pence: int = 0
    leaving: int = 0
    repayable_pence: int = 0


def holding_on(entries: Iterable[ShareEntry], day: date) -> ShareHolding:
    """Add up the entries of one holder and one class as they stood at the end of a day."""
    standing = standing_on(entries, day)
    answered = {entry.counterpart_id for entry in standing}
    requests = [
        entry
        for entry in standing
        if entry.kind == ShareEntryKind.CANCEL_REQUEST and entry.pk not in answered
    ]
    called = sum(row.amount_pence for row in standing if row.kind == ShareEntryKind.CALL)
    paid = sum(row.amount_pence for row in standing if row.kind == ShareEntryKind.PAY)
    return ShareHolding(
        quantity=sum(QUANTITY.get(_kind(row), 0) * row.quantity for row in standing),
        paid_pence=sum(PAID_UP.get(_kind(row), 0) * row.amount_pence for row in standing),
        unpaid_pence=max(0, called - paid),
        leaving=sum(row.quantity for row in requests),
        repayable_pence=sum(row.amount_pence for row in requests),
    )


def standing_on(entries: Iterable[ShareEntry], day: date) -> Sequence[ShareEntry]:
    """Return the entries up to a day without reversals and what they had taken back by then."""
    known = [entry for entry in entries if entry.on <= day]
    taken_back = {entry.reverses_id for entry in known if entry.reverses_id is not None}
    return [
        entry
        for entry in known
        if entry.kind != ShareEntryKind.REVERSAL and entry.pk not in taken_back
    ]


def gives_a_vote(holding: ShareHolding, *, nominal_pence: int, votes_from: str) -> bool:
    """Say whether a share that carries its holder's one vote is paid for as the rules ask."""
    if votes_from == "full_payment":
        return 0 < holding.quantity * nominal_pence <= holding.paid_pence
    return holding.quantity > 0 and holding.paid_pence > 0


def _kind(entry: ShareEntry) -> ShareEntryKind:
    return ShareEntryKind(entry.kind)
