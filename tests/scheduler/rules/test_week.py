"""A carer's week that is changed stop by stop is the week made at once."""

from hypothesis import given, settings

from scheduler.model import Problem, Solution
from scheduler.rules import carer_week, plan_of, stop_at
from scheduler.travel import Travel
from tests.scheduler.builders import a_problem, a_visit, at, week_of
from tests.scheduler.strategies import answered_weeks

Week = tuple[Problem, Solution]


@settings(deadline=None, max_examples=40)
@given(answered_weeks())
def test_stop_by_stop_or_at_once_the_week_is_the_same(week: Week) -> None:
    problem, solution = week
    travel = Travel(problem)

    for carer in problem.carers:
        stops = [
            stop_at(problem.visit_of[row.visit], row.start, problem)
            for row in solution.assignments
            if carer.id in row.carers
        ]
        grown = carer_week(carer, (), travel)
        for stop in stops:
            grown = grown.with_stop(stop, travel)
        assert (
            grown == carer_week(carer, stops, travel) == plan_of(problem, solution).weeks[carer.id]
        )

        for stop in stops:
            grown = grown.without(stop.visit.id, travel)
        assert grown.days == ()


def test_a_stop_belongs_to_the_day_on_which_it_starts() -> None:
    late, early = a_visit("late", "Mon 23:30"), a_visit("early", "Tue 00:00")
    problem = a_problem(visits=[late, early])

    week = week_of(problem, early, late)

    assert [day.day for day in week.days] == [0, 1]
    assert week.days[0].last_end == at("Mon 24:00")
    assert list(week.legs()) == []
