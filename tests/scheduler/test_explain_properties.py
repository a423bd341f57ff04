"""The explanation against the plain answer, on random weeks."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler import candidates, cost, explain_unassigned
from scheduler.explain import Verdict, assignment
from scheduler.model import Assignment, Problem, Solution
from scheduler.rules import team
from tests.scheduler.explain_by_force import (
    new_faults,
    possible_starts,
    ways,
    with_row,
    without,
)
from tests.scheduler.strategies import answered_weeks

Week = tuple[Problem, Solution]
some_weeks = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])


@some_weeks
@given(answered_weeks(), st.data())
def test_who_can_and_who_cannot_is_what_trying_every_minute_finds(
    week: Week, data: st.DataObject
) -> None:
    problem, solution = _unlocked(week)
    visit = data.draw(st.sampled_from(problem.visits))
    makes_it = {c for row in solution.assignments if row.visit == visit.id for c in row.carers}

    for verdict in candidates(problem, solution, visit.id):
        if verdict.carer in makes_it:
            assert (verdict.outcome, verdict.cost_change) == ("CAN", 0)
            continue
        possible = possible_starts(problem, solution, visit, verdict.carer)
        if verdict.is_able or verdict.code == team.CODE:
            assert verdict.start in possible
        else:
            assert possible == set()


@some_weeks
@given(answered_weeks(), st.data())
def test_the_start_offered_is_the_planned_one_where_that_is_possible(
    week: Week, data: st.DataObject
) -> None:
    problem, solution = _unlocked(week)
    singles = [visit for visit in problem.visits if visit.carers == 1]
    if not singles:
        return
    visit = data.draw(st.sampled_from(singles))
    planned = {row.visit: row.start for row in solution.assignments}.get(visit.id, visit.target)

    for verdict in candidates(problem, solution, visit.id):
        if verdict.is_able and verdict.start is not None:
            possible = possible_starts(problem, solution, visit, verdict.carer) | {verdict.start}
            nearest = min(abs(start - planned) for start in possible)
            assert abs(verdict.start - planned) == nearest or verdict.cost_change == 0
            assert (verdict.outcome == "CAN") == (verdict.start == planned)


@some_weeks
@given(answered_weeks(), st.data())
def test_the_change_of_cost_is_what_the_score_says_afterwards(
    week: Week, data: st.DataObject
) -> None:
    problem, solution = week
    visit = data.draw(st.sampled_from(problem.visits))
    row = next((row for row in solution.assignments if row.visit == visit.id), None)
    if row is None and visit.carers > 1:
        return

    for verdict in candidates(problem, solution, visit.id):
        if verdict.cost_change is None or verdict.start is None:
            continue
        if row is not None and verdict.carer in row.carers:
            continue
        now = cost(problem, solution).total
        changes = [
            cost(problem, with_row(solution, way)).total - now
            for way in ways(solution, visit, verdict.carer, verdict.start)
            if not new_faults(problem, solution, with_row(solution, way))
        ]
        assert verdict.cost_change == pytest.approx(min(changes), abs=0.01)


@some_weeks
@given(answered_weeks(), st.data())
def test_moving_the_visit_that_is_named_makes_room(week: Week, data: st.DataObject) -> None:
    problem, solution = week
    visit = data.draw(st.sampled_from(problem.visits))

    for verdict in candidates(problem, solution, visit.id):
        if verdict.moves is None or verdict.start is None:
            continue
        assert verdict.moves not in {lock.visit for lock in problem.locked}
        lighter = without(solution, verdict.moves)
        after = [
            with_row(lighter, way) for way in ways(lighter, visit, verdict.carer, verdict.start)
        ]
        if verdict.moves_to or verdict.moves_start:
            placed = [_with_moved(answer, solution, verdict) for answer in after]
            assert any(not new_faults(problem, solution, answer) for answer in placed)
        # A lock on a visit that must go would be a new fault, and so would any other.
        assert any(not new_faults(problem, solution, answer) for answer in after)


@some_weeks
@given(answered_weeks(), st.data())
def test_the_difference_by_term_is_what_the_score_says_of_both_weeks(
    week: Week, data: st.DataObject
) -> None:
    problem, solution = week
    assigned = [problem.visit_of[row.visit] for row in solution.assignments]
    if not assigned:
        return
    visit = data.draw(st.sampled_from(assigned))
    row = next(row for row in solution.assignments if row.visit == visit.id)
    now = cost(problem, solution)

    for verdict in candidates(problem, solution, visit.id):
        if verdict.replaces is None or verdict.start is None:
            continue
        stays = tuple(other for other in row.carers if other != verdict.replaces)
        changed = Assignment(visit.id, verdict.start, (*stays, verdict.carer))
        then = cost(problem, with_row(solution, changed))
        for term in now.terms:
            difference = then.terms[term] - now.terms[term]
            assert verdict.terms.get(term, 0.0) == pytest.approx(difference, abs=0.01)


@some_weeks
@given(answered_weeks(), st.data())
def test_the_rules_in_the_way_are_those_that_the_check_finds(
    week: Week, data: st.DataObject
) -> None:
    problem, solution = _unlocked(week)
    singles = [row for row in solution.assignments if len(row.carers) == 1]
    if not singles:
        return
    row = data.draw(st.sampled_from(singles))
    carer = data.draw(st.sampled_from(problem.carers))

    asked = assignment(problem, solution, row.visit, carer.id).asked

    if asked is None or asked.verdict.code is None:
        return
    changed = with_row(solution, replace(row, carers=(carer.id,)))
    broken = set(new_faults(problem, solution, changed))
    assert {fault.code for fault in asked.faults} - {asked.faults[0].code} <= broken
    assert broken <= {fault.code for fault in asked.faults}


@some_weeks
@given(answered_weeks())
def test_each_open_visit_is_explained_and_each_carer_counted_once(week: Week) -> None:
    problem, solution = week
    given_visits = {row.visit for row in solution.assignments}

    explained = explain_unassigned(problem, solution)

    assert [row.visit for row in explained] == [
        v.id for v in problem.visits if v.id not in given_visits and not v.is_optional
    ]
    for row in explained:
        able = [v for v in candidates(problem, solution, row.visit) if v.code is None]
        assert sum(row.reasons.values()) + len(able) == len(problem.carers)
        assert len(row.nearest) == min(3, len(problem.carers))
        assert all(near.change and near.message for near in row.nearest)


@some_weeks
@given(answered_weeks())
def test_the_same_week_is_explained_in_the_same_way(week: Week) -> None:
    assert explain_unassigned(*week) == explain_unassigned(*week)


def _with_moved(answer: Solution, before: Solution, verdict: Verdict) -> Solution:
    """Return a solution in which the visit that must go is where the verdict says."""
    row = next(row for row in before.assignments if row.visit == verdict.moves)
    if verdict.moves_to is None:
        return with_row(answer, replace(row, start=verdict.moves_start or 0))
    stays = tuple(other for other in row.carers if other != verdict.carer)
    return with_row(answer, replace(row, carers=(*stays, verdict.moves_to)))


def _unlocked(week: Week) -> Week:
    """Locks refuse carers for a reason that trying every minute does not see."""
    problem, solution = week
    return replace(problem, locked=()), solution
