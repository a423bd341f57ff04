"""S1 (TRV-03): each travel minute that counts as work."""

from typing import Final

from scheduler.model import Problem
from scheduler.rules.week import CarerWeek
from scheduler.units import Points

CODE: Final = "S1"
TERMS: Final[tuple[str, ...]] = ("S1 travel",)


def penalty(week: CarerWeek, problem: Problem) -> dict[str, Points]:
    """Return the points of the travel between visits whose gap is not a split."""
    split_gap = problem.policy.split_gap_minutes
    minutes = sum(leg.travel for leg in week.legs() if leg.gap <= split_gap)
    return {TERMS[0]: problem.policy.weights.travel * minutes}
