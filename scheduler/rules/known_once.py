"""H0: every visit and carer of a solution exists, and a visit is given once."""

from collections.abc import Iterator
from typing import Final

from scheduler.rules.breach import Breach
from scheduler.rules.plan import Plan, is_known

CODE: Final = "H0"


def breaches(plan: Plan) -> Iterator[Breach]:
    """Yield one breach for each row of the solution that means nothing; `plan` leaves it out."""
    seen: set[str] = set()
    for row in plan.solution.assignments:
        if row.visit in seen:
            message = "The visit is given a second time."
            yield Breach(CODE, None, row.visit, None, 1, message)
        elif is_known(row, plan.problem):
            seen.add(row.visit)
        else:
            message = "The visit or one of its carers does not exist, or it has no carer."
            yield Breach(CODE, None, row.visit, None, 1, message)
