"""How far a plan can be from the best one: a lower bound with its gap, or a proof."""

import math
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from scheduler.exact.able import open_whatever
from scheduler.exact.relaxed_week import RelaxedWeek
from scheduler.exact.whole_week import prove
from scheduler.model import Problem, ProblemError, Solution
from scheduler.score import COST_DECIMALS, check, cost
from scheduler.stop import Limit
from scheduler.units import Points

Method: TypeAlias = Literal["WHOLE_WEEK", "RELAXED_WEEK", "OPEN_VISITS"]

WHOLE_WEEK: Final = "WHOLE_WEEK"
"""Every rule and every cost term, exactly."""
RELAXED_WEEK: Final = "RELAXED_WEEK"
"""Without the rules that `relaxed_week` leaves out; they can only make a plan dearer."""

OPEN_VISITS: Final = "OPEN_VISITS"
"""Only the visits that too few carers can make at all; what remains for large weeks."""

RELAXED_SHARE: Final = 0.6
"""The part of the time that the relaxed week may take; the rest goes to the whole week."""
LARGEST_WHOLE_WEEK: Final = 250
"""Visits up to which the whole week is worth trying; beyond, it finds nothing in a minute."""

LARGEST_RELAXED_WEEK: Final = 1_000
"""Visits up to which the relaxed week is laid out: memory grows with the square of a day."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What is known about the cost of the best plan.

    Attributes
    ----------
    lower
        Points that no sound plan costs less than.
    gap
        How much less than the given plan another could cost at most, as a part of its cost; 0
        when the given plan is the best.
    is_optimal
        Whether the given plan, or `better_solution` where there is one, is proved to be the best.
    better_solution
        A sound plan that costs less than the given one, where one was found.
    covers
        Where `lower` comes from.
    """

    lower: Points
    gap: float
    is_optimal: bool
    better_solution: Solution | None
    covers: Method


def bound(problem: Problem, solution: Solution, *, seconds: float, threads: int = 1) -> Bound:
    """Bound the cost of a week from below, and compare a plan with it.

    Parameters
    ----------
    solution
        A plan; it is where the proof begins, and may break rules.
    seconds
        Wall time for everything; laying out the week may take a second more.

    Returns
    -------
    Bound
        Always one that holds, however short the time; 0 points when there was too little.

    Raises
    ------
    ProblemError
        The week has peaks, in which a way takes longer: the bounds do not reckon with them.
    """
    for name, mode in problem.modes.items():
        if mode.peaks:
            raise ProblemError(f"modes.{name}.peaks", "a week with peaks cannot be bounded yet")
    limit = Limit(seconds=seconds)
    points = cost(problem, solution).total
    if len(problem.visits) > LARGEST_RELAXED_WEEK:
        lower = open_whatever(problem)
        return _compared(points, lower, None, covers=OPEN_VISITS, is_optimal=False)
    is_sound = not check(problem, solution)
    relaxed = RelaxedWeek(problem)
    lower = relaxed.improve(
        solution, Limit(seconds=min(limit.seconds_left(), seconds * RELAXED_SHARE))
    )
    if len(problem.visits) > LARGEST_WHOLE_WEEK:
        lower = relaxed.improve(None, limit)
        return _compared(points, lower, None, covers=RELAXED_WEEK, is_optimal=False)
    proof = prove(problem, solution, lower=lower, seconds=limit.seconds_left(), threads=threads)
    better = proof.best
    if better is not None and is_sound and cost(problem, better).total >= points:
        better = None
    if better is not None and check(problem, better):
        raise AssertionError("the exact model found a plan that the rules forbid")
    covers: Method = WHOLE_WEEK if proof.lower > lower or proof.is_optimal else RELAXED_WEEK
    return _compared(
        points, max(lower, proof.lower), better, covers=covers, is_optimal=proof.is_optimal
    )


def _compared(
    points: Points, lower: Points, better: Solution | None, *, covers: Method, is_optimal: bool
) -> Bound:
    decimals = 10**COST_DECIMALS
    if math.isfinite(lower):
        lower = math.floor(lower * decimals) / decimals
    gap = max(0.0, points - lower) / points if points else 0.0
    return Bound(lower, gap, is_optimal, better, covers)
