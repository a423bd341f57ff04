"""The rules against an independent scorer on 2,000 weeks, and changes that change nothing."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler import check, cost, indicators
from scheduler.model import OPTIONAL, Policy, Problem, Solution, Window, Wish
from scheduler.units import DAY, WEEK
from tests.scheduler.agreement import WEEKS, answered_week, fingerprint
from tests.scheduler.strategies import answered_weeks

Week = tuple[Problem, Solution]
RECORDED = json.loads((Path(__file__).parent / "data" / "agreement" / "weeks.json").read_text())
some_weeks = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
SHARE = 250


def test_the_recorded_weeks_are_those_that_are_made_here() -> None:
    assert len(RECORDED["scores"]) == WEEKS
    assert fingerprint() == RECORDED["fingerprint"]


def test_every_rule_is_broken_and_kept_somewhere_in_the_recorded_weeks() -> None:
    broken = Counter(code for row in RECORDED["scores"] for code in row["hard"])

    assert set(broken) == {f"H{number}" for number in range(12)}
    assert all(count > 20 for count in broken.values())
    assert sum(not row["hard"] for row in RECORDED["scores"]) > 20


@pytest.mark.parametrize("first", range(0, WEEKS, SHARE))
def test_breaches_and_cost_are_exactly_those_of_the_independent_scorer(first: int) -> None:
    for seed in range(first, first + SHARE):
        week, expected = answered_week(seed), RECORDED["scores"][seed]

        assert Counter(breach.code for breach in check(*week)) == expected["hard"], seed
        assert cost(*week).total == expected["total"], seed


@some_weeks
@given(answered_weeks())
def test_the_names_of_people_and_visits_are_nothing_to_the_rules(week: Week) -> None:
    problem, solution = week

    renamed = _renamed(*week)

    assert cost(*renamed).terms == pytest.approx(cost(problem, solution).terms, abs=0.002)
    assert _faults(*renamed) == _faults(problem, solution)
    assert indicators(*renamed) == indicators(problem, solution)


@some_weeks
@given(answered_weeks(), st.integers(-52, 52))
def test_the_same_week_in_another_month_costs_the_same(week: Week, weeks: int) -> None:
    problem, solution = week
    shifted = replace(
        problem,
        week_start=problem.week_start.fromordinal(problem.week_start.toordinal() + 7 * weeks),
    )

    assert cost(shifted, solution) == cost(problem, solution)
    assert check(shifted, solution) == check(problem, solution)


@some_weeks
@given(answered_weeks(), answered_weeks())
def test_two_branches_that_share_nothing_cost_together_what_each_costs_alone(
    week: Week, other: Week
) -> None:
    problem, solution = week
    # One policy holds for a week, so the second branch is judged by that of the first.
    problem = replace(problem, policy=_with_all_weights(problem.policy))
    second, answer = _renamed(replace(other[0], policy=problem.policy, clock_change=None), other[1])
    problem = replace(problem, clock_change=None)
    both = replace(
        problem,
        places=problem.places + second.places,
        carers=problem.carers + second.carers,
        clients=problem.clients + second.clients,
        visits=problem.visits + second.visits,
        locked=problem.locked + second.locked,
        published=problem.published + second.published,
    )
    joint = Solution(problem.name, solution.assignments + answer.assignments)

    alone, beside, together = cost(problem, solution), cost(second, answer), cost(both, joint)

    assert together.terms == pytest.approx(
        {n: alone.terms.get(n, 0) + beside.terms.get(n, 0) for n in together.terms}, abs=0.003
    )
    assert _faults(both, joint) == _faults(problem, solution) + _faults(second, answer)


@some_weeks
@given(answered_weeks())
def test_a_later_day_is_like_an_earlier_one_but_for_the_ends_of_the_week(week: Week) -> None:
    """Travel, gaps, continuity, lateness and teams know no weekday."""
    problem, solution = week
    late = [visit for visit in problem.visits if visit.day == 6]
    if late:
        return
    later = _a_day_later(problem)
    moved = replace(
        solution,
        assignments=tuple(replace(row, start=row.start + DAY) for row in solution.assignments),
    )

    now, then = cost(problem, solution).terms, cost(later, moved).terms

    untouched = [name for name in now if not name.startswith("S5")]
    assert {n: then[n] for n in untouched} == pytest.approx({n: now[n] for n in untouched})
    resting = {"H6", "V1", "V2", "V3"}
    assert _faults(later, moved, but=resting) == _faults(problem, solution, but=resting)


def _with_all_weights(policy: Policy) -> Policy:
    """Return the policy with a price of what only some weeks have, where there is none."""
    weights = policy.weights
    prices = {OPTIONAL: 5.0, **weights.unassigned}
    outside = 0.3 if weights.outside is None else weights.outside
    return replace(policy, weights=replace(weights, unassigned=prices, outside=outside))


def _faults(problem: Problem, solution: Solution, but: set[str] | None = None) -> Counter[object]:
    found = check(problem, solution)
    return Counter((row.code, row.shortfall) for row in found if row.code not in (but or set()))


def _later(soft: tuple[int, int] | None) -> tuple[int, int] | None:
    return soft and (soft[0] + DAY, soft[1] + DAY)


def _a_day_later(problem: Problem) -> Problem:
    visits = tuple(
        replace(
            visit,
            target=visit.target + DAY,
            earliest=visit.earliest + DAY,
            latest=visit.latest + DAY,
            alternatives=tuple(
                Window(row.target + DAY, row.earliest + DAY, row.latest + DAY, _later(row.soft))
                for row in visit.alternatives
            ),
            soft=_later(visit.soft),
        )
        for visit in problem.visits
    )
    carers = tuple(
        replace(
            carer,
            available=tuple(
                (since + DAY, until + DAY)
                for since, until in carer.available
                if until + DAY <= WEEK
            ),
        )
        for carer in problem.carers
    )
    told = tuple(replace(row, start=row.start + DAY) for row in problem.published)
    return replace(problem, visits=visits, carers=carers, published=told)


def _renamed(problem: Problem, solution: Solution) -> Week:
    """Return the same week with other names, in which nothing sorts as it did."""

    def name(old: str) -> str:
        return f"z-{old[::-1]}"

    def wish(old: Wish) -> Wish:
        return replace(old, client=None if old.client is None else name(old.client))

    def names(old: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(name, old))

    renamed = replace(
        problem,
        places=tuple(replace(place, id=name(place.id)) for place in problem.places),
        carers=tuple(
            replace(
                carer,
                id=name(carer.id),
                home=name(carer.home),
                branch="elsewhere",
                preferences=tuple(map(wish, carer.preferences)),
            )
            for carer in problem.carers
        ),
        clients=tuple(
            replace(
                client,
                id=name(client.id),
                place=name(client.place),
                branch="elsewhere",
                familiar=names(client.familiar),
                excluded=names(client.excluded),
            )
            for client in problem.clients
        ),
        visits=tuple(
            replace(
                visit,
                id=name(visit.id),
                client=name(visit.client),
                after=visit.after and replace(visit.after, visit=name(visit.after.visit)),
            )
            for visit in problem.visits
        ),
        locked=tuple(
            replace(row, visit=name(row.visit), carers=names(row.carers)) for row in problem.locked
        ),
        published=tuple(
            replace(row, visit=name(row.visit), carers=names(row.carers))
            for row in problem.published
        ),
    )
    rows = tuple(
        replace(row, visit=name(row.visit), carers=names(row.carers))
        for row in solution.assignments
    )
    return renamed, replace(solution, assignments=rows)
