"""H5 (TRV-01): on a carer's day the next visit starts after the one before plus the way there."""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Problem
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek
from scheduler.units import DAY

CODE: Final = "H5"


def breaches(week: CarerWeek, problem: Problem) -> Iterator[Breach]:  # noqa: ARG001  # the face
    """Yield one breach for each gap that is too short; names the visit after it."""
    for leg in week.legs():
        missing = leg.travel - leg.gap
        if missing <= 0:
            continue
        if leg.gap < 0:
            message = f"Overlaps the visit before by {-leg.gap} minutes."
        else:
            message = f"The way from the visit before takes {leg.travel} minutes, not {leg.gap}."
        day = leg.after.start // DAY
        yield Breach(CODE, week.carer.id, leg.after.visit.id, day, missing, message)
