"""S4: work below what a carer is guaranteed, and above it.

Carers without a guarantee have neither.
"""

from typing import Final

from scheduler.model import Problem
from scheduler.rules.week import CarerWeek
from scheduler.units import Points

CODE: Final = "S4"
TERMS: Final[tuple[str, ...]] = ("S4 shortfall", "S4 overtime")


def penalty(week: CarerWeek, problem: Problem) -> dict[str, Points]:
    """Return the points of the minutes between the week's work and the guarantee."""
    weights, guaranteed = problem.policy.weights, week.carer.guaranteed_minutes
    if not guaranteed:
        return dict.fromkeys(TERMS, 0.0)
    over = week.work(problem.policy.split_gap_minutes) - guaranteed
    return {
        TERMS[0]: weights.shortfall * max(0, -over),
        TERMS[1]: weights.overtime * max(0, over),
    }
