"""Whether the seats of workers and users answer to their voters: elected, lately, within terms."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TermFault(StrEnum):
    """Why a seat does not answer to its voters."""

    NOT_ELECTED = "not_elected"
    TERM_OVERRUN = "term_overrun"
    ELECTION_LONG_AGO = "election_long_ago"
    TOO_MANY_TERMS = "too_many_terms"


@dataclass(frozen=True, slots=True)
class FilledSeat:
    """An inside seat and whoever sits in it; `terms_in_a_row` counts the present one."""

    name: str
    is_elected: bool
    since: date
    elected_on: date | None
    term_months: int | None
    terms_in_a_row: int
    max_terms: int | None


def faults_of(seat: FilledSeat, day: date, *, election_valid_months: int) -> list[TermFault]:
    """Return what is wrong with a seat on a date; what is not known is not a fault."""
    if not seat.is_elected:
        return [TermFault.NOT_ELECTED]
    found = []
    if seat.term_months is not None and day >= months_after(seat.since, seat.term_months):
        found.append(TermFault.TERM_OVERRUN)
    if seat.elected_on is not None and day > months_after(seat.elected_on, election_valid_months):
        found.append(TermFault.ELECTION_LONG_AGO)
    if seat.max_terms is not None and seat.terms_in_a_row > seat.max_terms:
        found.append(TermFault.TOO_MANY_TERMS)
    return found


def is_accountable(
    seats: Iterable[FilledSeat], day: date, *, election_valid_months: int
) -> bool | None:
    """Say whether every inside seat answers to its voters; None where that is not known."""
    listed = list(seats)
    if any(faults_of(seat, day, election_valid_months=election_valid_months) for seat in listed):
        return False
    if not listed or any(seat.elected_on is None for seat in listed):
        return None
    return True


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
