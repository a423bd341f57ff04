"""What would have to give way: against trying every plan of the day, and by the plain rules."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler import check, problem_from, solution_from
from scheduler.exact import eased_day
from scheduler.exact.cover import ways_to_cover
from scheduler.exact.relaxation import DEARNESS, Kind, Way
from scheduler.model import Assignment, Lock, Problem, ProblemError, Solution, Visit
from scheduler.rules import Breach, suitability
from scheduler.units import DAY
from tests.scheduler.builders import (
    a_carer,
    a_problem,
    a_row,
    a_solution,
    a_visit,
    at,
)
from tests.scheduler.exact.by_force import tiny_weeks

FREE = {"H0", "H1", "H5", "H11"}
"""Rules that never give way, for no visit."""
Key = tuple[str, str | None, str | None, int | None]


def plan_after(solution: Solution, way: Way) -> Solution:
    changed = {row.visit for row in way.changes}
    kept = tuple(row for row in solution.assignments if row.visit not in changed)
    return replace(solution, assignments=(*kept, *way.changes))


def added(problem: Problem, before: Solution, after: Solution) -> Counter[Key]:
    """Return what `after` breaks further than `before`, the worst of each rule on each day."""
    found = _worst(check(problem, after))
    known = _worst(check(problem, before))
    return Counter({key: n - known[key] for key, n in found.items() if n > known[key]})


def _worst(breaches: tuple[Breach, ...]) -> Counter[Key]:
    worst: Counter[Key] = Counter()
    for row in breaches:
        # Rules about a night or a stretch name a visit that may change with the plan.
        visit = None if row.code in {"H6", "H7", "H8", "H9", "V3"} else row.visit
        key = (row.code, row.carer, visit, row.day)
        if row.code == "H3":
            worst[key] += row.shortfall
        else:
            worst[key] = max(worst[key], row.shortfall)
    return worst


def stated(way: Way) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for row in way.relaxations:
        if row.kind != "LOCK":
            visit = None if row.rule in {"H6", "H7", "H8", "H9"} else row.visit
            found[row.rule, row.carer, visit, row.day] += row.amount
    return found


@st.composite
def opened_weeks(draw: st.DrawFn) -> tuple[Problem, Solution, str]:
    """Return a tiny week, a plan that tears nobody, and one of its open visits."""
    problem = replace(draw(tiny_weeks()), locked=())
    assume(problem.visits)
    opened = draw(st.sampled_from(problem.visits))
    rows = []
    for visit in problem.visits:
        if visit is not opened and visit.carers <= len(problem.carers):
            team = draw(st.permutations([carer.id for carer in problem.carers]))
            rows.append(Assignment(visit.id, visit.target, tuple(team[: visit.carers])))
    return problem, Solution(problem.name, tuple(rows)), opened.id


def price_of(broken: Counter[Key], problem: Problem, visit: Visit) -> int | None:
    """Return the price of what a plan breaks anew; None when it breaks what cannot give way."""
    total = 0
    for (code, carer, about, day), amount in broken.items():
        if code in FREE or (code in {"H2", "H3", "H4"} and about != visit.id):
            return None
        for kind, size in _kinds(code, carer, day, amount, problem, visit):
            total += eased_day.FACT * DEARNESS[kind] + size
    return total


def _kinds(
    code: str, carer: str | None, day: int | None, amount: int, problem: Problem, visit: Visit
) -> Iterator[tuple[Kind, int]]:
    plain: dict[tuple[str, bool], Kind] = {
        ("H2", True): "WINDOW",
        ("H6", True): "DAILY_REST",
        ("H6", False): "WEEKLY_REST",
        ("H7", True): "DAY_WORK",
        ("H7", False): "WEEK_WORK",
        ("H8", False): "DAYS",
        ("H9", True): "BREAK",
        ("H10", True): "ORDER",
        ("V1", True): "VOTED_ROW",
        ("V2", True): "VOTED_WEEKEND",
        ("V3", True): "VOTED_NIGHT",
    }
    if (code, day is not None) in plain:
        yield plain[code, day is not None], amount
        return
    assert carer is not None
    person = problem.carer_of[carer]
    if code == "H4":
        is_there = any(since // DAY == visit.day for since, _ in person.available)
        yield ("AVAILABILITY" if is_there else "AWAY"), amount
        return
    client = problem.client_of[visit.client]
    missing = len(set(visit.skills) - set(person.skills))
    facts: list[tuple[Kind, int]] = [
        ("SKILL", missing),
        ("DECLINE", int(carer in client.excluded)),
        ("GENDER", int(client.gender not in {None, person.gender})),
    ]
    yield from (fact for fact in facts if fact[1])


def cheapest_by_force(problem: Problem, solution: Solution, visit: Visit) -> int | None:
    """Return the least price over all plans in which only that day's visits change."""
    ids = [carer.id for carer in problem.carers]
    midnight = visit.day * DAY
    first = max(midnight, visit.first_start - eased_day.FARTHEST_START)
    last = min(midnight + DAY - visit.minutes, visit.last_start + eased_day.FARTHEST_START)
    options = [
        [
            Assignment(visit.id, start, team)
            for start in range(first, last + 1)
            for team in combinations(ids, visit.carers)
        ]
    ]
    for row in solution.assignments:
        other = problem.visit_of[row.visit]
        options.append([row] if other.day != visit.day else list(_moves(problem, row, other)))
    prices = (
        price_of(added(problem, solution, Solution(problem.name, rows)), problem, visit)
        for rows in product(*options)
    )
    return min((price for price in prices if price is not None), default=None)


