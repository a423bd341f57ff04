"""H6 (WTR-03, WTR-04): rest between two worked days, and one long rest that touches the week."""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Carer, ClockChange, Problem
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek
from scheduler.units import DAY, WEEK, Minute, Minutes, time_text

CODE: Final = "H6"

# Of the week before only its last end is known, and what counts of it is its Sunday.
_SUNDAY_BEFORE: Final[Minute] = -DAY


def breaches(week: CarerWeek, problem: Problem) -> Iterator[Breach]:
    """Yield one breach for each night that is too short, and one when no long rest is left.

    A short night names the first visit after it and that day; the missing long rest names the
    carer alone. A carer without visits rests all week.
    """
    if not week.days:
        return
    policy, change, carer = (
        problem.policy.for_carer(week.carer),
        problem.clock_change,
        week.carer.id,
    )
    before, since = week.carer.last_end, long_rest_counts_from(week.carer)
    longest: Minutes = -WEEK
    for day in week.days:
        start = day.first.start
        rest = rested(before, start, change)
        missing = policy.daily_rest_minutes - rest
        if missing > 0:
            wanted = time_text(policy.daily_rest_minutes)
            message = f"Rest before this day is {missing} minutes short of {wanted} hours."
            yield Breach(CODE, carer, day.first.visit.id, day.day, missing, message)
        longest = max(longest, rested(max(before, since), start, change))
        before = day.last_end
    longest = max(longest, rested(max(before, since), WEEK, change))
    missing = policy.weekly_rest_minutes - longest
    if missing > 0:
        wanted = time_text(policy.weekly_rest_minutes)
        message = f"The longest rest of the week is {missing} minutes short of {wanted} hours."
        yield Breach(CODE, carer, None, None, missing, message)


def long_rest_counts_from(carer: Carer) -> Minute:
    """Return since when a weekly rest counts: one of the carer's own lies inside the week."""
    own = carer.limits is not None and carer.limits.weekly_rest_minutes is not None
    return 0 if own else _SUNDAY_BEFORE


def rested(end: Minute, start: Minute, change: ClockChange | None) -> Minutes:
    """Return the rest from `end` to `start`, by the wall or in real time, whichever is less.

    A rest spans a clock change when `end <= change.minute < start`. In spring it is then an hour
    shorter than the wall says; in autumn the wall is the stricter of the two.
    """
    wall = start - end
    if change is not None and end <= change.minute < start:
        return min(wall, wall - change.shift)
    return wall
