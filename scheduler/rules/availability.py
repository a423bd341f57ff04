"""H4: the whole visit lies inside one availability window of each of its carers."""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Carer, Problem
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek
from scheduler.units import DAY, Minute, Minutes

CODE: Final = "H4"


def breaches(week: CarerWeek, problem: Problem) -> Iterator[Breach]:  # noqa: ARG001  # the face
    """Yield one breach for each visit that is not wholly inside a window; minutes outside."""
    for stop in week.stops():
        outside = minutes_outside(week.carer, stop.start, stop.end)
        if outside:
            message = f"The carer is not available for {outside} minutes of it."
            day = stop.start // DAY
            yield Breach(CODE, week.carer.id, stop.visit.id, day, outside, message)


def minutes_outside(carer: Carer, start: Minute, end: Minute) -> Minutes:
    """Return how much of a period no single window covers, 0 when one covers it all."""
    covered = (min(end, until) - max(start, since) for since, until in carer.available)
    return end - start - max(0, max(covered, default=0))
