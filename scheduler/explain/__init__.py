"""Why this carer, why not another: verdicts for one visit, and the reasons of open visits."""

from scheduler.explain.judge import Judge
from scheduler.explain.open_visits import Nearest, OpenVisit, open_visit
from scheduler.explain.opening import Opening
from scheduler.explain.order import nearest_first
from scheduler.explain.verdict import CAN, CAN_IF, CANNOT, Fault, Verdict
from scheduler.explain.why import Difference, Instead, Why, why
from scheduler.model import Problem, Solution

__all__ = [
    "CAN",
    "CANNOT",
    "CAN_IF",
    "Difference",
    "Fault",
    "Instead",
    "Judge",
    "Nearest",
    "OpenVisit",
    "Verdict",
    "Why",
    "assignment",
    "candidates",
    "explain_unassigned",
    "ranked",
    "why",
]


def explain_unassigned(problem: Problem, solution: Solution) -> tuple[OpenVisit, ...]:
    """Say of each open visit that is owed which rules kept each carer away, and who was nearest.

    Returns
    -------
    tuple of OpenVisit
        One for each such visit, in the problem's order. An optional one is left out: that it costs
        more than it is worth is reason enough, and `candidates` says who could.
    """
    judge = Judge(problem, solution)
    return tuple(
        open_visit(judge, judge.opening(visit.id))
        for visit in problem.visits
        if visit.id not in judge.plan.given and not visit.is_optional
    )


def assignment(
    problem: Problem, solution: Solution, visit_id: str, carer_id: str | None = None
) -> Why:
    """Say why a visit is with its carers: what the next best would change, and why not another.

    Parameters
    ----------
    carer_id
        A carer to ask about: "why not this one?".

    Raises
    ------
    ProblemError
        When there is no such visit or carer, or nobody makes the visit.
    """
    judge = Judge(problem, solution)
    return why(judge, judge.opening(visit_id), carer_id)


def candidates(problem: Problem, solution: Solution, visit_id: str) -> tuple[Verdict, ...]:
    """Judge every carer for one visit, open or assigned; the best come first.

    On an assigned visit a carer takes the place of the one who makes it now, in a double-up of
    whichever of the two costs less to replace.

    Raises
    ------
    ProblemError
        When there is no such visit.
    """
    judge = Judge(problem, solution)
    return ranked(judge, judge.opening(visit_id))


def ranked(judge: Judge, opening: Opening) -> tuple[Verdict, ...]:
    """Return what `candidates` returns, of a plan that is laid out already."""
    return tuple(
        nearest_first(judge.with_move(verdict, opening) for verdict in judge.verdicts(opening))
    )
