"""What a coordinator sees of a run: the same again for the same seed, nothing given is lost."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.exchange import read_solution, write_problem, write_solution
from scheduler.improve import library
from scheduler.improve.library import EngineError, build
from scheduler.model import After, Assignment, Lock, Problem, PublishedVisit, Solution
from scheduler.progress import Progress
from scheduler.score import check, cost
from scheduler.solve import solve
from tests.scheduler.builders import a_carer, a_client, a_problem, a_row, a_solution, a_visit, at
from tests.scheduler.improve.weeks import random_week

ROOT = Path(__file__).parents[2]
ROUNDS = 8000


@pytest.fixture(scope="module", autouse=True)
def _engine_is_compiled() -> None:
    build()


@pytest.fixture(scope="module")
def week() -> Problem:
    return random_week(5)


@pytest.fixture(scope="module")
def planned(week: Problem) -> Solution:
    return solve(week, seconds=None, iterations=ROUNDS, seed=4)


def test_the_same_seed_and_iterations_give_the_same_week(week: Problem, planned: Solution) -> None:
    assert solve(week, seconds=None, iterations=ROUNDS, seed=4) == planned


def test_another_seed_gives_another_week(week: Problem, planned: Solution) -> None:
    assert solve(week, seconds=None, iterations=ROUNDS, seed=5) != planned


def test_another_process_gives_the_same_week(
    week: Problem, planned: Solution, tmp_path: Path
) -> None:
    write_problem(week, tmp_path / "week.json")
    command = [sys.executable, "-m", "scheduler", "solve", str(tmp_path / "week.json")]
    command += ["--iterations", str(ROUNDS), "--seed", "4", "-o", str(tmp_path / "out.json")]
    subprocess.run(command, check=True, timeout=120, cwd=ROOT)
    assert read_solution(tmp_path / "out.json", week) == planned


def test_more_search_gives_a_better_week(week: Problem, planned: Solution) -> None:
    first = solve(week, seconds=None, iterations=0)
    assert check(week, first) == ()
    assert cost(week, planned).total < cost(week, first).total


def test_a_given_week_is_never_made_worse(week: Problem, planned: Solution) -> None:
    again = solve(week, seconds=None, iterations=2000, seed=9, start=planned)
    assert check(week, again) == ()
    assert cost(week, again).total <= cost(week, planned).total


def test_without_any_search_a_sound_start_keeps_its_teams(week: Problem, planned: Solution) -> None:
    again = solve(week, seconds=None, iterations=0, start=planned)
    teams = {row.visit: set(row.carers) for row in again.assignments}
    assert all(teams[row.visit] == set(row.carers) for row in planned.assignments)
    assert cost(week, again).total <= cost(week, planned).total


def test_what_is_infeasible_in_a_start_is_dropped(week: Problem) -> None:
    # Everything for one carer at once: almost nothing of it can be true.
    carer = week.carers[0].id
    rows = tuple(Assignment(v.id, v.target, (carer,)) for v in week.visits if v.carers == 1)
    start = Solution(week.name, rows)
    assert check(week, start)
    assert check(week, solve(week, seconds=None, iterations=400, start=start)) == ()


def test_a_locked_visit_keeps_its_carer_and_start() -> None:
    # Without the lock the familiar carer at the target would be cheaper.
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00"), a_visit("v2", "Mon 09:40")],
        carers=[a_carer("ann"), a_carer("bob")],
        clients=[a_client(familiar=("ann",))],
        locked=(Lock("v1", ("bob",), at("Mon 09:45")),),
    )
    rows = {row.visit: row for row in solve(problem, seconds=None, iterations=400).assignments}
    assert rows["v1"] == a_row("v1", "Mon 09:45", "bob")
    assert rows["v2"].carers == ("ann",)


def test_two_locked_double_ups_without_a_start_find_one() -> None:
    # Both at their targets would overlap for the two carers.
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00", carers=2), a_visit("v2", "Mon 09:10", carers=2)],
        carers=[a_carer("ann"), a_carer("bob")],
        locked=(Lock("v1", ("ann", "bob")), Lock("v2", ("bob", "ann"))),
    )
    solution = solve(problem, seconds=None, iterations=0)
    assert check(problem, solution) == ()
    assert len(solution.assignments) == 2


def test_what_was_published_stays_when_nothing_speaks_against_it() -> None:
    # Two equal carers; only the promise tells them apart, and the start is off target.
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00")],
        carers=[a_carer("ann"), a_carer("bob")],
        published=(PublishedVisit("v1", at("Mon 09:15"), ("bob",)),),
    )
    solution = solve(problem, seconds=None, iterations=400)
    assert solution.assignments == (a_row("v1", "Mon 09:15", "bob"),)


def test_both_carers_of_a_double_up_start_together_where_both_are_free() -> None:
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00", carers=2)],
        carers=[
            a_carer("ann", available=((at("Mon 08:00"), at("Mon 09:20")),)),
            a_carer("bob", available=((at("Mon 08:40"), at("Mon 12:00")),)),
        ],
    )
    (row,) = solve(problem, seconds=None, iterations=400).assignments
    assert set(row.carers) == {"ann", "bob"}
    assert row.start == at("Mon 08:50")


def test_neighbours_give_way_so_that_one_more_visit_fits() -> None:
    # Three half-hours in the 90 minutes that are there, all wanted at the same time.
    problem = a_problem(
        visits=[a_visit(f"v{n}", "Mon 09:00") for n in range(3)],
        carers=[a_carer(available=((at("Mon 08:15"), at("Mon 09:45")),))],
    )
    solution = solve(problem, seconds=None, iterations=2000)
    assert check(problem, solution) == ()
    assert len(solution.assignments) == 3


def test_a_visit_waits_for_the_visit_that_it_comes_after() -> None:
    problem = a_problem(
        visits=[
            a_visit("v1", "Mon 09:00"),
            a_visit("v2", "Mon 10:00", after=After("v1", 60)),
        ],
        carers=[a_carer("ann"), a_carer("bob")],
    )
    solution = solve(problem, seconds=None, iterations=400)
    assert check(problem, solution) == ()
    assert len(solution.assignments) == 2


def test_an_open_visit_gets_in_though_what_fills_the_day_is_hours_from_it() -> None:
    long = a_visit("long", "Mon 12:00", 90, priority=1)
    short = [a_visit("early", "Mon 06:00", 15), a_visit("late", "Mon 20:00", 15)]
    problem = a_problem(visits=[long, *short], carers=[a_carer(max_week_minutes=90)])
    start = a_solution(*(a_row(visit.id, visit.target) for visit in short))

    solution = solve(problem, seconds=None, iterations=2000, start=start)

    assert [row.visit for row in solution.assignments] == ["long"]


def test_a_visit_out_of_order_gives_way_to_the_dearer_one_that_must_come_after_it() -> None:
    first = a_visit("first", "Mon 20:00", priority=3)
    second = a_visit("second", "Mon 08:00", priority=1, after=After("first", 0))
    problem = a_problem(visits=[first, second], carers=[a_carer()])
    start = a_solution(a_row("first", first.target))

    solution = solve(problem, seconds=None, iterations=2000, start=start)

    assert [row.visit for row in solution.assignments] == ["second"]


def test_a_visit_that_nobody_can_make_stays_open() -> None:
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00", skills=("peg",))])
    assert solve(problem, seconds=None, iterations=400) == a_solution()


@pytest.mark.parametrize("part", ["visits", "carers"])
def test_a_week_without_visits_or_carers_is_an_answer(part: str) -> None:
    visits = [a_visit("v1", "Mon 09:00")]
    problem = a_problem(visits=[]) if part == "visits" else a_problem(visits=visits, carers=[])
    assert solve(problem, seconds=0.2, iterations=100) == a_solution()


def test_stop_gives_the_best_so_far_within_a_second(week: Problem) -> None:
    seen: list[Progress] = []

    def report(progress: Progress) -> bool:
        seen.append(progress)
        return progress.stage != "improving"

    began = time.monotonic()
    solution = solve(week, seconds=60, on_progress=report)
    assert time.monotonic() - began < 3
    assert check(week, solution) == ()
    assert [progress.stage for progress in seen] == ["loading", "building", "improving", "done"]


def test_progress_tells_the_cost_of_the_solution_that_it_offers(week: Problem) -> None:
    wrong: list[str] = []

    def report(progress: Progress) -> bool:
        points = cost(week, progress.solution())
        left = len(week.visits) - len(progress.solution().assignments)
        if points.total != pytest.approx(progress.cost, abs=0.5) or left != progress.unassigned:
            wrong.append(progress.stage)
        return True

    solve(week, seconds=2, on_progress=report)
    assert wrong == []


def test_the_time_limit_is_kept(week: Problem) -> None:
    began = time.monotonic()
    solve(week, seconds=2)
    assert 1 < time.monotonic() - began < 4


def test_a_run_needs_a_limit() -> None:
    with pytest.raises(ValueError, match="seconds or iterations"):
        solve(a_problem(), seconds=None)


@pytest.fixture
def _no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(library, "BUILD_FOLDER", tmp_path)
    library.load.cache_clear()
    yield
    library.load.cache_clear()


@pytest.mark.usefixtures("_no_library")
def test_a_missing_engine_says_what_to_run() -> None:
    with pytest.raises(EngineError, match="scheduler build"):
        solve(a_problem(visits=[a_visit("v1", "Mon 09:00")]), seconds=1)


def test_a_solution_file_of_a_run_can_start_the_next(
    week: Problem, planned: Solution, tmp_path: Path
) -> None:
    write_solution(planned, tmp_path / "start.json")
    start = read_solution(tmp_path / "start.json", week)
    assert cost(week, solve(week, seconds=None, iterations=0, start=start)).total <= (
        cost(week, planned).total
    )
