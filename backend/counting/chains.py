"""Chains of holdings: votes held by a body count as inside in the proportion in which it is.

A body that holds votes may itself be owned by workers. Its votes are then split by its own
control, and so on, level by level. Bodies that hold each other would go round for ever: below
`DEEPEST` levels a holding counts as outside, and the statement says where that was done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

DEEPEST = 5
THROUGH_HOLDINGS = "through_holdings"
"""The class of votes that are inside because of who controls their holder."""


@dataclass(frozen=True, slots=True)
class VotesHeld:
    """Votes of one holder, or of all holders of a class with one vote each.

    `body` is the holder's own entity where its control is recorded.
    """

    holder: str
    kind: str
    votes: int
    body: int | None = None


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A holding that was looked through, or cut off; `level` 1 is held in the body itself."""

    level: int
    holder: str
    inside: Fraction
    was_cut: bool

    @property
    def inside_bp(self) -> int:
        """The part that is inside, in basis points rounded down."""
        return int(self.inside * 10_000)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Votes by class after all chains, on a common scale, and how that came about."""

    votes: Mapping[str, int]
    steps: tuple[ChainStep, ...]


def resolve(
    held: Sequence[VotesHeld],
    registers: Mapping[int, Sequence[VotesHeld]],
    inside: frozenset[str],
) -> Resolved:
    """Split the votes of outside bodies by their own control.

    Parameters
    ----------
    registers
        Who holds the votes of each body that is known, on the same date.
    """
    chains = _Chains(registers, inside)
    shares = [chains.inside_share(row, level=1) for row in held]
    scale = lcm(1, *(share.denominator for share in shares))
    votes: dict[str, int] = {}
    for row, share in zip(held, shares, strict=True):
        # An inside class keeps its name: the trust's votes are shown as the trust's.
        through = 0 if row.kind in inside else int(row.votes * scale * share)
        votes[row.kind] = votes.get(row.kind, 0) + row.votes * scale - through
        if through:
            votes[THROUGH_HOLDINGS] = votes.get(THROUGH_HOLDINGS, 0) + through
    steps = sorted(chains.steps.values(), key=lambda step: (step.level, step.holder))
    return Resolved(votes=votes, steps=tuple(steps))


@dataclass
class _Chains:
    registers: Mapping[int, Sequence[VotesHeld]]
    inside: frozenset[str]
    steps: dict[tuple[int, int], ChainStep] = field(default_factory=dict)

    def inside_share(self, row: VotesHeld, *, level: int) -> Fraction:
        """Return which part of a holder's votes is inside; each body once at each level."""
        if row.kind in self.inside:
            return Fraction(1)
        held = self.registers.get(row.body) if row.body is not None else None
        if row.body is None or not held:
            return Fraction(0)
        if (row.body, level) not in self.steps:
            was_cut = level > DEEPEST
            share = Fraction(0) if was_cut else self._of_body(held, level)
            self.steps[row.body, level] = ChainStep(level, row.holder, share, was_cut)
        return self.steps[row.body, level].inside

    def _of_body(self, held: Sequence[VotesHeld], level: int) -> Fraction:
        total = sum(row.votes for row in held)
        if not total:
            return Fraction(0)
        inside = sum(
            (row.votes * self.inside_share(row, level=level + 1) for row in held), Fraction(0)
        )
        return inside / total
