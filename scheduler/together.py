"""The weeks of several branches as one problem, in which any carer may be sent to any client."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from scheduler.model import Carer, Client, Lock, Place, Problem, ProblemError, Visit
from scheduler.roads import TravelTable
from scheduler.units import Minutes

Row = TypeVar("Row", Carer, Client, Visit, Place)


def together(problems: Mapping[str, Problem], *, name: str) -> Problem:
    """Join the problems of branches, by the branch's name.

    A carer, client or visit that several of them know is taken as its own branch has it, so that
    nobody is a guest any more. What an own visit is locked to stays so. Visits that come after one
    another must be one branch's, as those of one client are.

    Raises
    ------
    ProblemError
        They are not of one week, or not under the same rules; with no problem at all.
    """
    first = next(iter(problems.values()), None)
    if first is None:
        raise ProblemError("", "there is no branch to plan")
    for branch, problem in problems.items():
        for field in ("week_start", "modes", "policy", "clock_change"):
            if getattr(problem, field) != getattr(first, field):
                raise ProblemError(field, f"is not the same for {branch} as for the others")
    clients = _each_once(
        (client, client.branch == branch)
        for branch, problem in problems.items()
        for client in problem.clients
    )
    visits = _each_once(
        (visit, problem.client_of[visit.client].branch == branch)
        for branch, problem in problems.items()
        for visit in problem.visits
    )
    places = _each_once((place, True) for problem in problems.values() for place in problem.places)
    return Problem(
        name=name,
        week_start=first.week_start,
        modes=first.modes,
        policy=first.policy,
        places=places,
        carers=_each_once(
            (carer, carer.branch == branch)
            for branch, problem in problems.items()
            for carer in problem.carers
        ),
        clients=clients,
        visits=visits,
        locked=_locks(problems),
        published=tuple(
            row
            for branch, problem in problems.items()
            for row in problem.published
            if row.visit in problem.visit_of
        ),
        clock_change=first.clock_change,
        travel=_tables(problems.values(), places),
    )


def _each_once(rows: Iterable[tuple[Row, bool]]) -> tuple[Row, ...]:
    """Return rows by first appearance, each as its own branch has it where that is here."""
    found: dict[str, Row] = {}
    own: set[str] = set()
    for row, is_own in rows:
        if row.id not in found or (is_own and row.id not in own):
            found[row.id] = row
        if is_own:
            own.add(row.id)
    return tuple(found.values())


def _locks(problems: Mapping[str, Problem]) -> tuple[Lock, ...]:
    found: dict[str, Lock] = {}
    for branch, problem in problems.items():
        for lock in problem.locked:
            home = problem.client_of[problem.visit_of[lock.visit].client].branch
            if home == branch or home not in problems:
                found.setdefault(lock.visit, lock)
    return tuple(found.values())


def _tables(problems: Iterable[Problem], places: tuple[Place, ...]) -> dict[str, TravelTable]:
    """Return one table for each mode; ways that no branch knows are not known."""
    known: dict[str, dict[str, dict[str, Minutes | None]]] = {}
    for problem in problems:
        names = [place.id for place in problem.places]
        for mode, table in problem.travel.items():
            rows = known.setdefault(mode, {})
            for name, minutes in zip(names, table.minutes, strict=True):
                row = rows.setdefault(name, {})
                for other, value in zip(names, minutes, strict=True):
                    if row.get(other) is None:
                        row[other] = value
    order = [place.id for place in places]
    return {
        mode: TravelTable(
            tuple(tuple(rows.get(name, {}).get(other) for other in order) for name in order)
        )
        for mode, rows in known.items()
    }
