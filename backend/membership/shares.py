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

    `unpaid_pence` of the price has not come yet, `due_pence` of that was called. `leaving` shares
    are those whose holder has asked to withdraw: they exist until they are repaid, and
    `repayable_pence` is owed for them.
    """

    quantity: int = 0
    paid_pence: int = 0
    unpaid_pence: int = 0
    due_pence: int = 0
    leaving: int = 0
    repayable_pence: int = 0

    def paid_on(self, quantity: int) -> int:
        """Return what is paid up on some of the shares that are not leaving, rounded down.

        For all of them it is all that is paid, so that no penny is lost.
        """
        staying, paid = self.quantity - self.leaving, self.paid_pence - self.repayable_pence
        return paid * quantity // staying if staying else 0


def holding_on(entries: Iterable[ShareEntry], day: date) -> ShareHolding:
    """Add up the entries of one holder and one class as they stood at the end of a day."""
    standing = standing_on(entries, day)
    answered = {entry.counterpart_id for entry in standing}
    requests = [
        entry
        for entry in standing
        if entry.kind == ShareEntryKind.CANCEL_REQUEST and entry.pk not in answered
    ]
    quantity = sum(QUANTITY.get(_kind(row), 0) * row.quantity for row in standing)
    came = _pence(standing, ShareEntryKind.PAY)
    unpaid = max(0, _pence(standing, ShareEntryKind.ALLOT) - came) if quantity else 0
    return ShareHolding(
        quantity=quantity,
        paid_pence=sum(PAID_UP.get(_kind(row), 0) * row.amount_pence for row in standing),
        unpaid_pence=unpaid,
        due_pence=min(unpaid, max(0, _pence(standing, ShareEntryKind.CALL) - came)),
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


def _pence(entries: Iterable[ShareEntry], kind: ShareEntryKind) -> int:
    return sum(entry.amount_pence for entry in entries if entry.kind == kind)


def _kind(entry: ShareEntry) -> ShareEntryKind:
    return ShareEntryKind(entry.kind)
