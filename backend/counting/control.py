"""The control test ("control-1"): whether workers and users own and steer a body.

All in whole numbers. Shares are basis points (hundredths of a per cent), rounded down; every
comparison is made on the votes themselves, so nothing depends on the rounding.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend.counting.shares import basis_points

METHOD = "control-1"
INSIDE = frozenset({"worker", "worker_trust", "user", "family"})
"""Kinds of classes that count as inside unless the rules add more."""


class Verdict(StrEnum):
    """What the test says."""

    GENUINE = "genuine"
    NOT_GENUINE = "not_genuine"
    AMBIGUOUS = "ambiguous"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class ControlVerdict:
    """The test with its figures; None where nothing is recorded.

    `outside_block_on_75pct` names the outside classes with more than a quarter of the votes, who
    can stop whatever needs three quarters, in the order of their names.
    """

    inside_votes_bp: int | None
    share_test: bool | None
    inside_board_bp: int | None
    board_test: bool | None
    outside_block_on_75pct: tuple[str, ...]
    verdict: Verdict


def control_test(
    votes: Mapping[str, int],
    board: Mapping[str, int],
    inside: frozenset[str] = INSIDE,
    *,
    is_accountable: bool | None = None,
) -> ControlVerdict:
    """Judge who controls a body.

    Parameters
    ----------
    votes
        What each class could cast on an ordinary resolution of the general meeting.
    board
        Voting seats of each class, by election or by appointment; empty: not recorded.
    inside
        The classes that count as workers and users.
    is_accountable
        Whether the inside seats are elected, in time and within their terms; None: not known.
    """
    all_votes, all_seats = sum(votes.values()), sum(board.values())
    inside_votes, inside_seats = _inside(votes, inside), _inside(board, inside)
    share_test = 100 * inside_votes >= 51 * all_votes if all_votes else None
    board_test = 2 * inside_seats > all_seats if all_seats else None
    return ControlVerdict(
        inside_votes_bp=basis_points(inside_votes, all_votes),
        share_test=share_test,
        inside_board_bp=basis_points(inside_seats, all_seats),
        board_test=board_test,
        outside_block_on_75pct=tuple(
            sorted(
                name
                for name, count in votes.items()
                if name not in inside and can_block(count, all_votes)
            )
        ),
        verdict=_verdict(share_test, board_test, is_accountable),
    )


def can_block(votes: int, all_votes: int) -> bool:
    """Say whether somebody can stop a resolution that needs three quarters of the votes."""
    return 4 * votes > all_votes


def _inside(counts: Mapping[str, int], inside: frozenset[str]) -> int:
    return sum(count for name, count in counts.items() if name in inside)


def _verdict(
    share_test: bool | None,  # noqa: FBT001  the three answers, in the order of the rule
    board_test: bool | None,  # noqa: FBT001
    is_accountable: bool | None,  # noqa: FBT001
) -> Verdict:
    if share_test is None and board_test is None:
        return Verdict.INCOMPLETE
    if (share_test is False and board_test is not True) or (
        board_test is False and share_test is not True
    ):
        return Verdict.NOT_GENUINE
    if share_test is False or board_test is False:
        return Verdict.AMBIGUOUS
    if share_test is None or board_test is None:
        return Verdict.INCOMPLETE
    return Verdict.AMBIGUOUS if is_accountable is False else Verdict.GENUINE
