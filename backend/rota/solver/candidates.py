"""Who could make a visit: the scheduler's verdict on every carer of the week."""

from dataclasses import dataclass, replace

from backend.core.periods import DAY_MINUTES
from backend.rota.law import Finding
from backend.rota.solver.ids import pk_of, visit_id
from backend.rota.solver.law_records import law_against
from backend.rota.solver.live_check import plain_words
from backend.rota.solver.translate import WeekOfBranch
from scheduler import Verdict, candidates
from scheduler.rules import Plan, plan_of, stop_at


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
    plan = plan_of(problem, week.draft)
    found = []
    for row in candidates(problem, week.draft, name):
        against = _law(week, plan, name, row)
        if against is not None:
            words = against.message
            found.append(CarerVerdict(pk_of(row.carer), "CANNOT", against.code, words, None, None))
            continue
        found.append(
            CarerVerdict(
                carer_id=pk_of(row.carer),
                outcome=str(row.outcome),
                code=row.code,
                message=plain_words(row.message),
                cost_change=row.cost_change,
                start=None if row.start is None else row.start % DAY_MINUTES,
            )
        )
    # Whom only the law keeps away goes to those who cannot; the order of the rest stays.
    return sorted(found, key=lambda verdict: verdict.outcome == "CANNOT")


def _law(week: WeekOfBranch, plan: Plan, visit: str, verdict: Verdict) -> Finding | None:
    """Return what the law says against a carer whom the rota's own rules would allow."""
    if verdict.start is None or verdict.outcome == "CANNOT":
        return None
    before = plan.weeks[verdict.carer]
    stop = stop_at(plan.problem.visit_of[visit], verdict.start, plan.problem)
    after = before.without(visit, plan.travel).with_stop(stop, plan.travel)
    return next(iter(law_against(week.law, plan.problem, before, after)), None)
