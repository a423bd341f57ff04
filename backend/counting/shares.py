"""Whole units shared out in proportion, and proportions as whole basis points."""

from collections.abc import Sequence
from fractions import Fraction

THOUSANDTHS = 1000
BASIS_POINTS = 10_000


def largest_remainder(units: int, measures: Sequence[Fraction | int]) -> list[int]:
    """Return `units` divided in proportion to `measures`, to the last unit.

    Every measure gets the whole part of its share; the units left over go one each to the
    largest fractions, and among equal fractions to the one that comes first. If all measures
    are zero nobody gets anything.
    """
    total = sum(measures)
    if not total:
        return [0] * len(measures)
    exact = [Fraction(units * measure) / total for measure in measures]
    shares = [int(share) for share in exact]
    by_fraction = sorted(range(len(exact)), key=lambda place: (shares[place] - exact[place], place))
    for place in by_fraction[: units - sum(shares)]:
        shares[place] += 1
    return shares


def basis_points(part: Fraction | int, whole: Fraction | int) -> int | None:
    """Return a part in hundredths of a per cent, rounded down; None of nothing."""
    return int(Fraction(part) * BASIS_POINTS / whole) if whole else None


def quorum_count(eligible: int, quorum: tuple[int, int]) -> int:
    """Return how many ballots make a quorum, rounded up; `quorum` is a fraction (30, 100)."""
    part, whole = quorum
    return -(-eligible * part // whole)
