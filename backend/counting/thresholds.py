"""Yes or no: how many votes are enough ("resolution-1", "spin-out-1")."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from backend.counting.shares import basis_points

RESOLUTION_METHOD = "resolution-1"
SPIN_OUT_METHOD = "spin-out-1"

FIRST_DAY_OF_SECOND_MEETING = 14
LAST_DAY_OF_SECOND_MEETING = 31
"""One month after the first meeting; days alone cannot say which month, so the longest."""

ORDINARY_QUORUM_MEMBERS = 10
ORDINARY_QUORUM = Fraction(1, 10)


class ResolutionKind(StrEnum):
    """What is put to a vote; each has its row in `RULES`."""

    ORDINARY = "ordinary"
    CONFIRMATION = "confirmation"
    ADMISSION = "admission"
    RULE_CHANGE = "rule_change"
    CONVERSION = "conversion"
    MERGER = "merger"
    AMALGAMATION = "amalgamation"
    TRANSFER = "transfer"


@dataclass(frozen=True)
class Rule:
    """When a resolution passes.

    Parameters
    ----------
    at_least
        Part of the votes that must be in favour; None means more for than against.
    turnout
        Part of the members whose votes must be cast; abstentions are not votes.
    quorum
        Part of the members who must take part; abstaining is taking part.
    quorum_members
        The quorum is never fewer members than this, nor more than there are.
    confirmed
        A second meeting must confirm it by more for than against.
    """

    at_least: Fraction | None = None
    turnout: Fraction | None = None
    quorum: Fraction | None = None
    quorum_members: int = 0
    confirmed: bool = False


TWO_THIRDS = Fraction(2, 3)
_WITH_COMPANIES = Rule(Fraction(3, 4), turnout=Fraction(1, 2), confirmed=True)
_AMONG_SOCIETIES = Rule(TWO_THIRDS, confirmed=True)

RULES = {
    ResolutionKind.ORDINARY: Rule(
        quorum=ORDINARY_QUORUM,
        quorum_members=ORDINARY_QUORUM_MEMBERS,
    ),
    ResolutionKind.CONFIRMATION: Rule(),
    ResolutionKind.ADMISSION: Rule(),
    ResolutionKind.RULE_CHANGE: Rule(TWO_THIRDS, quorum=Fraction(1, 4)),
    # Co-operative and Community Benefit Societies Act 2014, sections 112 and 113.
    ResolutionKind.CONVERSION: _WITH_COMPANIES,
    ResolutionKind.MERGER: _WITH_COMPANIES,
    # The same Act, sections 109 to 111.
    ResolutionKind.AMALGAMATION: _AMONG_SOCIETIES,
    ResolutionKind.TRANSFER: _AMONG_SOCIETIES,
}


@dataclass(frozen=True)
class SecondMeeting:
    """The meeting that confirms a resolution, `days` after the first."""

    votes_for: int
    votes_against: int
    days: int

    @property
    def confirms(self) -> bool:
        """Whether it was in time and more were for than against."""
        in_time = FIRST_DAY_OF_SECOND_MEETING <= self.days <= LAST_DAY_OF_SECOND_MEETING
        return in_time and self.votes_for > self.votes_against


@dataclass(frozen=True)
class Resolution:
    """Votes on a resolution; `eligible` are all who could have voted."""

    kind: ResolutionKind
    eligible: int
    votes_for: int
    votes_against: int
    abstain: int = 0
    second: SecondMeeting | None = None

    @property
    def votes(self) -> int:
        """Votes for and against; who abstains does not vote."""
        return self.votes_for + self.votes_against


@dataclass(frozen=True)
class ResolutionResult:
    """Whether the first meeting carried it, and whether it is passed for good."""

    first_meeting: bool
    passed: bool


def decide(resolution: Resolution) -> ResolutionResult:
    """Return whether a resolution passes under the rule of its kind."""
    rule = RULES[resolution.kind]
    first = (
        _is_carried(rule, resolution)
        and _enough_votes(rule, resolution)
        and resolution.votes + resolution.abstain >= _quorum(rule, resolution.eligible)
    )
    if not rule.confirmed:
        return ResolutionResult(first_meeting=first, passed=first)
    confirmed = resolution.second is not None and resolution.second.confirms
    return ResolutionResult(first_meeting=first, passed=first and confirmed)


def _is_carried(rule: Rule, resolution: Resolution) -> bool:
    if rule.at_least is None:
        return resolution.votes_for > resolution.votes_against
    return 0 < resolution.votes_for >= rule.at_least * resolution.votes


def _enough_votes(rule: Rule, resolution: Resolution) -> bool:
    return rule.turnout is None or resolution.votes >= rule.turnout * resolution.eligible


def _quorum(rule: Rule, eligible: int) -> Fraction:
    if rule.quorum is None:
        return Fraction(0)
    return min(Fraction(eligible), max(Fraction(rule.quorum_members), rule.quorum * eligible))


@dataclass(frozen=True)
class StaffBallot:
    """A ballot of all affected staff on leaving their employer to form a co-operative."""

    eligible: int
    yes: int
    no: int
    spoilt: int = 0


@dataclass(frozen=True)
class StaffBallotResult:
    """Basis points rounded down, None where there is nothing to divide by.

    Turnout counts spoilt papers too: who spoilt one did vote. Only `majority_of_staff`
    carries the proposal.
    """

    turnout_bp: int | None
    of_cast_bp: int | None
    of_staff_bp: int | None
    majority_of_votes: bool
    majority_of_staff: bool


def count_staff_ballot(ballot: StaffBallot) -> StaffBallotResult:
    """Return how large the support among the staff is; half of them is not a majority."""
    cast = ballot.yes + ballot.no
    return StaffBallotResult(
        turnout_bp=basis_points(cast + ballot.spoilt, ballot.eligible),
        of_cast_bp=basis_points(ballot.yes, cast),
        of_staff_bp=basis_points(ballot.yes, ballot.eligible),
        majority_of_votes=ballot.yes > ballot.no,
        majority_of_staff=2 * ballot.yes > ballot.eligible,
    )
