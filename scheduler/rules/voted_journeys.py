"""V6, priced: no way between two visits takes longer, unless the gap splits the day."""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Problem
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek
from scheduler.units import DAY

CODE: Final = "V6"


def excesses(week: CarerWeek, problem: Problem) -> Iterator[Breach]:
    """Yield one excess for each way that takes too long; names the visit it leads to."""
    most = problem.policy.voted.max_journey_minutes
    if most is None:
        return
    for leg in week.legs():
        over = leg.travel - most
        if over > 0 and leg.gap <= problem.policy.split_gap_minutes:
            message = f"The way to it takes {leg.travel} minutes; members voted for {most} at most."
            day = leg.after.start // DAY
            yield Breach(CODE, week.carer.id, leg.after.visit.id, day, over, message)
