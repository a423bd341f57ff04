"""V3: who finishes late does not start early on the next day."""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Problem
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek
from scheduler.units import DAY, time_text

CODE: Final = "V3"


def breaches(week: CarerWeek, problem: Problem) -> Iterator[Breach]:
    """Yield one breach for each early start after a late finish; names the first visit.

    The shortfall is the minutes by which either would have to move, whichever is less. Times are
    those of the wall, also when the clocks change.
    """
    voted = problem.policy.voted
    latest, early = voted.latest_finish_before_early, voted.early_start
    if latest is None:
        return
    last_end = week.carer.last_end
    for day in week.days:
        midnight, first = day.day * DAY, day.first
        # Only the evening before can be late: earlier ends lie days back.
        late, soon = last_end - (midnight - DAY + latest), midnight + early - first.start
        if late > 0 and soon > 0:
            message = (
                f"Starts before {time_text(early)} after an evening beyond {time_text(latest)}."
            )
            yield Breach(CODE, week.carer.id, first.visit.id, day.day, min(late, soon), message)
        last_end = day.last_end
