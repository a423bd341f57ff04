"""Who controls an organisation, and whether it is a genuine mutual ("control-1").

Workers and users, the insiders, must hold at least 51 % of the votes and more than half of the
board's seats, and be accountable for it by election.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from backend.democracy.counting.shares import basis_points

METHOD = "control-1"

INSIDE = frozenset({"worker", "worker_trust", "user", "family"})
LEAST_INSIDE_VOTES = Fraction(51, 100)
BLOCKS_ABOVE = Fraction(1, 4)
"""More than a quarter can stop a resolution that needs three quarters."""

DEEPEST_CHAIN = 5
LONGEST_MONTHS_SINCE_ELECTION = 36

Votes = Mapping[str, Fraction]
"""Votes at a general meeting by class of holder, or by the name of an organisation."""


class Verdict(StrEnum):
    """What the control test says."""

    GENUINE = "genuine"
    NOT_GENUINE = "not_genuine"
    AMBIGUOUS = "ambiguous"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class Holdings:
    """Who could vote, and who sits on the board, by class; a board of nobody is not recorded.

    Parameters
    ----------
    organisations
        The votes in each organisation that itself holds votes here, or in one of these.
    also_inside
        Classes that the organisation's own rules count as insiders.
    accountable
        None means not known.
    """

    votes: Votes
    board: Mapping[str, int]
    organisations: Mapping[str, Votes] = field(default_factory=dict)
    also_inside: frozenset[str] = frozenset()
    accountable: bool | None = None

    @property
    def inside(self) -> frozenset[str]:
        """Classes that count as insiders here."""
        return INSIDE | self.also_inside


@dataclass(frozen=True)
class Control:
    """The figures of the test, in basis points rounded down, and the verdict.

    `cut_chains` names organisations that hold each other in a circle, or through more than
    `DEEPEST_CHAIN` others; what lies behind them is counted as outside.
    """

    inside_votes_bp: int | None
    share_test: bool | None
    inside_board_bp: int | None
    board_test: bool | None
    outside_block_on_75pct: tuple[str, ...]
    verdict: Verdict
    cut_chains: tuple[str, ...] = ()


def judge_control(holdings: Holdings) -> Control:
    """Return whether insiders control the organisation."""
    chains = _Chains(holdings)
    inside_share = chains.inside_share(holdings.votes, depth=0)
    share_test = None if inside_share is None else inside_share >= LEAST_INSIDE_VOTES
    inside_seats = sum(n for who, n in holdings.board.items() if who in holdings.inside)
    seats = sum(holdings.board.values())
    board_test = 2 * inside_seats > seats if seats else None
    return Control(
        inside_votes_bp=None if inside_share is None else basis_points(inside_share, 1),
        share_test=share_test,
        inside_board_bp=basis_points(inside_seats, seats),
        board_test=board_test,
        outside_block_on_75pct=tuple(_blocking(holdings, chains)),
        verdict=_verdict(share_test, board_test, holdings.accountable),
        cut_chains=tuple(sorted(chains.cut)),
    )


def _verdict(*tests: bool | None) -> Verdict:
    share_test, board_test, accountable = tests
    if share_test and board_test:
        return Verdict.AMBIGUOUS if accountable is False else Verdict.GENUINE
    if share_test is False or board_test is False:
        return Verdict.AMBIGUOUS if share_test or board_test else Verdict.NOT_GENUINE
    return Verdict.INCOMPLETE


def _blocking(holdings: Holdings, chains: "_Chains") -> list[str]:
    total = sum(holdings.votes.values())
    return sorted(
        holder
        for holder, votes in holdings.votes.items()
        if votes > BLOCKS_ABOVE * total and chains.worth(holder, depth=0) < LEAST_INSIDE_VOTES
    )


class _Chains:
    """How much of each holder is inside, followed through the organisations that hold."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._known: dict[tuple[str, int], Fraction] = {}
        self.cut: set[str] = set()

    def inside_share(self, votes: Votes, *, depth: int) -> Fraction | None:
        total = sum(votes.values())
        if not total:
            return None
        inside = sum(n * self.worth(holder, depth=depth) for holder, n in votes.items())
        return Fraction(inside) / Fraction(total)

    def worth(self, holder: str, *, depth: int) -> Fraction:
        """Return the part of a holder's votes that counts as inside."""
        if holder not in self._holdings.organisations:
            return Fraction(holder in self._holdings.inside)
        if depth == DEEPEST_CHAIN:
            self.cut.add(holder)
            return Fraction(0)
        if (holder, depth) not in self._known:
            votes = self._holdings.organisations[holder]
            share = self.inside_share(votes, depth=depth + 1)
            self._known[holder, depth] = share or Fraction(0)
        return self._known[holder, depth]


@dataclass(frozen=True)
class InsideSeat:
    """A seat that insiders fill; `elected_on` is None for a seat that was not elected."""

    elected_on: date | None
    term_ends_before: date


def is_accountable(seats: Sequence[InsideSeat], *, as_at: date) -> bool:
    """Return whether every inside seat was elected, lately enough, and no term is overrun."""
    return all(
        seat.elected_on is not None
        and as_at < seat.term_ends_before
        and _months(seat.elected_on, as_at) <= LONGEST_MONTHS_SINCE_ELECTION
        for seat in seats
    )


def _months(start: date, end: date) -> int:
    """Return how many months have begun from one date to another."""
    months = 12 * (end.year - start.year) + end.month - start.month
    return months + (end.day > start.day)
