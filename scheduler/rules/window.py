"""H2: a visit starts inside its window, or inside one of them where it has several."""

from collections.abc import Iterator
from typing import Final

from scheduler.rules.breach import Breach
from scheduler.rules.plan import Plan
from scheduler.units import DAY, moment_text

CODE: Final = "H2"


def breaches(plan: Plan) -> Iterator[Breach]:
    """Yield one breach for each visit that starts outside; minutes from the nearest window."""
    for row in plan.given.values():
        visit = plan.problem.visit_of[row.visit]
        window = visit.window_of(row.start)
        outside = window.outside(row.start)
        if outside > 0:
            nearest = "window" if len(visit.windows) == 1 else "nearest window"
            period = f"{moment_text(window.earliest)} to {moment_text(window.latest)}"
            message = f"Starts {moment_text(row.start)}, outside its {nearest}, {period}."
            yield Breach(CODE, None, row.visit, row.start // DAY, outside, message)
