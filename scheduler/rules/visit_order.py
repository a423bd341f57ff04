"""H10: a visit that comes `after` another starts `gap` minutes after its end at the soonest.

It binds only while both are assigned: two doses of a medicine need their distance, one does not.
"""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Visit
from scheduler.rules.breach import Breach
from scheduler.rules.plan import Plan
from scheduler.units import DAY, Minute, moment_text

CODE: Final = "H10"


def breaches(plan: Plan) -> Iterator[Breach]:
    """Yield one breach for each visit that starts too soon; minutes too soon."""
    for row in plan.given.values():
        visit = plan.problem.visit_of[row.visit]
        allowed_from = soonest(visit, plan)
        if allowed_from is not None and row.start < allowed_from:
            message = (
                f"May start at {moment_text(allowed_from)} at the soonest, after another visit."
            )
            day, missing = row.start // DAY, allowed_from - row.start
            yield Breach(CODE, None, row.visit, day, missing, message)


def soonest(visit: Visit, plan: Plan) -> Minute | None:
    """Return when the visit before lets this one start; None when nothing is before it."""
    after = visit.after
    other = plan.given.get(after.visit) if after else None
    if after is None or other is None:
        return None
    return other.start + plan.problem.visit_of[other.visit].minutes + after.gap
