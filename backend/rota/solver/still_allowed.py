"""What of an older plan a changed week still allows."""

from collections.abc import Iterable

from backend.core.periods import DAY_MINUTES
from scheduler import Assignment, Breach, Problem, Solution, check

ROUNDS = 20


def still_allowed(problem: Problem, plan: Solution) -> Solution:
    """Return the part of a plan that breaks no rule of a problem; locked visits as they are locked.

    Taking a visit away never breaks a rule, so the broken ones go until none is left.
    """
    locks = {
        lock.visit: Assignment(
            lock.visit,
            problem.visit_of[lock.visit].target if lock.start is None else lock.start,
            tuple(lock.carers),
        )
        for lock in problem.locked
    }
    kept = {
        row.visit: row
        for row in plan.assignments
        if row.visit in problem.visit_of and all(name in problem.carer_of for name in row.carers)
    } | locks
    for _ in range(ROUNDS):
        breaches = check(problem, _solution(problem, kept))
        broken = _named(breaches, kept) - locks.keys()
        if not broken:
            return _solution(problem, kept)
        kept = {visit: row for visit, row in kept.items() if visit not in broken}
    return _solution(problem, locks)


def _solution(problem: Problem, rows: dict[str, Assignment]) -> Solution:
    return Solution(problem.name, tuple(rows.values()))


def _named(breaches: Iterable[Breach], rows: dict[str, Assignment]) -> set[str]:
    """Return the visits that breaches name, or else all of the carer's day or week."""
    named: set[str] = set()
    for breach in breaches:
        if breach.visit is not None:
            named.add(breach.visit)
            continue
        named.update(
            visit
            for visit, row in rows.items()
            if breach.carer in row.carers and breach.day in {None, row.start // DAY_MINUTES}
        )
    return named
