"""S3: minutes of a start outside the soft range of its window, on top of those from the target.

The term is there only where some visit has soft ends.
"""

from typing import Final

from scheduler.model import Policy, Visit
from scheduler.rules.plan import Plan
from scheduler.units import Minute, Minutes, Points

CODE: Final = "S3"
TERMS: Final[tuple[str, ...]] = ("S3 outside",)


def penalty(plan: Plan) -> dict[str, Points]:
    """Return the points of all starts outside their soft range; once for each visit."""
    if not plan.problem.has_soft_ends:
        return {}
    policy, visits = plan.problem.policy, plan.problem.visit_of
    rows = plan.given.values()
    return {TERMS[0]: sum((points(visits[row.visit], row.start, policy) for row in rows), 0.0)}


def points(visit: Visit, start: Minute, policy: Policy) -> Points:
    """Return what it costs that a start lies outside its soft range."""
    return (policy.weights.outside or 0.0) * minutes_outside(visit, start)


def minutes_outside(visit: Visit, start: Minute) -> Minutes:
    """Return how far a start lies outside the soft range of its window."""
    first, last = visit.window_of(start).soft_range
    return max(0, first - start, start - last)
