"""S0: what it costs to leave a visit open, by its priority and length."""

from typing import Final

from scheduler.model import Policy, Visit
from scheduler.rules.plan import Plan
from scheduler.units import Minutes, Points

CODE: Final = "S0"
TERMS: Final[tuple[str, ...]] = ("S0 unassigned",)

# A short visit that nobody makes is not a small matter: each counts as half an hour longer.
EVERY_VISIT_MINUTES: Final[Minutes] = 30


def penalty(plan: Plan) -> dict[str, Points]:
    """Return carers x (minutes + 30) x the weight of the priority, for each open visit."""
    policy = plan.problem.policy
    open_visits = (visit for visit in plan.problem.visits if visit.id not in plan.given)
    return {TERMS[0]: sum(points(visit, policy) for visit in open_visits)}


def points(visit: Visit, policy: Policy) -> Points:
    """Return what one open visit costs."""
    size = visit.carers * (visit.minutes + EVERY_VISIT_MINUTES)
    return size * policy.weights.unassigned[visit.priority]
