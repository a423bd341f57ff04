"""A solution laid out for the rules: what was given, and each carer's week."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.model import Assignment, Problem, Solution
from scheduler.rules.week import CarerWeek, Stop, carer_week, stop_at
from scheduler.travel import Travel


@dataclass(frozen=True, slots=True)
class Plan:
    """A solution beside its problem.

    Attributes
    ----------
    given
        Visit id to its assignment, in the order of the solution. A row that means nothing (an
        unknown visit or carer, nobody at all, a visit given before) is left out here and is a
        breach of H0.
    weeks
        Carer id to the carer's week; every carer of the problem has one.
    """

    problem: Problem
    solution: Solution
    given: Mapping[str, Assignment]
    weeks: Mapping[str, CarerWeek]
    travel: Travel


def plan_of(problem: Problem, solution: Solution) -> Plan:
    """Lay out a solution, however broken, for the rules."""
    travel = Travel(problem)
    given: dict[str, Assignment] = {}
    stops: defaultdict[str, list[Stop]] = defaultdict(list)
    for row in solution.assignments:
        if row.visit in given or not is_known(row, problem):
            continue
        given[row.visit] = row
        stop = stop_at(problem.visit_of[row.visit], row.start, problem)
        for carer_id in row.carers:
            stops[carer_id].append(stop)
    weeks = {carer.id: carer_week(carer, stops[carer.id], travel) for carer in problem.carers}
    return Plan(problem, solution, given, weeks, travel)


def is_known(row: Assignment, problem: Problem) -> bool:
    """Say whether a row names a visit and at least one carer, all of this problem."""
    carers = problem.carer_of
    return (
        row.visit in problem.visit_of and bool(row.carers) and all(c in carers for c in row.carers)
    )
