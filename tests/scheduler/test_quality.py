"""Runs that end because the plan is good enough, and what they tell of how good it is."""

import pytest

from scheduler import Progress, Solution, check, cost, solve
from scheduler.improve import library
from scheduler.progress import Stopwatch, gap_of
from tests.scheduler.builders import a_problem, a_visit
from tests.scheduler.improve.weeks import random_week

ENDLESS = 10**9


@pytest.fixture(scope="module", autouse=True)
def _engine() -> None:
    library.build()


def test_a_run_ends_as_soon_as_its_plan_costs_no_more_than_the_target() -> None:
    problem = random_week(5)
    target = cost(problem, Solution(problem.name)).total * 0.9
    watch = Stopwatch()

    plan = solve(problem, seconds=None, iterations=ENDLESS, target=target)

    assert cost(problem, plan).total <= target
    assert watch.elapsed() < 60


def test_a_run_ends_when_its_plan_is_proved_to_be_near_enough_to_the_best() -> None:
    problem = a_problem(visits=[a_visit(f"v{n}", "Mon 09:00") for n in range(4)])
    told: list[Progress] = []

    def note(progress: Progress) -> bool:
        told.append(progress)
        return True

    plan = solve(problem, seconds=15, gap=0.0, on_progress=note)

    done = told[-1]
    assert not check(problem, plan)
    assert done.lower is not None
    assert done.cost == pytest.approx(done.lower, abs=0.002)
    assert done.gap == pytest.approx(0.0, abs=1e-6)
    assert done.elapsed < 14


def test_a_run_that_counts_rounds_is_not_bounded_unless_a_gap_is_asked_for() -> None:
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00")])
    told: list[Progress] = []

    def note(progress: Progress) -> bool:
        told.append(progress)
        return True

    solve(problem, seconds=None, iterations=20_000, on_progress=note)

    assert {progress.gap for progress in told} == {None}


@pytest.mark.parametrize("wish", [{"target": -1.0}, {"gap": -0.1}, {"gap": float("nan")}])
def test_a_wish_that_means_nothing_is_refused(wish: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be zero or more"):
        solve(a_problem(), seconds=1, **wish)  # type: ignore[arg-type]  # one of the two


@pytest.mark.parametrize(
    ("points", "lower", "gap"),
    [(100.0, 97.0, 0.03), (100.0, 100.0, 0.0), (100.0, 101.0, 0.0), (0.0, 0.0, 0.0)],
)
def test_a_gap_is_the_part_of_the_cost_that_another_plan_could_save_at_most(
    points: float, lower: float, gap: float
) -> None:
    assert gap_of(points, lower) == pytest.approx(gap)
    assert gap_of(points, None) is None
