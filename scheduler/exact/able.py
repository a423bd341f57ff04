"""Who can make a visit at all, and what the visits cost that too few can make."""

from collections.abc import Iterator

from scheduler.exact.week_model import available_starts
from scheduler.model import Carer, Problem, Visit
from scheduler.rules import suitability, unassigned
from scheduler.units import Points


def able_carers(problem: Problem, visit: Visit) -> Iterator[Carer]:
    """Yield who is fit for a visit (H3) and there for it at some time (H2, H4)."""
    client = problem.client_of[visit.client]
    for carer in problem.carers:
        is_there = available_starts(carer, visit)
        if is_there and not any(suitability.misfits(carer, visit, client)):
            yield carer


def open_whatever(problem: Problem) -> Points:
    """Return what the visits cost that stay open in every sound plan (S0), a lower bound."""
    return sum(
        unassigned.points(visit, problem.policy)
        for visit in problem.visits
        if sum(1 for _ in able_carers(problem, visit)) < visit.carers
    )
