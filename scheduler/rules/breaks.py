"""H9 (WTR-05): a stretch of work without a break lasts `stretch_minutes` at most.

A break is `break_minutes` of free time after travel; it ends the stretch.
"""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Policy, Problem
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerDay, CarerWeek, Stop
from scheduler.units import Minute

CODE: Final = "H9"


def breaches(week: CarerWeek, problem: Problem) -> Iterator[Breach]:
    """Yield one breach for each visit that ends too long after its stretch began."""
    policy = problem.policy.for_carer(week.carer)
    for day in week.days:
        for stretch_start, stop in _stretches(day, policy):
            over = stop.end - stretch_start - policy.stretch_minutes
            if over > 0:
                message = f"Ends {over} minutes after a break was due."
                yield Breach(CODE, week.carer.id, stop.visit.id, day.day, over, message)


def _stretches(day: CarerDay, policy: Policy) -> Iterator[tuple[Minute, Stop]]:
    """Yield each stop with the start of the stretch that it belongs to."""
    stretch_start = day.first.start
    yield stretch_start, day.first
    for leg in day.legs:
        if leg.gap - leg.travel >= policy.break_minutes:
            stretch_start = leg.after.start
        yield stretch_start, leg.after
