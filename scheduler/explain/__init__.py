"""Why this carer, why not another: verdicts for one visit, and the reasons of open visits."""

from scheduler.explain.judge import Judge
from scheduler.explain.open_visits import Nearest, OpenVisit, open_visit
from scheduler.explain.order import nearest_first
from scheduler.explain.verdict import CAN, CAN_IF, CANNOT, Verdict
from scheduler.model import Problem, Solution

__all__ = [
    "CAN",
    "CANNOT",
    "CAN_IF",
    "Judge",
    "Nearest",
    "OpenVisit",
    "Verdict",
    "candidates",
    "explain_unassigned",
]


def explain_unassigned(problem: Problem, solution: Solution) -> tuple[OpenVisit, ...]:
    """Say of each open visit which rules kept each carer away, and who was nearest.

    Returns
    -------
    tuple of OpenVisit
        One for each visit without an assignment, in the problem's order.
    """
    judge = Judge(problem, solution)
    return tuple(
        open_visit(judge, judge.opening(visit.id))
        for visit in problem.visits
        if visit.id not in judge.plan.given
    )


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
    opening = judge.opening(visit_id)
    return tuple(
        nearest_first(judge.with_move(verdict, opening) for verdict in judge.verdicts(opening))
    )
