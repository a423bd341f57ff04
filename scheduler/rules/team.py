"""H1 (PKG-06): a visit has exactly as many different carers as it needs, together throughout."""

from collections.abc import Iterator
from typing import Final

from scheduler.rules.breach import Breach
from scheduler.rules.plan import Plan
from scheduler.units import DAY

CODE: Final = "H1"


def breaches(plan: Plan) -> Iterator[Breach]:
    """Yield one breach for each visit with too few or too many carers, or one carer twice."""
    for row in plan.given.values():
        needed = plan.problem.visit_of[row.visit].carers
        different = len(set(row.carers))
        if different == needed == len(row.carers):
            continue
        # Naming the right people twice is still one fault.
        shortfall = max(1, abs(different - needed))
        message = f"The visit needs {needed} different carers and has {different}."
        yield Breach(CODE, None, row.visit, row.start // DAY, shortfall, message)
