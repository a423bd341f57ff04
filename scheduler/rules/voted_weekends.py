"""V2: of four weekends a carer works on so many at most. A weekend is a Saturday and its Sunday."""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Carer, Policy, Problem
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek
from scheduler.units import SATURDAY

CODE: Final = "V2"


def breaches(week: CarerWeek, problem: Problem) -> Iterator[Breach]:
    """Yield one breach for each day worked of a weekend that should be free."""
    if may_work_weekend(week.carer, problem.policy):
        return
    most = problem.policy.voted.max_weekends_in_four
    for day in week.days:
        if day.day >= SATURDAY:
            message = f"This weekend should be free; members voted for {most} of four at most."
            yield Breach(CODE, week.carer.id, None, day.day, 1, message)


def may_work_weekend(carer: Carer, policy: Policy) -> bool:
    """Say whether a carer may work at this week's end, given the three weeks before."""
    most = policy.voted.max_weekends_in_four
    return most is None or carer.weekends_worked_in_last_three < most
