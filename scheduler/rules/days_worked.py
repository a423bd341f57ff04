"""H8: a carer works on `max_days` days of the week at most."""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Problem
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek

CODE: Final = "H8"


def breaches(week: CarerWeek, problem: Problem) -> Iterator[Breach]:  # noqa: ARG001  # the face
    """Yield one breach when there are too many days; the shortfall is in days."""
    over = len(week.days) - week.carer.max_days
    if over > 0:
        message = f"Works on {len(week.days)} days; the limit is {week.carer.max_days}."
        yield Breach(CODE, week.carer.id, None, None, over, message)
