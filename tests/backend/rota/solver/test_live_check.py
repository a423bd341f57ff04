"""The live check of one change agrees with the check of the whole week after it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.rota.solver.ids import carer_id, visit_id
from backend.rota.solver.live_check import broken_rules, rules_broken_by
from backend.rota.solver.translate import WeekOfBranch, week_of_branch
from scheduler import Assignment, check
from tests.backend.factories.organisation import BranchFactory
from tests.backend.rota.weeks import full_week

DAY = 1440
CARERS, VISITS = 3, 95


@pytest.fixture
def week(db: None) -> WeekOfBranch:
    return week_of_branch(full_week(BranchFactory(), carers=CARERS, open_visits=VISITS - 90))


def test_a_whole_week_of_rounds_breaks_no_rule(week: WeekOfBranch) -> None:
    assert broken_rules(week) == []


def test_any_change_is_refused_exactly_when_the_week_would_break_a_rule(
    week: WeekOfBranch,
) -> None:
    outcomes = set()

    @settings(max_examples=150, deadline=None, database=None)
    @given(
        number=st.integers(0, VISITS - 1),
        away=st.integers(-45, 45),
        team=st.lists(st.integers(0, CARERS - 1), min_size=1, max_size=2, unique=True),
    )
    def holds(number: int, away: int, team: list[int]) -> None:
        visit = week.problem.visits[number]
        carers = [int(week.problem.carers[index].id[1:]) for index in team]
        start = visit.target + away
        given_to = Assignment(visit.id, start, tuple(carer_id(pk) for pk in carers))
        kept = [row for row in week.draft.assignments if row.visit != visit.id]
        after = replace(week.draft, assignments=(*kept, given_to))

        broken = rules_broken_by(
            week,
            visit=int(visit.id[1:]),
            day=visit.day,
            minute=start - visit.day * DAY,
            carers=carers,
        )

        assert {row.code for row in broken} == {row.code for row in check(week.problem, after)}
        outcomes.add(bool(broken))
        assert visit_id(int(visit.id[1:])) == visit.id

    holds()

    # A test that met only one kind of change would show nothing.
    assert outcomes == {True, False}
