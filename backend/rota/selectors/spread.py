"""How evenly something is spread over people, told so that nobody can be picked out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

LEAST_PEOPLE: Final = 5
"""Nothing is told of fewer people than these (OWN-06)."""


@dataclass(frozen=True, slots=True)
class Band:
    """How many people lie between two values, both ends included."""

    least: float
    most: float
    people: int


def gini(values: Sequence[float]) -> float:
    """Return the Gini index: 0 where all have the same, near 1 where one has everything."""
    total = sum(values)
    if not total:
        return 0.0
    count = len(values)
    ranked = sum(rank * value for rank, value in enumerate(sorted(values), start=1))
    return 2 * ranked / (count * total) - (count + 1) / count


def bands(values: Sequence[float], wanted: int = 4) -> list[Band]:
    """Return about `wanted` bands of people in order; none holds fewer than five.

    People with the same value are in the same band. Empty where there are fewer than five.
    """
    if len(values) < LEAST_PEOPLE:
        return []
    least = max(LEAST_PEOPLE, -(-len(values) // wanted))
    found: list[list[float]] = [[]]
    for _, same in groupby(sorted(values)):
        if len(found[-1]) >= least:
            found.append([])
        found[-1].extend(same)
    if len(found) > 1 and len(found[-1]) < LEAST_PEOPLE:
        last = found.pop()
        found[-1].extend(last)
    return [Band(row[0], row[-1], len(row)) for row in found]
