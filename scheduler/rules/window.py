"""H2: a visit starts no sooner than `earliest` and no later than `latest`."""

from collections.abc import Iterator
from typing import Final

from scheduler.rules.breach import Breach
from scheduler.rules.plan import Plan
from scheduler.units import DAY, moment_text

CODE: Final = "H2"


def breaches(plan: Plan) -> Iterator[Breach]:
    """Yield one breach for each visit that starts outside its window; minutes outside."""
    for row in plan.given.values():
        visit = plan.problem.visit_of[row.visit]
        outside = max(visit.earliest - row.start, row.start - visit.latest)
        if outside > 0:
            window = f"{moment_text(visit.earliest)} to {moment_text(visit.latest)}"
            message = f"Starts {moment_text(row.start)}, outside its window, {window}."
            yield Breach(CODE, None, row.visit, row.start // DAY, outside, message)
