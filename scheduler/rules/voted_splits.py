"""V4, priced: a carer's days are split so many times a week at most."""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Problem
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek

CODE: Final = "V4"


def excesses(week: CarerWeek, problem: Problem) -> Iterator[Breach]:
    """Yield one excess for a week with too many splits; the shortfall is in splits."""
    most = problem.policy.voted.max_splits_week
    if most is None:
        return
    splits = sum(leg.gap > problem.policy.split_gap_minutes for leg in week.legs())
    if splits > most:
        message = f"Has {splits} splits in the week; members voted for {most} at most."
        yield Breach(CODE, week.carer.id, None, None, splits - most, message)