def _moves(problem: Problem, row: Assignment, other: Visit) -> Iterator[Assignment]:
    client = problem.client_of[other.client]
    fit = [
        carer.id
        for carer in problem.carers
        if carer.id in row.carers or not any(suitability.misfits(carer, other, client))
    ]
    inside = (range(first, last + 1) for first, last in other.periods)
    for start in {row.start, *chain.from_iterable(inside)}:
        for team in combinations(fit, other.carers):
            yield Assignment(other.id, start, team)


@settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
@given(opened_weeks())
def test_the_first_way_is_the_least_of_all_plans_of_the_day(
    week: tuple[Problem, Solution, str],
) -> None:
    problem, solution, opened = week
    # Where somebody is already sent who cannot be there, that visit is not moved about.
    assume(not any(breach.code in {"H4", "H5"} for breach in check(problem, solution)))
    visit = problem.visit_of[opened]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(eased_day, "FARTHEST_START", 2)
        patch.setattr(eased_day, "AROUND", DAY)
        study = ways_to_cover(problem, solution, opened, seconds=60)
        assert study.is_complete
        if len(study.carers) < visit.carers:
            return
        least = cheapest_by_force(problem, solution, visit)

    if least is None:
        assert study.ways == ()
        return
    way = study.ways[0]
    assert sum(eased_day.FACT * DEARNESS[row.kind] + row.amount for row in way.relaxations) == least


@settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
@given(opened_weeks())
def test_a_plan_changed_as_a_way_says_breaks_what_it_names_and_no_more(
    week: tuple[Problem, Solution, str],
) -> None:
    problem, solution, opened = week
    study = ways_to_cover(problem, solution, opened, seconds=60)

    for way in study.ways:
        assert way.changes[0].visit == opened
        assert added(problem, solution, plan_after(solution, way)) == stated(way)
    sets = [frozenset((row.kind, row.carer, row.day) for row in w.relaxations) for w in study.ways]
    assert not any(one <= other for one, other in combinations(sets, 2))


