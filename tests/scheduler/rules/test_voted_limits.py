"""V1 to V6: what members voted, at the edges of each limit."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler import beyond_votes, check, cost, problem_from, problem_to, solve
from scheduler.model import Lock, Policy, Problem, ProblemError, Solution, VotedLimits
from scheduler.rules import voted_days, voted_nights, voted_price, voted_weekends
from scheduler.voted_limits import OVER_POINTS, SCALES
from tests.scheduler.builders import (
    DAYS,
    POLICY,
    a_carer,
    a_client,
    a_problem,
    a_solution,
    a_visit,
    at,
    breaches_by,
    on_target,
    week_of,
)
from tests.scheduler.strategies import answered_weeks

HARD = {voted_days.CODE, voted_weekends.CODE, voted_nights.CODE}


def voting(**limits: int) -> Policy:
    """Return the usual policy with voted limits."""
    return replace(POLICY, voted=VotedLimits(**limits))


def working_on(days: str, *, before: int = 0, **limits: int) -> Problem:
    """Return a week with a visit at 09:00 on each of some days, such as "Mon Tue"."""
    visits = [a_visit(f"v{day}", f"{day} 09:00") for day in days.split()]
    carer = a_carer(days_in_a_row_before=before)
    return a_problem(carers=[carer], visits=visits, policy=voting(**limits))


@pytest.mark.parametrize(
    ("days", "before", "over"),
    [
        ("Mon Tue Wed", 0, []),
        ("Mon Tue Wed Thu", 0, [(3, 1)]),
        ("Mon Tue Wed Fri Sat Sun", 0, []),
        ("Thu Fri Sat Sun", 0, [(6, 1)]),
        # The row began before Monday.
        ("Mon", 2, []),
        ("Mon", 3, [(0, 1)]),
        ("Mon Tue", 2, [(1, 1)]),
        ("Tue Wed Thu", 6, []),
        ("", 6, []),
    ],
)
def test_days_in_a_row_are_counted_across_the_border_of_the_week(
    days: str, before: int, over: list[tuple[int, int]]
) -> None:
    problem = working_on(days, before=before, max_consecutive_days=3)

    found = breaches_by(voted_days, problem, on_target(problem))

    assert [(row.day, row.shortfall) for row in found] == over


@pytest.mark.parametrize(
    ("worked", "most", "days"), [(0, 1, []), (1, 1, [5, 6]), (2, 3, []), (3, 3, [5, 6]), (3, 4, [])]
)
def test_a_weekend_is_free_once_enough_of_the_three_before_were_worked(
    worked: int, most: int, days: list[int]
) -> None:
    visits = [a_visit(f"v{day}", f"{day} 09:00") for day in DAYS]
    carer = a_carer(weekends_worked_in_last_three=worked)
    policy = voting(max_weekends_in_four=most)
    problem = a_problem(carers=[carer], visits=visits, policy=policy)

    found = breaches_by(voted_weekends, problem, on_target(problem))

    assert [row.day for row in found] == days


@pytest.mark.parametrize(
    ("evening", "morning", "missing"),
    [
        ("Mon 20:30", "Tue 07:59", 0),
        ("Mon 20:31", "Tue 07:59", 1),
        ("Mon 21:30", "Tue 07:45", 15),
        ("Mon 21:30", "Tue 08:00", 0),
        ("Mon 21:30", "Wed 06:00", 0),
    ],
)
def test_a_late_evening_is_not_followed_by_an_early_start(
    evening: str, morning: str, missing: int
) -> None:
    visits = [a_visit("late", evening), a_visit("early", morning)]
    problem = a_problem(visits=visits, policy=voting(latest_finish_before_early=1260))

    found = breaches_by(voted_nights, problem, on_target(problem))

    assert [(row.visit, row.shortfall) for row in found] == (
        [("early", missing)] if missing else []
    )


@pytest.mark.parametrize(("last_end", "is_kept"), [("Sun 21:00", True), ("Sun 21:01", False)])
def test_the_sunday_before_counts_as_an_evening(last_end: str, *, is_kept: bool) -> None:
    carer = a_carer(last_end=at(last_end) - 7 * 1440)
    policy = voting(latest_finish_before_early=1260, early_start_minute=600)
    problem = a_problem(carers=[carer], visits=[a_visit("v", "Mon 09:30")], policy=policy)

    assert (breaches_by(voted_nights, problem, on_target(problem)) == []) is is_kept


@pytest.mark.parametrize(
    ("limit", "value", "second", "over"),
    [
        # Ten minutes of travel; the first visit ends at 09:30.
        ("max_idle_minutes", 30, "Mon 10:10", 0),
        ("max_idle_minutes", 30, "Mon 10:11", 1),
        ("max_idle_minutes", 30, "Mon 11:30", 80),
        ("max_idle_minutes", 30, "Mon 11:31", 0),
        ("max_splits_week", 0, "Mon 11:30", 0),
        ("max_splits_week", 0, "Mon 11:31", 1),
        ("max_splits_week", 1, "Mon 11:31", 0),
        ("max_journey_minutes", 10, "Mon 09:40", 0),
    ],
)
def test_waits_and_splits_beyond_a_vote_are_told_and_priced(
    limit: str, value: int, second: str, over: int
) -> None:
    visits = [a_visit("v1", "Mon 09:00"), a_visit("v2", second, client="lee")]
    problem = a_problem(
        visits=visits,
        clients=[a_client(), a_client("lee", "far")],
        metres={"far": 10_000},
        policy=voting(**{limit: value}),
    )
    solution = on_target(problem)

    assert [row.shortfall for row in beyond_votes(problem, solution)] == ([over] if over else [])
    assert cost(problem, solution).terms["S9 voted limits"] == OVER_POINTS * (over > 0)
    assert check(problem, solution) == ()


def test_a_way_too_long_is_told_with_its_minutes() -> None:
    visits = [a_visit("v1", "Mon 09:00"), a_visit("v2", "Mon 10:00", client="lee")]
    problem = a_problem(
        visits=visits,
        clients=[a_client(), a_client("lee", "far")],
        metres={"far": 13_000},
        policy=voting(max_journey_minutes=10),
    )

    found = beyond_votes(problem, on_target(problem))

    assert [(row.code, row.visit, row.shortfall) for row in found] == [("V6", "v2", 3)]


def test_a_price_per_split_not_per_week() -> None:
    visits = [
        a_visit(f"{day}{hour}", f"{day} {hour}:00") for day in ("Mon", "Tue") for hour in ("08", 15)
    ]
    problem = a_problem(visits=visits, policy=voting(max_splits_week=0))
    week = week_of(problem, *visits)

    assert voted_price.penalty(week, problem) == {"S9 voted limits": 2 * OVER_POINTS}


@pytest.mark.parametrize("name", list(SCALES))
def test_the_law_ends_each_scale(name: str) -> None:
    least, most = SCALES[name]

    assert VotedLimits(**{name: least}).given() == {name: least}
    assert VotedLimits(**{name: most}).given() == {name: most}
    for beyond in (least - 1, most + 1):
        with pytest.raises(ProblemError, match=name):
            VotedLimits(**{name: beyond})


def test_a_week_without_votes_is_the_same_file_with_the_same_terms() -> None:
    problem = a_problem(visits=[a_visit("v", "Mon 09:00")])
    document = problem_to(problem)

    assert document["format"] == "rota-problem/1"
    assert "voted" not in document["policy"]
    assert "days_in_a_row_before" not in document["carers"][0]
    assert "S9 voted limits" not in cost(problem, on_target(problem)).terms


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"policy": voting(max_splits_week=2)}, "policy.voted"),
        ({"carers": [a_carer(days_in_a_row_before=2)]}, r"carers\[0\].days_in_a_row_before"),
    ],
)
def test_votes_belong_to_the_second_version_of_the_file(changes: Any, path: str) -> None:
    document = problem_to(a_problem(**changes))

    assert document["format"] == "rota-problem/2"
    assert problem_from(document) == a_problem(**changes)
    with pytest.raises(ProblemError, match=path):
        problem_from({**document, "format": "rota-problem/1"})


def test_a_lock_against_a_vote_is_left_open_and_reported() -> None:
    problem = working_on("Mon Tue Wed Thu", max_consecutive_days=3)
    locks = tuple(Lock(visit.id, ("ann",)) for visit in problem.visits)
    problem = replace(problem, locked=locks)

    solution = solve(problem, seconds=None, iterations=200)

    assert len(solution.assignments) == 3
    assert [row.code for row in check(problem, solution)] == ["H11"]


def test_care_goes_before_a_vote_that_is_priced() -> None:
    visits = [
        a_visit("v1", "Mon 08:00", 15, priority=3, earliest=480, latest=480),
        a_visit("v2", "Mon 15:00", 15, priority=3, earliest=900, latest=900),
    ]
    problem = a_problem(visits=visits, policy=voting(max_splits_week=0))

    solution = solve(problem, seconds=None, iterations=200)

    assert len(solution.assignments) == 2
    assert [row.code for row in beyond_votes(problem, solution)] == ["V4"]


@settings(deadline=None, max_examples=80)
@given(answered_weeks(), st.data())
def test_taking_a_visit_away_never_breaks_a_vote_that_is_never_broken(
    week: tuple[Problem, Solution], data: st.DataObject
) -> None:
    problem, solution = week
    if not solution.assignments:
        return
    gone = data.draw(st.sampled_from(solution.assignments))
    fewer = a_solution(*(row for row in solution.assignments if row != gone))

    def broken(plan: Solution) -> dict[tuple[str, str | None, int | None], int]:
        rows = [row for row in check(problem, plan) if row.code in HARD]
        return {(row.code, row.carer, row.day): row.shortfall for row in rows}

    before = broken(solution)
    assert all(minutes <= before.get(key, 0) for key, minutes in broken(fewer).items())


@settings(deadline=None, max_examples=60)
@given(answered_weeks())
def test_a_vote_only_ever_adds_to_breaches_and_cost(week: tuple[Problem, Solution]) -> None:
    problem, solution = week
    plain = replace(problem, policy=replace(problem.policy, voted=VotedLimits()))

    others = [row for row in check(problem, solution) if row.code not in HARD]
    assert others == list(check(plain, solution))
    excess = cost(problem, solution).total - cost(plain, solution).total
    assert excess == pytest.approx(
        cost(problem, solution).terms.get("S9 voted limits", 0), abs=0.01
    )
