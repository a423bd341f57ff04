"""Limits of one carer's own: the stricter of theirs and the policy's holds, for them alone."""

from dataclasses import replace

import pytest

from scheduler.model import CarerLimits, ProblemError
from scheduler.rules import CarerRule, breaks, rest, working_time
from tests.scheduler.builders import (
    DAYS,
    POLICY,
    a_carer,
    a_problem,
    a_row,
    a_solution,
    a_visit,
    breaches_by,
    on_target,
)

YOUNG = CarerLimits(
    max_day_minutes=480,
    daily_rest_minutes=720,
    weekly_rest_minutes=2880,
    stretch_minutes=270,
    break_minutes=30,
)


def _shortfalls(rule: CarerRule, limits: CarerLimits | None, *visits: tuple[str, int]) -> list[int]:
    rows = [a_visit(f"v{n}", target, minutes) for n, (target, minutes) in enumerate(visits)]
    problem = a_problem(visits=rows, carers=[a_carer(limits=limits)])
    return [breach.shortfall for breach in breaches_by(rule, problem, on_target(problem))]


@pytest.mark.parametrize(
    ("rule", "visits", "missing"),
    [
        (working_time, (("Mon 06:00", 240), ("Mon 11:00", 240)), 0),
        (working_time, (("Mon 06:00", 240), ("Mon 11:00", 241)), 1),
        (rest, (("Mon 20:00", 60), ("Tue 09:00", 60)), 0),
        (rest, (("Mon 20:00", 60), ("Tue 08:59", 60)), 1),
        (breaks, (("Mon 06:00", 120), ("Mon 08:29", 121)), 0),
        (breaks, (("Mon 06:00", 120), ("Mon 08:29", 122)), 1),
        (breaks, (("Mon 06:00", 120), ("Mon 08:30", 270)), 0),
        (breaks, (("Mon 06:00", 120), ("Mon 08:30", 271)), 1),
    ],
)
def test_a_young_workers_day_is_shorter_and_their_night_and_break_longer(
    rule: CarerRule, visits: tuple[tuple[str, int], ...], missing: int
) -> None:
    assert _shortfalls(rule, YOUNG, *visits) == ([missing] if missing else [])
    assert _shortfalls(rule, None, *visits) == []


@pytest.mark.parametrize(
    ("last", "first", "missing"),
    [
        # Nothing on Saturday and Sunday.
        ("Fri 23:30", "Mon 09:00", 0),
        ("Sat 00:00", "Mon 09:00", 30),
        # The Sunday before, and nothing until Tuesday evening: only Monday lies in the week.
        ("Sun 09:00", "Tue 23:30", 30),
        ("Sun 09:00", "Wed 00:00", 0),
    ],
)
def test_a_weekly_rest_of_their_own_lies_inside_the_week(
    last: str, first: str, missing: int
) -> None:
    limits = CarerLimits(weekly_rest_minutes=2880)
    days = DAYS[DAYS.index(first[:3]) + 1 : DAYS.index(last[:3])]
    between = [(f"{day} 12:00", 30) for day in days]

    assert _shortfalls(rest, limits, (first, 30), *between, (last, 30)) == (
        [missing] if missing else []
    )


def test_others_are_held_to_the_policy_alone() -> None:
    visits = [a_visit("v1", "Mon 06:00", 300), a_visit("v2", "Mon 12:00", 300)]
    problem = a_problem(visits=visits, carers=[a_carer("ann", limits=YOUNG), a_carer("bob")])
    shared = a_solution(a_row("v1", "Mon 06:00", "ann", "bob"), a_row("v2", "Mon 12:00", "bob"))

    found = breaches_by(breaks, problem, shared)

    assert [(breach.carer, breach.shortfall) for breach in found] == [("ann", 30)]
    assert breaches_by(working_time, problem, shared) == []


def test_a_limit_laxer_than_the_policys_changes_nothing() -> None:
    lax = CarerLimits(900, 0, 0, 900, 0)

    assert POLICY.for_carer(a_carer(limits=lax)) == POLICY
    assert POLICY.for_carer(a_carer()) is POLICY
    stricter = POLICY.for_carer(a_carer(limits=CarerLimits(max_day_minutes=300)))
    assert stricter == replace(POLICY, max_day_minutes=300)


def test_a_limit_below_zero_is_refused_by_name() -> None:
    with pytest.raises(ProblemError, match="stretch_minutes"):
        CarerLimits(stretch_minutes=-1)
