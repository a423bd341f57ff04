"""H7 (WTR-01, WTR-09): work in a day and in the week stays within its limits.

Work is visit minutes and travel between two visits of a day whose gap is not a split.
"""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Problem
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek

CODE: Final = "H7"


def breaches(week: CarerWeek, problem: Problem) -> Iterator[Breach]:
    """Yield one breach for each day, and one for the week, with too many minutes of work."""
    policy, carer = problem.policy.for_carer(week.carer), week.carer
    total = 0
    for day in week.days:
        work = day.work(policy.split_gap_minutes)
        total += work
        over = work - policy.max_day_minutes
        if over > 0:
            message = f"{over} minutes above the day's limit of {policy.max_day_minutes}."
            yield Breach(CODE, carer.id, None, day.day, over, message)
    over = total - carer.max_week_minutes
    if over > 0:
        message = f"{over} minutes above the carer's week of {carer.max_week_minutes}."
        yield Breach(CODE, carer.id, None, None, over, message)
