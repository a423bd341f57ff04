"""What the law took out of a plan is planned anew, for other carers.

The carers concerned keep what they have and get nothing more; everybody else's week may change.
"""

from collections.abc import Callable, Set
from dataclasses import replace
from typing import TypeAlias

from backend.rota.solver.ids import carer_id
from backend.rota.solver.law_facts import LawFacts
from backend.rota.solver.law_records import Lawful, lawful_part
from scheduler import Lock, Problem, Solution, check
from scheduler.rules import plan_of
from scheduler.score import cost

TRIES = 3
"""Each try may lead others to a limit of the law; after so many, what is left stays open."""

Again: TypeAlias = Callable[[Problem, Solution], Solution | None]
"""Solves a problem from a start; None where that is no longer wanted, or failed."""


def planned_anew(
    facts: LawFacts,
    problem: Problem,
    lawful: Lawful,
    again: Again,
    *,
    since: Solution | None = None,
) -> Lawful:
    """Return a plan that is within the law and never worse than the one given.

    Of it, `taken` holds what the law took and nobody else could make. `since` is the plan that is
    only to be mended, as in `lawful_part`: whoever mends it keeps visits where they are as far as
    they can, so that the carers' weeks are full and nothing of them is locked.
    """
    hold = held_back if since is None else full_weeks
    best, price = lawful.plan, _price(problem, lawful.plan)
    taken, held = dict(lawful.taken), _concerned(lawful)
    for _ in range(TRIES if held else 0):
        answer = again(hold(problem, best, held), best)
        if answer is None:
            break
        found = lawful_part(facts, problem, answer, since)
        found_price = _price(problem, found.plan)
        if found_price < price:
            best, price = found.plan, found_price
            taken |= found.taken
        if not found.taken:
            break
        held |= _concerned(found)
    given = {row.visit for row in best.assignments}
    return Lawful(best, {visit: row for visit, row in taken.items() if visit not in given})


def held_back(problem: Problem, plan: Solution, carers: Set[str]) -> Problem:
    """Return a problem in which these carers make what they make in a plan, and nothing else.

    All their visits are locked where they are, and their weeks are full.
    """
    locks = {lock.visit: lock for lock in problem.locked} | {
        row.visit: Lock(row.visit, row.carers, row.start)
        for row in plan.assignments
        if not carers.isdisjoint(row.carers)
    }
    return replace(full_weeks(problem, plan, carers), locked=tuple(locks.values()))


def full_weeks(problem: Problem, plan: Solution, carers: Set[str]) -> Problem:
    """Return a problem in which these carers work no longer than in a plan."""
    weeks, gap = plan_of(problem, plan).weeks, problem.policy.split_gap_minutes
    return replace(
        problem,
        carers=tuple(
            replace(row, max_week_minutes=weeks[row.id].work(gap)) if row.id in carers else row
            for row in problem.carers
        ),
    )


def _concerned(lawful: Lawful) -> set[str]:
    return {carer_id(finding.carer) for finding in lawful.taken.values()}


def _price(problem: Problem, plan: Solution) -> tuple[int, float]:
    return len(check(problem, plan)), cost(problem, plan).total
