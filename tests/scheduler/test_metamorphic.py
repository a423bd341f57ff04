"""What must not matter to a week: names, which week it is, where the map begins."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler import Problem, Solution, check, cost, solve
from scheduler.model import After, Assignment, Lock, PublishedVisit, Wish
from tests.scheduler.strategies import answered_weeks

EAST, NORTH = 40_000.0, -7_000.0
some_weeks = settings(deadline=None, max_examples=150)


def _renamed(name: str) -> str:
    # Reversed, so that the order of the names is another one as well.
    return f"{name[::-1]}-x"


def _with_new_names(problem: Problem) -> Problem:
    """Return the same week with everybody and everything called something else."""

    def wish(row: Wish) -> Wish:
        return row if row.client is None else replace(row, client=_renamed(row.client))

    return replace(
        problem,
        places=tuple(replace(row, id=_renamed(row.id)) for row in problem.places),
        carers=tuple(
            replace(
                row,
                id=_renamed(row.id),
                branch=_renamed(row.branch),
                home=_renamed(row.home),
                preferences=tuple(map(wish, row.preferences)),
            )
            for row in problem.carers
        ),
        clients=tuple(
            replace(
                row,
                id=_renamed(row.id),
                branch=_renamed(row.branch),
                place=_renamed(row.place),
                familiar=tuple(map(_renamed, row.familiar)),
                excluded=tuple(map(_renamed, row.excluded)),
            )
            for row in problem.clients
        ),
        visits=tuple(
            replace(
                row,
                id=_renamed(row.id),
                client=_renamed(row.client),
                after=row.after and After(_renamed(row.after.visit), row.after.gap),
            )
            for row in problem.visits
        ),
        locked=tuple(
            Lock(_renamed(row.visit), tuple(map(_renamed, row.carers)), row.start)
            for row in problem.locked
        ),
        published=tuple(
            PublishedVisit(_renamed(row.visit), row.start, tuple(map(_renamed, row.carers)))
            for row in problem.published
        ),
    )


def _with_new_names_in(solution: Solution) -> Solution:
    return replace(
        solution,
        assignments=tuple(
            Assignment(_renamed(row.visit), row.start, tuple(map(_renamed, row.carers)))
            for row in solution.assignments
        ),
    )


def _a_week_later(problem: Problem) -> Problem:
    return replace(problem, week_start=problem.week_start + timedelta(weeks=1))


def _elsewhere_on_the_map(problem: Problem) -> Problem:
    return replace(
        problem,
        places=tuple(replace(row, x=row.x + EAST, y=row.y + NORTH) for row in problem.places),
    )


@some_weeks
@given(answered_weeks())
def test_other_names_change_neither_the_cost_nor_the_broken_rules(
    week: tuple[Problem, Solution],
) -> None:
    problem, solution = week
    renamed, answer = _with_new_names(problem), _with_new_names_in(solution)

    assert cost(renamed, answer) == cost(problem, solution)
    assert sorted(row.code for row in check(renamed, answer)) == sorted(
        row.code for row in check(problem, solution)
    )


@pytest.mark.parametrize("moved", [_a_week_later, _elsewhere_on_the_map])
@some_weeks
@given(data=st.data())
def test_another_week_or_another_map_changes_neither_cost_nor_rules(
    moved: Callable[[Problem], Problem], data: st.DataObject
) -> None:
    problem, solution = data.draw(answered_weeks())

    assert cost(moved(problem), solution) == cost(problem, solution)
    assert check(moved(problem), solution) == check(problem, solution)


@settings(deadline=None, max_examples=25)
@given(answered_weeks())
def test_the_search_finds_the_same_plan_whatever_people_are_called(
    week: tuple[Problem, Solution],
) -> None:
    problem, _ = week

    found = solve(problem, seconds=None, iterations=400, threads=1)
    renamed = solve(_with_new_names(problem), seconds=None, iterations=400, threads=1)

    assert sorted(_with_new_names_in(found).assignments, key=str) == sorted(
        renamed.assignments, key=str
    )
