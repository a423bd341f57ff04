"""S3: minutes between the start of a visit and the target of its window, either way."""

from typing import Final

from scheduler.model import Policy, Visit
from scheduler.rules.plan import Plan
from scheduler.units import Minute, Minutes, Points

CODE: Final = "S3"
TERMS: Final[tuple[str, ...]] = ("S3 lateness",)


def penalty(plan: Plan) -> dict[str, Points]:
    """Return the points of all starts away from their target; once for each visit."""
    policy, visits = plan.problem.policy, plan.problem.visit_of
    rows = plan.given.values()
    return {TERMS[0]: sum((points(visits[row.visit], row.start, policy) for row in rows), 0.0)}


def points(visit: Visit, start: Minute, policy: Policy) -> Points:
    """Return what it costs to start a visit at `start`."""
    return policy.weights.lateness * minutes_away(visit, start)


def minutes_away(visit: Visit, start: Minute) -> Minutes:
    """Return how far a start is from the target of the window that it lies in."""
    return abs(start - visit.window_of(start).target)
