"""The slow and plain answer to "what is the least that must change?": try every plan."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from scheduler import check
from scheduler.model import Assignment, Problem, Solution
from scheduler.rules import stability, unassigned


def least(problem: Problem, torn: tuple[str, ...], *, others_may: bool) -> tuple[float, int]:
    """Return the least points of open visits, and the fewest changes that go with them.

    Every start of a window is tried, so windows have to be short. Visits outside the hole are left
    as they were told unless `others_may`.
    """
    told = {row.visit: row for row in problem.published}
    choices = [
        [*_rows(problem, visit.id), None]
        if visit.id in torn or others_may
        else [Assignment(visit.id, told[visit.id].start, told[visit.id].carers)]
        for visit in problem.visits
        if visit.id in torn or visit.id in told
    ]
    plain = replace(problem, published=())
    best = (float("inf"), 0)
    for rows in product(*choices):
        given = {row.visit: row for row in rows if row is not None}
        points = sum(
            unassigned.points(problem.visit_of[visit], problem.policy)
            for visit in {*torn, *told}
            if visit not in given
        )
        changes = sum(stability.changes(row, given.get(visit)) for visit, row in told.items())
        if (points, changes) >= best:
            continue
        if not check(plain, Solution(problem.name, tuple(given.values()))):
            best = (points, changes)
    return best


def _rows(problem: Problem, visit_id: str) -> Iterator[Assignment]:
    visit = problem.visit_of[visit_id]
    names = [carer.id for carer in problem.carers]
    for first, last in visit.periods:
        for start in range(first, last + 1):
            for team in combinations(names, visit.carers):
                yield Assignment(visit_id, start, team)
