"""V1: a carer works on so many days in a row at most, those before this Monday included."""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Problem
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek
from scheduler.units import DAYS_IN_WEEK

CODE: Final = "V1"


def breaches(week: CarerWeek, problem: Problem) -> Iterator[Breach]:
    """Yield one breach for each day too many in a row; the shortfall is in days."""
    most = problem.policy.voted.max_consecutive_days
    if most is None:
        return
    worked = {day.day for day in week.days}
    row = week.carer.days_in_a_row_before
    for day in range(DAYS_IN_WEEK):
        row = row + 1 if day in worked else 0
        if row > most:
            message = f"Is day {row} in a row; members voted for {most} at most."
            yield Breach(CODE, week.carer.id, None, day, row - most, message)
