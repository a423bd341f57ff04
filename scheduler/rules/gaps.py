"""S6: unpaid idle minutes in short gaps, and long gaps that split a day in two."""

from typing import Final

from scheduler.model import Problem
from scheduler.rules.week import CarerWeek
from scheduler.units import Points

CODE: Final = "S6"
TERMS: Final[tuple[str, ...]] = ("S6 idle", "S6 split")


def penalty(week: CarerWeek, problem: Problem) -> dict[str, Points]:
    """Return the points of idle minutes and of splits, by the gap between two visits of a day."""
    policy = problem.policy
    idle = splits = 0
    for leg in week.legs():
        if leg.gap > policy.split_gap_minutes:
            splits += 1
        else:
            idle += max(0, leg.gap - leg.travel)
    return {TERMS[0]: policy.weights.idle * idle, TERMS[1]: policy.weights.split * splits}