def a_full_day(**changes: object) -> tuple[Problem, Solution]:
    """Return a week in which "ann" may come until 9:45 and the visit would end at 10:00."""
    until = ((at("Mon 07:00"), at("Mon 09:45")),)
    carer = a_carer("ann", available=until, **changes)
    visit = a_visit("v1", "Mon 09:30", earliest=at("Mon 09:30"), latest=at("Mon 09:30"))
    return a_problem(visits=[visit], carers=[carer]), a_solution()


def kinds(way: Way) -> list[tuple[str, int]]:
    return [(row.kind, row.amount) for row in way.relaxations]


def test_longer_hours_of_a_carer_or_an_earlier_visit_would_cover_it() -> None:
    study = ways_to_cover(*a_full_day(), "v1")

    assert sorted(map(kinds, study.ways)) == [[("AVAILABILITY", 15)], [("WINDOW", 15)]]
    assert study.is_complete
    assert all(way.is_minimal for way in study.ways)


def test_the_law_gives_way_only_when_nothing_else_does() -> None:
    carers = [
        a_carer("ann", last_end=0),
        a_carer("bob", available=()),
    ]
    visit = a_visit("v1", "Mon 09:00", skills=("peg",), earliest=540, latest=540)
    problem = a_problem(visits=[visit], carers=carers)

    first, *_ = ways_to_cover(problem, a_solution(), "v1").ways

    assert {row.kind for row in first.relaxations} == {"AWAY", "SKILL"}
    assert not any(row.is_law for row in first.relaxations)


def test_a_visit_that_others_make_room_for_needs_no_relaxation() -> None:
    visits = [
        a_visit("v1", "Mon 09:00", earliest=540, latest=540),
        a_visit("v2", "Mon 09:00"),
    ]
    problem = a_problem(visits=visits)

    study = ways_to_cover(problem, a_solution(a_row("v2", "Mon 09:00")), "v1")

    (way,) = study.ways
    assert way.relaxations == ()
    assert {row.visit for row in way.changes} == {"v1", "v2"}
    assert check(problem, plan_after(a_solution(), way)) == ()


def test_ways_for_a_recorded_week_hold_by_the_plain_rules() -> None:
    recorded = json.loads((Path(__file__).parents[1] / "data" / "sound.json").read_text())
    problem = problem_from(recorded["problem"])
    solution = solution_from(recorded["solution"], problem)
    given = {row.visit for row in solution.assignments}
    opened = [visit.id for visit in problem.visits if visit.id not in given]

    studies = [ways_to_cover(problem, solution, visit, seconds=20) for visit in opened[:6]]

    assert all(study.ways for study in studies)
    for study in studies:
        for way in study.ways:
            assert added(problem, solution, plan_after(solution, way)) == stated(way)
            assert not {row.visit for row in way.changes} - {study.visit} - given


def test_a_lock_to_somebody_else_is_named() -> None:
    visit = a_visit("v1", "Mon 09:00")
    carers = [a_carer("ann"), a_carer("bob", available=())]
    problem = a_problem(visits=[visit], carers=carers, locked=(Lock("v1", ("bob",)),))

    first, *_ = ways_to_cover(problem, a_solution(), "v1").ways

    assert [(row.kind, row.carer, row.rule) for row in first.relaxations] == [
        ("LOCK", "ann", "H11")
    ]


def test_a_visit_for_two_in_a_week_of_one_carer_has_no_way() -> None:
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00", carers=2)])

    study = ways_to_cover(problem, a_solution(), "v1")

    assert (study.ways, study.is_complete) == ((), True)


def test_without_time_nothing_is_claimed() -> None:
    study = ways_to_cover(*a_full_day(), "v1", seconds=0)

    assert (study.ways, study.is_complete) == ((), False)


def test_a_visit_that_is_covered_or_unknown_is_refused() -> None:
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00")])

    with pytest.raises(ProblemError, match="is not open"):
        ways_to_cover(problem, a_solution(a_row("v1", "Mon 09:00")), "v1")
    with pytest.raises(ProblemError, match="there is no visit"):
        ways_to_cover(problem, a_solution(), "v2")
