"""Who could make a visit: the scheduler's verdict on every carer of the week."""

from dataclasses import dataclass, replace

from backend.core.periods import DAY_MINUTES
from backend.rota.solver.ids import pk_of, visit_id
from backend.rota.solver.live_check import plain_words
from backend.rota.solver.translate import WeekOfBranch
from scheduler import candidates


@dataclass(frozen=True, slots=True)
class CarerVerdict:
    """What the rules say of one carer for one visit.

    Attributes
    ----------
    outcome
        "CAN", "CAN_IF" (at another start, or when another visit is moved) or "CANNOT".
    code, message
        The first rule that decides, and in words; None and a short word for those who can.
    cost_change
        Points that the week's cost changes by; None where the carer cannot.
    start
        The best start as a wall-clock minute of the visit's day, or None.
    """

    carer_id: int
    outcome: str
    code: str | None
    message: str
    cost_change: float | None
    start: int | None


def verdicts_for(week: WeekOfBranch, visit: int) -> list[CarerVerdict]:
    """Return a verdict on every carer of the week for a visit, best first.

    A visit that nobody is to make (the client is away) has no verdicts. A lock on the visit
    itself does not count: the question is who could, not who may without unlocking it.
    """
    name = visit_id(visit)
    if name not in week.problem.visit_of:
        return []
    locked = tuple(lock for lock in week.problem.locked if lock.visit != name)
    problem = replace(week.problem, locked=locked)
    return [
        CarerVerdict(
            carer_id=pk_of(row.carer),
            outcome=str(row.outcome),
            code=row.code,
            message=plain_words(row.message),
            cost_change=row.cost_change,
            start=None if row.start is None else row.start % DAY_MINUTES,
        )
        for row in candidates(problem, week.draft, name)
    ]
