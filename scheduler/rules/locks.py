"""H11: a locked visit keeps its carers, and its start where the lock gives one."""

from collections.abc import Iterator
from typing import Final

from scheduler.rules.breach import Breach
from scheduler.rules.plan import Plan

CODE: Final = "H11"


def breaches(plan: Plan) -> Iterator[Breach]:
    """Yield one breach for each locked visit that is not as it was locked.

    The shortfall is the number of locked carers missing, or else the minutes moved, or else 1.
    """
    for lock in plan.problem.locked:
        row = plan.given.get(lock.visit)
        carers = () if row is None else row.carers
        day = plan.problem.visit_of[lock.visit].day
        if row is None or sorted(carers) != sorted(lock.carers):
            missing = max(1, len(set(lock.carers) - set(carers)))
            message = "The visit is locked to other carers."
            yield Breach(CODE, None, lock.visit, day, missing, message)
        elif lock.start is not None and row.start != lock.start:
            moved = abs(row.start - lock.start)
            message = f"The visit is locked to another start, {moved} minutes away."
            yield Breach(CODE, None, lock.visit, day, moved, message)
