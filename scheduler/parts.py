"""A group's week in parts: some branches taken out to be planned alone, and put back.

A part never harms the rest: a visit that brings together people from both sides of its border is
locked on both. So parts that share no branch can be planned at the same time, and whatever comes of
them goes together into a plan that breaks no rule. Only a part with both branches can lend a carer
or take one back.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from scheduler.model import (
    Assignment,
    Carer,
    Client,
    Lock,
    Problem,
    PublishedVisit,
    Solution,
    Visit,
)
from scheduler.roads import TravelTable
from scheduler.units import WEEK, Minute

ANY_NUMBER: Final = 10_000
"""More carers than any client could see."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some branches' week as a problem of its own, and the plan to begin with."""

    branches: tuple[str, ...]
    problem: Problem
    start: Solution


def first_plan(problem: Problem) -> Solution:
    """Return what is locked, which is all that must be the same in every part."""
    return Solution(
        problem.name,
        tuple(
            Assignment(lock.visit, _start_of(lock, problem), lock.carers) for lock in problem.locked
        ),
    )


def part_of(problem: Problem, branches: Collection[str], plan: Solution) -> Part:
    """Take some branches out of a week, as far as a plan for all of it leaves them free.

    Parameters
    ----------
    plan
        A plan without broken rules. Its visits across the part's border bind the part; the others
        are where the search begins.

    Returns
    -------
    Part
        Costs what the branches cost in the whole week, but for carers of other branches: their
        contract and wishes count where they are at home, and their ways here count here too.
    """
    homes = homes_of(problem)
    inside = {visit.id for visit in problem.visits if homes[visit.id] in branches}
    own = {carer.id for carer in problem.carers if carer.branch in branches}
    ours = [row for row in plan.assignments if row.visit in inside]
    borrowed = [row for row in ours if not own.issuperset(row.carers)]
    lent = [
        replace(row, carers=tuple(name for name in row.carers if name in own))
        for row in plan.assignments
        if row.visit not in inside and own.intersection(row.carers)
    ]
    bound = {row.visit for row in borrowed}
    taken = _problem_of(
        problem,
        name=f"{problem.name}-{'+'.join(sorted(branches))}",
        carers=(
            *(carer for carer in problem.carers if carer.id in own),
            *_guests(problem, borrowed, own),
        ),
        clients=_clients(problem, inside, lent),
        visits=(
            *(visit for visit in problem.visits if visit.id in inside),
            *(held(problem.visit_of[row.visit], row) for row in lent),
        ),
        locked=(
            *(
                lock
                for lock in problem.locked
                if lock.visit in inside - bound and own.issuperset(lock.carers)
            ),
            *(Lock(row.visit, row.carers, row.start) for row in (*borrowed, *lent)),
        ),
        published=tuple(row for row in problem.published if row.visit in inside),
    )
    start = _in_order(taken, Solution(taken.name, (*ours, *lent)))
    return Part(tuple(sorted(branches)), taken, start)


def put_back(
    problem: Problem, plan: Solution, parts: Iterable[tuple[Collection[str], Solution]]
) -> Solution:
    """Return a plan with what became of parts of it in its place.

    Parameters
    ----------
    parts
        Branches and their plan. The parts were taken from this plan and share no branch.
    """
    homes = homes_of(problem)
    rows = {row.visit: row for row in plan.assignments}
    for branches, solution in parts:
        rows = {visit: row for visit, row in rows.items() if homes[visit] not in branches}
        rows.update(
            (row.visit, row) for row in solution.assignments if homes[row.visit] in branches
        )
    return _in_order(problem, Solution(problem.name, tuple(rows.values())))


def guest(carer: Carer, stints: Iterable[tuple[Minute, Minute]]) -> Carer:
    """Return a carer of another branch, who is there for these visits and for nothing else."""
    return replace(
        carer,
        guaranteed_minutes=0,
        preferences=(),
        available=tuple(sorted(set(stints))),
        last_end=-WEEK,
        worked_last_weekend=False,
    )


def held(visit: Visit, row: Assignment) -> Visit:
    """Return a visit of another branch with nothing left to choose; it needs a lock besides."""
    return replace(
        visit,
        target=row.start,
        earliest=row.start,
        latest=row.start,
        carers=len(row.carers),
        skills=(),
        after=None,
        alternatives=(),
        soft=None,
    )


def client_of_others(client: Client, team: Iterable[str]) -> Client:
    """Return a client of another branch; what their visits cost counts in that branch."""
    return replace(
        client,
        gender=None,
        excluded=(),
        familiar=tuple(sorted(set(team))),
        target_carers=ANY_NUMBER,
    )


def is_of_others(client: Client) -> bool:
    """Say whether a client stands in a part only because its carers are sent there."""
    return client.target_carers >= ANY_NUMBER


def _problem_of(
    problem: Problem,
    *,
    name: str,
    carers: tuple[Carer, ...],
    clients: tuple[Client, ...],
    visits: tuple[Visit, ...],
    locked: tuple[Lock, ...],
    published: tuple[PublishedVisit, ...],
) -> Problem:
    """Return a problem with other people and visits; only the places that are needed stay."""
    needed = {carer.home for carer in carers} | {client.place for client in clients}
    kept = [index for index, place in enumerate(problem.places) if place.id in needed]
    return replace(
        problem,
        name=name,
        carers=carers,
        clients=clients,
        visits=visits,
        locked=locked,
        published=published,
        places=tuple(problem.places[index] for index in kept),
        travel={
            mode: TravelTable(
                tuple(tuple(table.minutes[row][column] for column in kept) for row in kept)
            )
            for mode, table in problem.travel.items()
        },
    )


def homes_of(problem: Problem) -> dict[str, str]:
    """Return the branch of each visit; one that comes after another stays with that one's."""
    found: dict[str, str] = {}
    for visit in problem.visits:
        first, seen = visit, {visit.id}
        while first.after is not None and first.after.visit in problem.visit_of:
            first = problem.visit_of[first.after.visit]
            if first.id in seen:
                break
            seen.add(first.id)
        found[visit.id] = problem.client_of[first.client].branch
    return found


def _guests(problem: Problem, rows: Iterable[Assignment], own: Collection[str]) -> Iterator[Carer]:
    stints: dict[str, list[tuple[Minute, Minute]]] = defaultdict(list)
    for row in rows:
        end = row.start + problem.visit_of[row.visit].minutes
        for name in row.carers:
            if name not in own:
                stints[name].append((row.start, end))
    return (guest(problem.carer_of[name], rows) for name, rows in sorted(stints.items()))


def _clients(
    problem: Problem, inside: Collection[str], lent: Iterable[Assignment]
) -> tuple[Client, ...]:
    ours = {visit.client for visit in problem.visits if visit.id in inside}
    teams: dict[str, set[str]] = defaultdict(set)
    for row in lent:
        teams[problem.visit_of[row.visit].client].update(row.carers)
    return tuple(
        client if client.id in ours else client_of_others(client, teams[client.id])
        for client in problem.clients
        if client.id in ours or client.id in teams
    )


def _in_order(problem: Problem, plan: Solution) -> Solution:
    order = {visit.id: row for row, visit in enumerate(problem.visits)}
    return replace(
        plan, assignments=tuple(sorted(plan.assignments, key=lambda row: order[row.visit]))
    )


def _start_of(lock: Lock, problem: Problem) -> Minute:
    return problem.visit_of[lock.visit].target if lock.start is None else lock.start
