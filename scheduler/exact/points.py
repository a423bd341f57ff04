"""Points as whole numbers, for a solver that counts in whole numbers only.

Weights are decimal figures, so one scale makes them all whole. Where no scale of a sensible size
does, they are rounded down: what is proved about the smaller costs then still holds as a bound.
"""

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from scheduler.model import PLAIN_WEIGHTS, Carer, Policy, Problem
from scheduler.score import COST_DECIMALS
from scheduler.units import Points

LARGEST_SCALE: Final = 10**6


def exactly(value: float) -> Fraction:
    """Return a decimal figure as written, without what binary floats add to it."""
    return Fraction(str(value))


def wish_unit(carer: Carer, policy: Policy) -> Fraction:
    """Return the points that go into each of a carer's wishes a whole number of times."""
    parts = [wish_points(policy, wish.kind, wish.strength) for wish in carer.preferences]
    parts = [part for part in parts if part]
    if not parts:
        return Fraction(1)
    below = math.lcm(*(part.denominator for part in parts))
    return Fraction(math.gcd(*(int(part * below) for part in parts)), below)


def wish_points(policy: Policy, kind: str, strength: float) -> Fraction:
    """Return what one unit of a wish that is not kept costs."""
    return exactly(policy.weights.preferences[kind]) * exactly(strength)


class Scale:
    """Turns points into whole numbers and back.

    Attributes
    ----------
    is_exact
        Every weight of the problem becomes a whole number; otherwise some are rounded down.
    """

    def __init__(self, problem: Problem, *, least: int = 1) -> None:
        wanted = math.lcm(*(figure.denominator for figure in _figures(problem)))
        self.is_exact = wanted <= LARGEST_SCALE
        # A multiple keeps the weights whole, and rounds other figures down by less.
        self._factor = wanted * max(1, least // wanted) if self.is_exact else LARGEST_SCALE

    def whole(self, points: Fraction | float) -> int:
        """Return points as a whole number, rounded down where they are not one."""
        exact = points if isinstance(points, Fraction) else exactly(points)
        return math.floor(exact * self._factor)

    def points(self, whole: float) -> Points:
        """Return a scaled figure as points, rounded down as far as costs are rounded."""
        decimals = 10**COST_DECIMALS
        return math.floor(Fraction(whole) * decimals / self._factor) / decimals


def _figures(problem: Problem) -> Iterable[Fraction]:
    weights = problem.policy.weights
    yield from (exactly(value) for value in weights.unassigned.values())
    yield from (exactly(getattr(weights, name)) for name in PLAIN_WEIGHTS if name != "fairness")
    yield exactly(weights.outside or 0.0)
    for carer in problem.carers:
        unit = wish_unit(carer, problem.policy)
        yield unit
        if carer.preferences:
            yield exactly(weights.fairness) * unit**2
