"""S8: changes to what people were told."""

from typing import Final

from scheduler.model import Assignment, Policy, PublishedVisit
from scheduler.rules.plan import Plan
from scheduler.units import Points

CODE: Final = "S8"
TERMS: Final[tuple[str, ...]] = ("S8 stability",)


def penalty(plan: Plan) -> dict[str, Points]:
    """Return the points of all changes; a visit that is no longer in the week is not a change."""
    policy = plan.problem.policy
    total = 0.0
    for row in plan.problem.published:
        if row.visit in plan.problem.visit_of:
            total += points(row, plan.given.get(row.visit), policy)
    return {TERMS[0]: total}


def points(told: PublishedVisit, now: Assignment | None, policy: Policy) -> Points:
    """Return the points of one published visit; `now` is None when it is open."""
    return policy.weights.stability * changes(told, now)


def changes(told: PublishedVisit | Assignment, now: Assignment | None) -> int:
    """Return how many changes a visit has; `now` is None when it is open.

    Each carer who is no longer on it counts, and a start that moved.
    """
    carers = () if now is None else now.carers
    gone = len(set(told.carers) - set(carers))
    return gone + (now is not None and now.start != told.start)
