"""S0: what it costs to leave a visit open, by its priority and length.

An optional visit has its price like any other, but a term of its own: it is not owed, and so not
one of those that nobody covers. The term is there only where a week has such visits.
"""

from typing import Final

from scheduler.model import Policy, Visit
from scheduler.rules.plan import Plan
from scheduler.units import Minutes, Points

CODE: Final = "S0"
TERMS: Final[tuple[str, ...]] = ("S0 optional", "S0 unassigned")
OPTIONAL_TERM: Final = TERMS[0]

# A short visit that nobody makes is not a small matter: each counts as half an hour longer.
EVERY_VISIT_MINUTES: Final[Minutes] = 30


def penalty(plan: Plan) -> dict[str, Points]:
    """Return carers x (minutes + 30) x the weight of the priority, for each open visit."""
    found = {name: 0.0 for name in TERMS if name != OPTIONAL_TERM or plan.problem.has_optional}
    for visit in plan.problem.visits:
        if visit.id not in plan.given:
            found[term_of(visit)] += points(visit, plan.problem.policy)
    return found


def term_of(visit: Visit) -> str:
    """Return the name of the term that an open visit counts in."""
    return TERMS[0] if visit.is_optional else TERMS[1]


def points(visit: Visit, policy: Policy) -> Points:
    """Return what one open visit costs."""
    size = visit.carers * (visit.minutes + EVERY_VISIT_MINUTES)
    return size * policy.weights.unassigned[visit.priority]
