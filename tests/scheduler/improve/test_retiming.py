"""Starts are chosen exactly: never at a rule's expense, never for more points."""

from dataclasses import replace

import pytest

from scheduler.improve.retiming import retimed
from scheduler.model import Lock, Wish
from scheduler.roads import Peak
from scheduler.score import check, cost
from scheduler.solve import solve
from tests.scheduler.builders import (
    a_carer,
    a_client,
    a_problem,
    a_row,
    a_solution,
    a_visit,
    at,
    on_target,
)
from tests.scheduler.improve.weeks import random_week, with_promises


@pytest.mark.parametrize("seed", range(10))
def test_a_retimed_week_costs_no_more_and_breaks_no_rule(seed: int) -> None:
    plain = random_week(seed)
    first = solve(plain, seconds=None, iterations=0, seed=seed)
    problem = with_promises(plain, first, seed)
    # The promises were partly told with another start; what is locked stands as it is.
    solution = first

    better = retimed(problem, solution)

    assert check(problem, solution) == ()
    assert check(problem, better) == ()
    assert cost(problem, better).total <= cost(problem, solution).total
    teams = [(row.visit, row.carers) for row in solution.assignments]
    assert [(row.visit, row.carers) for row in better.assignments] == teams


def test_a_whole_row_of_visits_moves_together() -> None:
    # All three are a quarter late and side by side: moving one alone gains nothing.
    visits = [a_visit(f"v{n}", at("Mon 09:00") + 30 * n) for n in range(3)]
    problem = a_problem(visits=visits)
    late = a_solution(*(a_row(visit.id, visit.target + 15) for visit in visits))
    assert retimed(problem, late) == on_target(problem, "ann")


def test_a_double_up_moves_for_both_carers() -> None:
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00", carers=2)], carers=[a_carer("ann"), a_carer("bob")]
    )
    (row,) = retimed(problem, a_solution(a_row("v1", "Mon 09:20", "ann", "bob"))).assignments
    assert row == a_row("v1", "Mon 09:00", "ann", "bob")


def test_locked_starts_and_availability_hold() -> None:
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00"), a_visit("v2", "Tue 09:00")],
        carers=[a_carer(available=((0, at("Mon 12:00")), (at("Tue 09:10"), at("Tue 12:00"))))],
        locked=(Lock("v1", ("ann",), at("Mon 09:25")),),
    )
    solution = a_solution(a_row("v1", "Mon 09:25"), a_row("v2", "Tue 09:40"))
    assert retimed(problem, solution) == a_solution(
        a_row("v1", "Mon 09:25"), a_row("v2", "Tue 09:10")
    )


def test_a_visit_does_not_move_into_a_window_that_its_carer_avoids() -> None:
    wish = Wish("avoid_window", 1, from_minute=0, to_minute=9 * 60 + 10)
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00")],
        carers=[a_carer(preferences=(wish,))],
        clients=[a_client(familiar=("ann",))],
    )
    (row,) = retimed(problem, a_solution(a_row("v1", "Mon 09:30"))).assignments
    assert row.start == at("Mon 09:10")


def test_without_lateness_the_idle_time_goes() -> None:
    policy = random_week(0).policy
    free = replace(policy, weights=replace(policy.weights, lateness=0))
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00"), a_visit("v2", "Mon 10:00")], policy=free
    )
    solution = retimed(problem, on_target(problem, "ann"))
    assert cost(problem, solution).terms["S6 idle"] == 0


@pytest.mark.parametrize("seed", range(4))
def test_starts_chosen_in_a_week_with_peaks_break_no_rule(seed: int) -> None:
    slow = Peak((0, 1, 2, 3, 4), 480, 600, 2.0)
    plain = random_week(seed)
    modes = {name: replace(mode, peaks=(slow,)) for name, mode in plain.modes.items()}
    problem = replace(plain, modes=modes)
    solution = solve(problem, seconds=None, iterations=0, seed=seed)

    assert check(problem, retimed(problem, solution)) == ()
