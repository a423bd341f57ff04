"""The bound of the relaxed week made better, day by day, with each day planned exactly."""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

from scheduler.exact.priced_day import PricedDay
from scheduler.exact.relaxed_week import RelaxedWeek
from scheduler.model import Problem, Solution
from scheduler.stop import Limit
from scheduler.units import DAYS_IN_WEEK, Day, Points

LARGEST_DAY: Final = 40
"""Visits of a day up to which planning it exactly is worth trying."""


def improve_by_days(
    relaxed: RelaxedWeek,
    problem: Problem,
    solution: Solution,
    *,
    limit: Limit,
    threads: int,
) -> Points:
    """Return the better bound; no day that is not through in its share of the time makes it worse.

    Parameters
    ----------
    solution
        Where each day begins from; it may break rules.
    """
    parts = relaxed.parts()
    busy = [day for day in range(DAYS_IN_WEEK) if any(v.day == day for v in problem.visits)]
    waiting = len(busy)

    def least(day: Day) -> Points:
        nonlocal waiting
        # What quick days leave over goes to the others.
        part = limit.part(min(1.0, threads / waiting))
        waiting -= 1
        if limit.reached(0) or sum(visit.day == day for visit in problem.visits) > LARGEST_DAY:
            return float(parts[day])
        prices = relaxed.prices_of(day)
        priced = PricedDay(problem, day, prices)
        return priced.least(solution, lower=float(parts[day]), limit=part)

    if relaxed.has_prices:
        with ThreadPoolExecutor(threads) as pool:
            for day, points in zip(busy, pool.map(least, busy), strict=True):
                parts[day] = points
    return max(relaxed.lower, float(parts.sum()))
