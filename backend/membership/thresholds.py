"""What a vote needs to pass: meetings of societies and spin-out ballots, in whole numbers."""

from dataclasses import dataclass
from datetime import date, timedelta

from backend.membership.control import share_bp
from backend.membership.models.meetings import ResolutionKind
from backend.membership.terms import months_after

SECOND_MEETING_AFTER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least share of the votes cast, and of those who may vote, as fractions of whole numbers.

    `of_cast` (3, 4): at least three votes for in every four cast. `of_eligible`: how many must
    cast a vote at all. `needs_confirming`: a second meeting must say yes again.
    """

    of_cast: tuple[int, int]
    of_eligible: tuple[int, int]
    needs_confirming: bool


SPECIAL = {
    # Co-operative and Community Benefit Societies Act 2014, ss. 112 and 113.
    ResolutionKind.CONVERSION: Threshold((3, 4), (1, 2), needs_confirming=True),
    # The same Act, ss. 109 to 111.
    ResolutionKind.AMALGAMATION: Threshold((2, 3), (0, 1), needs_confirming=True),
    # Default; a co-operative's own rules may ask for more.
    ResolutionKind.RULE_CHANGE: Threshold((2, 3), (1, 4), needs_confirming=False),
}


def carries(kind: ResolutionKind, *, eligible: int, votes_for: int, votes_against: int) -> bool:
    """Say whether a (first) meeting carries a resolution. Abstentions are not votes."""
    cast = votes_for + votes_against
    if kind not in SPECIAL:
        return votes_for > votes_against
    of_cast, of_eligible = SPECIAL[kind].of_cast, SPECIAL[kind].of_eligible
    return (
        cast > 0
        and votes_for * of_cast[1] >= cast * of_cast[0]
        and cast * of_eligible[1] >= eligible * of_eligible[0]
    )


def votes_needed(kind: ResolutionKind, *, eligible: int, cast: int) -> int | None:
    """Return how many of `cast` votes must be for, or None where too few vote at all."""
    return next(
        (
            votes_for
            for votes_for in range(cast // 2, cast + 1)
            if carries(kind, eligible=eligible, votes_for=votes_for, votes_against=cast - votes_for)
        ),
        None,
    )


def confirms(
    kind: ResolutionKind,
    *,
    first_on: date,
    second_on: date,
    votes_for: int,
    votes_against: int,
) -> bool:
    """Say whether a second meeting confirms what the first one carried.

    It is held at least 14 days and no more than one month after the first; a month ends on the
    same day of the next month, or on that month's last day.
    """
    return (
        kind in SPECIAL
        and SPECIAL[kind].needs_confirming
        and first_on + SECOND_MEETING_AFTER <= second_on <= months_after(first_on, 1)
        and votes_for > votes_against
    )


@dataclass(frozen=True, slots=True)
class SpinOutResult:
    """A ballot of all affected staff. Shares in basis points, rounded down; None of nothing."""

    turnout_bp: int | None
    of_cast_bp: int | None
    of_staff_bp: int | None
    majority_of_votes: bool
    majority_of_staff: bool


def spin_out_result(*, eligible: int, yes: int, no: int, spoilt: int = 0) -> SpinOutResult:
    """Return what a spin-out ballot says; only a majority of all staff counts as support."""
    return SpinOutResult(
        turnout_bp=share_bp(yes + no + spoilt, eligible),
        of_cast_bp=share_bp(yes, yes + no),
        of_staff_bp=share_bp(yes, eligible),
        majority_of_votes=yes > no,
        majority_of_staff=2 * yes > eligible,
    )
