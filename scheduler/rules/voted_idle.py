"""V5, priced: between two visits of a day nobody waits longer, unless the gap splits the day."""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Problem
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek
from scheduler.units import DAY

CODE: Final = "V5"


def excesses(week: CarerWeek, problem: Problem) -> Iterator[Breach]:
    """Yield one excess for each gap with too long a wait; names the visit after it."""
    most = problem.policy.voted.max_idle_minutes
    if most is None:
        return
    for leg in week.legs():
        over = leg.gap - leg.travel - most
        if over > 0 and leg.gap <= problem.policy.split_gap_minutes:
            message = f"Waits {over + most} minutes before it; members voted for {most} at most."
            day = leg.after.start // DAY
            yield Breach(CODE, week.carer.id, leg.after.visit.id, day, over, message)
