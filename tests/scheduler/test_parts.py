"""A group's week in parts: what is taken out and put back is the same week, with no rule broken."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler import Problem, Solution, check, cost, solve
from scheduler.model import Lock
from scheduler.parts import homes_of, part_of, put_back
from scheduler.progress import Progress, Stopwatch
from scheduler.solve_group import solve_group
from scheduler.stages import centres_of, rounds_of_neighbours, stages_of
from scheduler.together import together
from tests.scheduler.builders import (
    MODES,
    a_carer,
    a_client,
    a_problem,
    a_row,
    a_solution,
    a_visit,
)
from tests.scheduler.strategies import problems

BRANCHES = ("north", "south")
OF_A_CLIENT = {"avoid_client", "prefer_client"}
some_weeks = settings(deadline=None, max_examples=60)


@st.composite
def planned_groups(draw: st.DrawFn) -> tuple[Problem, Solution]:
    """Return a week of two branches and a plan that breaks no rule, with loans by chance."""
    drawn = draw(problems())
    branch = st.sampled_from(BRANCHES)
    problem = replace(
        drawn,
        carers=tuple(
            replace(
                carer,
                branch=draw(branch),
                # A wish about another branch's client has its price in the whole week alone.
                preferences=tuple(w for w in carer.preferences if w.kind not in OF_A_CLIENT),
            )
            for carer in drawn.carers
        ),
        clients=tuple(replace(client, branch=draw(branch)) for client in drawn.clients),
        locked=(),
    )
    plan = solve(problem, seconds=None, iterations=300, threads=1)
    locks = [Lock(row.visit, row.carers, row.start) for row in plan.assignments[:1]]
    problem = replace(problem, locked=tuple(locks) if draw(st.booleans()) else ())
    assert not check(problem, plan)
    return problem, plan


def loans(problem: Problem, plan: Solution) -> set[tuple[str, str]]:
    """Return who is sent to a visit of another branch."""
    return {
        (row.visit, carer)
        for row in plan.assignments
        for carer in row.carers
        if problem.carer_of[carer].branch
        != problem.client_of[problem.visit_of[row.visit].client].branch
    }


@some_weeks
@given(planned_groups())
def test_no_visit_is_lost_when_parts_are_taken_out_and_put_back(
    group: tuple[Problem, Solution],
) -> None:
    problem, plan = group
    parts = [part_of(problem, [branch], plan) for branch in BRANCHES]

    assert all(check(part.problem, part.start) == () for part in parts)
    back = put_back(
        problem, Solution(problem.name), [(part.branches, part.start) for part in parts]
    )
    at_home = {row.visit for row in back.assignments}
    assert at_home == {row.visit for row in plan.assignments}
    kept = put_back(problem, plan, [(part.branches, part.start) for part in parts])
    assert set(kept.assignments) == set(plan.assignments)


@some_weeks
@given(planned_groups())
def test_parts_planned_at_the_same_time_go_together_without_a_broken_rule(
    group: tuple[Problem, Solution],
) -> None:
    problem, plan = group
    solved = []
    for branch in BRANCHES:
        part = part_of(problem, [branch], plan)
        found = solve(part.problem, seconds=None, iterations=400, threads=1, start=part.start)
        assert cost(part.problem, found).total <= cost(part.problem, part.start).total
        solved.append((part.branches, found))

    after = put_back(problem, plan, solved)

    assert check(problem, after) == ()
    assert loans(problem, after) == loans(problem, plan)


@some_weeks
@given(planned_groups())
def test_splitting_a_branch_off_leaves_the_cost_as_it_was(group: tuple[Problem, Solution]) -> None:
    problem, plan = group
    lent = {visit for visit, _ in loans(problem, plan)}
    # Without loans: the ways between two visits of a borrowed carer count on both sides.
    plan = replace(plan, assignments=tuple(r for r in plan.assignments if r.visit not in lent))
    parts = [part_of(problem, [branch], plan) for branch in BRANCHES]

    apart = sum(cost(part.problem, part.start).total for part in parts)

    homes = homes_of(problem)
    # A client with visits that are linked to another branch's is seen by both.
    if all(homes[v.id] == problem.client_of[v.client].branch for v in problem.visits):
        assert apart == pytest.approx(cost(problem, plan).total, abs=0.01)
    both = part_of(problem, BRANCHES, plan)
    assert cost(both.problem, both.start).total == pytest.approx(
        cost(problem, plan).total, abs=0.01
    )


@some_weeks
@given(planned_groups())
def test_branches_put_together_are_the_week_they_came_from(
    group: tuple[Problem, Solution],
) -> None:
    problem, plan = group
    homes = homes_of(problem)
    assume(all(homes[v.id] == problem.client_of[v.client].branch for v in problem.visits))
    whole = together(
        {branch: part_of(problem, [branch], plan).problem for branch in BRANCHES}, name="whole"
    )

    assert set(whole.visits) == set(problem.visits)
    assert set(whole.carers) == set(problem.carers)
    same = Solution("whole", plan.assignments)
    assert check(whole, same) == ()
    assert cost(whole, same).total == pytest.approx(cost(problem, plan).total, abs=0.01)


def two_branches(**changes: object) -> Problem:
    """Return a south without carers, 10 minutes away from ann of the north."""
    return a_problem(
        carers=(a_carer("ann"),),
        clients=(a_client("kim"), a_client("lee", "far", branch="south")),
        metres={"far": 10_000.0},
        visits=(
            a_visit("early", "Mon 08:00"),
            a_visit("noon", "Mon 12:00", client="lee"),
            a_visit("late", "Mon 16:00"),
        ),
        **changes,  # type: ignore[arg-type]
    )


def test_a_carer_is_lent_where_a_branch_has_nobody() -> None:
    problem = two_branches()

    plan = solve_group(problem, seconds=None, iterations=4000)

    assert loans(problem, plan) == {("noon", "ann")}
    assert len(plan.assignments) == 3
    assert check(problem, plan) == ()


def test_a_lent_carer_is_not_planned_elsewhere_at_that_time() -> None:
    problem = replace(
        two_branches(),
        visits=(a_visit("ours", "Mon 12:00"), a_visit("theirs", "Mon 12:00", client="lee")),
    )
    plan = a_solution(a_row("theirs", "Mon 12:00"))

    north = part_of(problem, ["north"], plan)
    found = solve(north.problem, seconds=None, iterations=2000, threads=1, start=north.start)

    starts = {row.visit: row.start for row in found.assignments}
    assert starts["theirs"] == plan.assignments[0].start
    # Half an hour there and ten minutes of way: the own visit gives way, within its window.
    assert abs(starts["ours"] - starts["theirs"]) >= 40


def test_the_answer_is_the_same_with_any_number_of_workers() -> None:
    problem = two_branches()

    plans = [solve_group(problem, seconds=None, iterations=2000, workers=n) for n in (1, 2, 3)]

    assert plans[0] == plans[1] == plans[2]


def test_what_is_told_meanwhile_is_a_sound_plan_for_everybody_at_the_cost_it_says() -> None:
    problem, told = two_branches(), []

    def note(progress: Progress) -> bool:
        told.append((progress.cost, progress.unassigned, progress.solution()))
        return True

    plan = solve_group(problem, seconds=1.5, on_progress=note)

    assert [row[0] for row in told] == sorted((row[0] for row in told), reverse=True)
    for points, unassigned, solution in told:
        assert check(problem, solution) == ()
        assert unassigned == len(problem.visits) - len(solution.assignments)
        assert points == pytest.approx(cost(problem, solution).total)
    assert cost(problem, plan).total == pytest.approx(told[-1][0])


def test_a_group_run_that_is_stopped_at_once_has_a_plan_for_everybody() -> None:
    problem = two_branches()

    plan = solve_group(problem, seconds=60, on_progress=lambda _: False)

    assert check(problem, plan) == ()
    assert {row.visit for row in plan.assignments} >= {"early", "late"}


def test_a_group_run_ends_when_the_plan_is_good_enough() -> None:
    problem = two_branches()
    enough = cost(problem, solve_group(problem, seconds=None, iterations=4000)).total

    watch = Stopwatch()
    plan = solve_group(problem, seconds=60, target=enough)

    assert cost(problem, plan).total <= enough
    assert watch.elapsed() < 50


def test_every_two_branches_meet_once_and_nobody_twice_in_a_round() -> None:
    centres = {f"b{n}": (float(n * n), 0.0) for n in range(7)}

    rounds = rounds_of_neighbours(centres)

    pairs = [pair for pairs in rounds for pair in pairs]
    assert sorted(pairs) == sorted(combinations(sorted(centres), 2))
    for parts in rounds:
        there = [branch for pair in parts for branch in pair]
        assert len(there) == len(set(there))
    assert rounds[0][0] == ("b0", "b1")


def test_a_single_branch_is_planned_in_one_stage() -> None:
    problem = a_problem(visits=[a_visit("one", "Mon 09:00")])

    assert [(stage.parts, stage.share) for stage in stages_of(centres_of(problem))] == [
        ((("north",),), 1.0)
    ]


def test_all_stages_together_take_the_time_that_was_given() -> None:
    stages = stages_of({f"b{n}": (float(n), 0.0) for n in range(6)})

    for workers in (1, 2, 3):
        waves = [-(-len(stage.parts) // workers) for stage in stages]
        used = sum(
            wave * stage.seconds_each(600, workers)
            for wave, stage in zip(waves, stages, strict=True)
        )
        assert used == pytest.approx(600)


def test_branches_under_different_rules_are_not_put_together() -> None:
    one = a_problem(visits=[a_visit("one", "Mon 09:00")])
    other = replace(one, modes={"car": replace(MODES["car"], kmh=30.0)})

    with pytest.raises(ValueError, match="not the same for south"):
        together({"north": one, "south": other}, name="whole")
