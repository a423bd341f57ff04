"""The slow and plain answer to "can this carer make this visit?": try every minute."""

from collections.abc import Iterator
from dataclasses import replace

from scheduler import check
from scheduler.model import Assignment, Problem, Solution, Visit
from scheduler.rules import Breach, rest, team


def new_faults(problem: Problem, before: Solution, after: Solution) -> list[str]:
    """Return the codes of what `after` breaks anew or further than `before`."""
    old = {_key(breach): breach.shortfall for breach in check(problem, before)}
    return [
        breach.code
        for breach in check(problem, after)
        if breach.code != team.CODE and breach.shortfall > old.get(_key(breach), 0)
    ]


def _key(breach: Breach) -> tuple[object, ...]:
    # A short night stays the same night when its first visit goes to somebody else.
    visit = None if breach.code == rest.CODE else breach.visit
    return (breach.code, breach.carer, visit, breach.day)


def with_row(solution: Solution, row: Assignment) -> Solution:
    """Return a solution in which one visit is given as `row` says."""
    others = tuple(other for other in solution.assignments if other.visit != row.visit)
    return replace(solution, assignments=(*others, row))


def without(solution: Solution, visit_id: str) -> Solution:
    """Return a solution in which one visit is open."""
    kept = tuple(row for row in solution.assignments if row.visit != visit_id)
    return replace(solution, assignments=kept)


def ways(solution: Solution, visit: Visit, carer_id: str, start: int) -> Iterator[Assignment]:
    """Yield each way in which a carer can join a visit: alone, or for one who is on it now."""
    row = next((row for row in solution.assignments if row.visit == visit.id), None)
    if row is None:
        yield Assignment(visit.id, start, (carer_id,))
        return
    for leaver in row.carers:
        stays = tuple(other for other in row.carers if other != leaver)
        yield Assignment(visit.id, start, (*stays, carer_id))


def possible_starts(problem: Problem, solution: Solution, visit: Visit, carer_id: str) -> set[int]:
    """Return every start at which a carer could make a visit without a new fault."""
    return {
        start
        for first, last in visit.periods
        for start in range(first, last + 1)
        for row in ways(solution, visit, carer_id, start)
        if not new_faults(problem, solution, with_row(solution, row))
    }
