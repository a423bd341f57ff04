"""How much each rule counts: tokens become weights by independent markets ("im-1").

Each rule rises with the number of people who give it at least that much. One level is set for
all rules so that together they make exactly the whole. Nobody brings the result nearer to their
own wish by saying something else.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from backend.counting.input_error import InputError
from backend.counting.shares import THOUSANDTHS, largest_remainder, quorum_count

METHOD = "im-1"
DEFAULT_TOKENS = 20
DEFAULT_QUORUM = (30, 100)

Rise = list[tuple[int, int]]
"""For one rule, upwards: a share that somebody gave, and how many gave at least that much."""


@dataclass(frozen=True)
class TokenVote:
    """Ballots on the weights of rules.

    Parameters
    ----------
    given
        For each rule, in paper order, the tokens it got on each ballot. What a member gave to
        one rule need not stand at the same place as what they gave to another: the count
        looks at each rule by itself.
    tokens
        What one ballot places in all.
    eligible
        Members who could have voted.
    quorum
        Below this part of them, missing ballots count as the present policy.
    present
        The weights in force, in paper order; only their proportions matter.
    """

    given: tuple[tuple[int, ...], ...]
    tokens: int
    eligible: int
    quorum: tuple[int, int]
    present: tuple[int, ...]

    @property
    def cast(self) -> int:
        """Ballots that members gave."""
        return len(self.given[0])

    @property
    def quorum_count(self) -> int:
        """Ballots up to which the present policy votes for those who are missing."""
        return quorum_count(self.eligible, self.quorum)

    @property
    def filled(self) -> int:
        """Ballots that are added, equal to the present policy."""
        return max(0, self.quorum_count - self.cast)


@dataclass(frozen=True)
class Weights:
    """What the ballots on the rules' weights came to; `weights` are thousandths."""

    cast: int
    quorum_count: int
    filled: int
    weights: tuple[int, ...]
    exact: tuple[Fraction, ...]


def token_vote(
    ballots: Sequence[Sequence[int]],
    *,
    present: Sequence[int],
    eligible: int,
    tokens: int = DEFAULT_TOKENS,
    quorum: tuple[int, int] = DEFAULT_QUORUM,
    floor: int = 0,
) -> TokenVote:
    """Return whole ballots, one row for each member, as what each rule was given.

    Raises
    ------
    InputError
        Names the first ballot that does not place all its tokens, gives a rule fewer than
        `floor`, or has another number of rules than the present policy.
    """
    for place, ballot in enumerate(ballots):
        check_ballot(ballot, rules=len(present), tokens=tokens, floor=floor, path=f"[{place}]")
    return TokenVote(
        given=tuple(tuple(ballot[rule] for ballot in ballots) for rule in range(len(present))),
        tokens=tokens,
        eligible=eligible,
        quorum=quorum,
        present=tuple(present),
    )


def check_ballot(
    ballot: Sequence[int], *, rules: int, tokens: int, floor: int = 0, path: str = "ballot"
) -> None:
    """Refuse a ballot that cannot be counted, with the reason."""
    if len(ballot) != rules:
        raise InputError(path, f"{len(ballot)} rules get tokens, but there are {rules} rules")
    if min(ballot) < floor:
        raise InputError(path, f"a rule gets {min(ballot)} tokens; the least is {floor}")
    if sum(ballot) != tokens:
        raise InputError(path, f"{sum(ballot)} tokens are placed instead of {tokens}")


def count_tokens(vote: TokenVote) -> Weights:
    """Return the weights that the ballots ask for, exactly and in thousandths."""
    exact = _markets(vote) if vote.cast + vote.filled else _shares(vote.present)
    return Weights(
        cast=vote.cast,
        quorum_count=vote.quorum_count,
        filled=vote.filled,
        weights=tuple(largest_remainder(THOUSANDTHS, exact)),
        exact=tuple(exact),
    )


def present_as_tokens(present: Sequence[int], tokens: int = DEFAULT_TOKENS) -> list[int]:
    """Return the ballot that says "keep the present policy" as nearly as whole tokens can."""
    return largest_remainder(tokens, present)


def _shares(weights: Sequence[int]) -> list[Fraction]:
    return [Fraction(weight, sum(weights)) for weight in weights]


def _markets(vote: TokenVote) -> list[Fraction]:
    # Everything in whole parts of tokens times present weights, which both kinds of ballot fill.
    whole = vote.tokens * sum(vote.present)
    rises = [
        _rise(
            Counter(given * sum(vote.present) for given in row)
            + Counter({weight * vote.tokens: vote.filled})
        )
        for row, weight in zip(vote.given, vote.present, strict=True)
    ]
    level = _level_that_fills(rises, whole)
    return [_value(rise, level) / whole for rise in rises]


def _rise(times: Counter[int]) -> Rise:
    supporters = sum(times.values())
    rise = []
    for share in sorted(times):
        rise.append((share, supporters))
        supporters -= times[share]
    return rise


def _value(rise: Rise, level: Fraction) -> Fraction:
    """Return the most that a rule reaches at a level: no supporter lifts it past their share."""
    return max(min(Fraction(share), supporters * level) for share, supporters in rise)


def _level_that_fills(rises: Sequence[Rise], whole: int) -> Fraction:
    """Return a level at which all rules together make the whole.

    Between two neighbouring bends the sum is a straight line, so the level is found exactly.
    """
    bends = sorted(
        {Fraction(0), Fraction(whole)}
        | {Fraction(share, above) for rise in rises for share, above in rise}
        | {Fraction(low, above) for rise in rises for (low, _), (_, above) in pairwise(rise)}
    )

    def total(level: Fraction) -> Fraction:
        return sum((_value(rise, level) for rise in rises), Fraction(0))

    below, above = 0, len(bends) - 1
    while above - below > 1:
        middle = (below + above) // 2
        if total(bends[middle]) <= whole:
            below = middle
        else:
            above = middle
    low, high = bends[below], bends[above]
    at_low, at_high = total(low), total(high)
    if at_low == at_high:
        return low
    return low + (whole - at_low) * (high - low) / (at_high - at_low)
