"""How far a plan can be from the best one: a lower bound with its gap, or a proof."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from scheduler.exact.able import open_whatever
from scheduler.exact.days_apart import improve_by_days
from scheduler.exact.relaxed_week import RelaxedWeek
from scheduler.exact.sizes import LARGEST_DAYS, LARGEST_RELAXED_WEEK, LARGEST_WHOLE_WEEK
from scheduler.exact.whole_week import prove
from scheduler.exact.without_peaks import without_peaks
from scheduler.model import Problem, Solution
from scheduler.score import COST_DECIMALS, check, cost
from scheduler.stop import Limit, StopRequest
from scheduler.units import Points

Method: TypeAlias = Literal["WHOLE_WEEK", "DAYS", "RELAXED_WEEK", "OPEN_VISITS"]

WHOLE_WEEK: Final = "WHOLE_WEEK"
"""Every rule and every cost term, exactly; S9 (voted limits) left out."""
DAYS: Final = "DAYS"
"""Each day exactly, the rest of the week as prices: `priced_day`."""
RELAXED_WEEK: Final = "RELAXED_WEEK"
"""Without the rules that `relaxed_week` leaves out; they can only make a plan dearer."""
OPEN_VISITS: Final = "OPEN_VISITS"
"""Only the visits that too few carers can make at all; what remains for large weeks."""

PRICES_SHARE: Final = 0.4
DAYS_SHARE: Final = 0.5
"""The parts of the time for the prices, and of what is then left for the days. What they do not
need goes to the next step, and at the end to the whole week."""
SAME_POINTS: Final = 10**-COST_DECIMALS


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


def bound(
    problem: Problem,
    solution: Solution,
    *,
    seconds: float | None,
    threads: int = 1,
    request: StopRequest | None = None,
    on_lower: Callable[[Points], None] = lambda _: None,
) -> Bound:
    """Bound the cost of a week from below, and compare a plan with it.

    Parameters
    ----------
    solution
        A plan; it is where the proof begins, and may break rules.
    seconds
        Wall time for everything; laying out the week may take a second more. None for no limit.
    request
        Ends it early.
    on_lower
        Told each better bound at once.

    Returns
    -------
    Bound
        Always one that holds, however short the time; 0 points when there was too little, and
        endless where no plan is sound, as when a lock itself breaks a rule. Under
        peaks it is that of the same week on free roads (`without_peaks`).
    """
    limit = Limit(seconds=seconds, request=request)
    points, is_sound = cost(problem, solution).total, not check(problem, solution)
    free = without_peaks(problem)
    lower = open_whatever(free)
    covers: Method = OPEN_VISITS
    on_lower(lower)

    def raised(found: Points, by: Method) -> None:
        nonlocal lower, covers
        if found > lower:
            lower, covers = found, by
            on_lower(lower)

    def result(better: Solution | None = None, *, is_proved: bool = False) -> Bound:
        is_best = is_sound and points <= lower + SAME_POINTS
        return _compared(points, lower, better, covers=covers, is_optimal=is_proved or is_best)

    visits = len(problem.visits)
    if visits > LARGEST_RELAXED_WEEK:
        return result()
    relaxed = RelaxedWeek(free)
    share = PRICES_SHARE if visits <= LARGEST_DAYS else 1.0
    raised(relaxed.improve(solution, limit.part(share)), RELAXED_WEEK)
    if visits <= LARGEST_DAYS:
        share = DAYS_SHARE if visits <= LARGEST_WHOLE_WEEK else 1.0
        found = improve_by_days(relaxed, free, solution, limit=limit.part(share), threads=threads)
        raised(found, DAYS)
        if math.isinf(found):
            return result(is_proved=True)
    if visits > LARGEST_WHOLE_WEEK or free is not problem:
        return result()
    proof = prove(problem, solution, lower=lower, limit=limit, threads=threads)
    better = proof.best
    if better is not None and is_sound and cost(problem, better).total >= points:
        better = None
    if better is not None and check(problem, better):
        raise AssertionError("the exact model found a plan that the rules forbid")
    raised(proof.lower, WHOLE_WEEK)
    if problem.policy.voted.has_prices:
        # The model leaves S9 out: its best is the best of all only where it costs no more with it.
        least = points if better is None else cost(problem, better).total
        return result(better, is_proved=proof.is_optimal and least <= lower + SAME_POINTS)
    if proof.is_optimal:
        covers = WHOLE_WEEK
    return result(better, is_proved=proof.is_optimal)


def _compared(
    points: Points, lower: Points, better: Solution | None, *, covers: Method, is_optimal: bool
) -> Bound:
    decimals = 10**COST_DECIMALS
    if math.isfinite(lower):
        lower = math.floor(lower * decimals) / decimals
    gap = max(0.0, points - lower) / points if points else 0.0
    return Bound(lower, gap, is_optimal, better, covers)
