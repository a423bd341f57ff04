"""In which order the rows of a first rota are tried, and at which starts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scheduler.model import Problem, Solution, Visit
from scheduler.units import Minute

STARTS_EVERY: Final = 5
"""Minutes between the starts that are tried for a team whose start is free."""


@dataclass(frozen=True, slots=True)
class FirstRow:
    """A visit that has a team beforehand. `start` is None where only the team is given."""

    visit: str
    start: Minute | None
    carers: tuple[str, ...]


def locked_rows(problem: Problem, start: Solution | None) -> list[FirstRow]:
    """Return the locked visits; those with a start come first.

    Where the lock leaves the start open, it is where the given solution or the last publication
    has the same team.
    """
    given = {row.visit: row for row in start.assignments} if start else {}
    told = {row.visit: row for row in problem.published}
    rows = []
    for lock in problem.locked:
        moment = lock.start
        for known in (given.get(lock.visit), told.get(lock.visit)):
            if moment is None and known and set(known.carers) == set(lock.carers):
                moment = known.start
        rows.append(FirstRow(lock.visit, moment, lock.carers))
    return sorted(rows, key=lambda row: (row.start is None, row.start or 0, row.visit))


def known_rows(problem: Problem, start: Solution | None) -> list[FirstRow]:
    """Return what the given solution has, or else what was published, in time order."""
    rows = start.assignments if start is not None else problem.published
    locked = {lock.visit for lock in problem.locked}
    known = [
        FirstRow(row.visit, row.start, row.carers)
        for row in rows
        if row.visit in problem.visit_of
        and row.visit not in locked
        and is_whole_team(problem, row.visit, row.carers)
    ]
    return sorted(known, key=lambda row: (row.start or 0, row.visit))


def is_whole_team(problem: Problem, visit: str, carers: Sequence[str]) -> bool:
    """Say whether these are as many known, different carers as the visit needs."""
    return len(set(carers)) == len(carers) == problem.visit_of[visit].carers and all(
        carer in problem.carer_of for carer in carers
    )


def starts_near_target(visit: Visit) -> Iterator[Minute]:
    """Yield the starts within the visit's windows, those nearest to the target first."""
    moments: set[Minute] = set()
    for window in visit.windows:
        moments.update((window.earliest, window.latest))
        moments.update(range(window.target, window.earliest - 1, -STARTS_EVERY))
        moments.update(range(window.target, window.latest + 1, STARTS_EVERY))
    yield from sorted(moments, key=lambda moment: (abs(moment - visit.target), moment))
