"""What holds for any week and any answer to it."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler import check, cost, indicators
from scheduler.exchange import problem_from, problem_to, solution_from, solution_to
from scheduler.model import Problem, Solution
from scheduler.rules import rest
from scheduler.score import terms_of
from tests.scheduler.strategies import answered_weeks

Week = tuple[Problem, Solution]
some_weeks = settings(deadline=None, max_examples=40)


@some_weeks
@given(answered_weeks())
def test_the_cost_is_the_sum_of_its_terms_and_names_each(week: Week) -> None:
    points = cost(*week)

    assert tuple(points.terms) == terms_of(week[0])
    assert points.total == pytest.approx(sum(points.terms.values()), abs=0.01)
    assert all(value >= 0 for value in points.terms.values())


@some_weeks
@given(answered_weeks(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(week: Week, random: Random) -> None:
    problem, solution = week
    rows = list(solution.assignments)
    random.shuffle(rows)
    shuffled = Solution(problem.name, tuple(rows))

    assert Counter(check(problem, shuffled)) == Counter(check(problem, solution))
    assert cost(problem, shuffled).terms == pytest.approx(cost(problem, solution).terms, abs=0.002)
    assert indicators(problem, shuffled) == indicators(problem, solution)


@some_weeks
@given(answered_weeks())
def test_no_visit_vanishes_and_none_counts_twice(week: Week) -> None:
    problem, solution = week

    figures = indicators(problem, solution)

    optional = figures.get("optional visits", 0)
    made = len(solution.assignments) - figures.get("optional visits made", 0)
    assert figures["visits"] + optional == len(problem.visits)
    assert figures["unassigned visits"] + made == figures["visits"]
    assert len(problem.open_visits(solution)) == figures["unassigned visits"]


@some_weeks
@given(answered_weeks(), st.data())
def test_taking_a_visit_away_never_breaks_a_nights_rest(week: Week, data: st.DataObject) -> None:
    problem, solution = week
    if not solution.assignments:
        return
    gone = data.draw(st.sampled_from(solution.assignments))
    left = tuple(row for row in solution.assignments if row != gone)

    before = _missing_rest(problem, solution)
    after = _missing_rest(problem, replace(solution, assignments=left))

    assert all(minutes <= before[carer] for carer, minutes in after.items())


@some_weeks
@given(answered_weeks())
def test_a_clock_change_only_ever_asks_for_more_rest(week: Week) -> None:
    problem, solution = week
    plain = replace(problem, clock_change=None)

    without, with_change = _missing_rest(plain, solution), _missing_rest(problem, solution)

    assert all(minutes <= with_change[carer] for carer, minutes in without.items())
    others = [breach for breach in check(problem, solution) if breach.code != rest.CODE]
    assert others == [b for b in check(plain, solution) if b.code != rest.CODE]


@some_weeks
@given(answered_weeks())
def test_every_breach_says_how_far_and_about_whom(week: Week) -> None:
    for breach in check(*week):
        assert breach.shortfall > 0
        assert breach.carer or breach.visit
        assert breach.message.endswith(".")


@some_weeks
@given(answered_weeks())
def test_a_week_and_its_answer_come_back_from_their_files_equal(week: Week) -> None:
    problem, solution = week

    again = problem_from(problem_to(problem))

    assert again == problem
    assert problem_to(again) == problem_to(problem)
    assert solution_from(solution_to(solution), again) == solution


def _missing_rest(problem: Problem, solution: Solution) -> Counter[str]:
    missing: Counter[str] = Counter()
    for breach in check(problem, solution):
        if breach.code == rest.CODE and breach.carer:
            missing[breach.carer] += breach.shortfall
    return missing
