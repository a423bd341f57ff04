"""The kernel's places under peaks: never too few minutes, and without peaks nothing new."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from scheduler.improve.encode import EncodedProblem
from scheduler.improve.engine import Engine
from scheduler.improve.stations import Stations
from scheduler.model import Mode, Problem
from scheduler.roads import Peak, TravelTable
from scheduler.score import check, cost
from scheduler.solve import solve
from scheduler.travel import Travel, travel_minutes
from tests.scheduler.improve.weeks import MODES, random_week, with_promises

PEAKS = (
    Peak((0, 1, 2, 3, 4), 465, 480, 1.3),
    Peak((0, 1, 2, 3, 4), 480, 540, 2.0),
    Peak((0, 1, 2, 3, 4), 960, 1095, 1.7),
    Peak((5,), 660, 780, 1.4),
)
PEAKED = {"car": replace(MODES["car"], peaks=PEAKS), "walk": MODES["walk"]}


def with_road_table(problem: Problem, seed: int) -> Problem:
    """Return the week with a table for cars: one-way streets, and pairs that nobody knows."""
    rng = Random(seed)  # noqa: S311
    places, car = problem.places, problem.modes["car"]
    rows = tuple(
        tuple(
            0
            if a is b
            else None
            if rng.random() < 0.1
            else travel_minutes(a, b, car) + rng.randint(0, 4)
            for b in places
        )
        for a in places
    )
    return replace(problem, travel={"car": TravelTable(rows)})


@pytest.mark.parametrize("seed", range(4))
def test_without_peaks_a_visits_place_is_its_clients_and_ways_are_the_formulas(seed: int) -> None:
    problem = random_week(seed)
    names = sorted({client.place for client in problem.clients})
    places = [problem.place_of[name] for name in names]

    stations = Stations(problem)

    assert stations.of_visits == [
        names.index(problem.client_of[visit.client].place) for visit in problem.visits
    ]
    expected = [
        [[travel_minutes(a, b, mode) for b in places] for a in places]
        for mode in problem.modes.values()
    ]
    assert stations.travel_minutes().dtype == np.int32
    assert stations.travel_minutes().tolist() == expected


def test_a_peak_of_factor_one_changes_nothing() -> None:
    plain = random_week(1)
    flat = tuple(replace(peak, factor=1.0) for peak in PEAKS)
    problem = replace(plain, modes={**MODES, "car": replace(MODES["car"], peaks=flat)})

    assert Stations(problem).of_visits == Stations(plain).of_visits
    assert (Stations(problem).travel_minutes() == Stations(plain).travel_minutes()).all()


@pytest.mark.parametrize("seed", range(4))
def test_the_kernel_never_reckons_with_less_than_a_way_takes(seed: int) -> None:
    problem = with_road_table(random_week(seed, modes=PEAKED), seed)
    stations, travel = Stations(problem), Travel(problem)
    table, modes = stations.travel_minutes(), list(problem.modes)
    rng = Random(seed)  # noqa: S311
    place_of = [problem.client_of[visit.client].place for visit in problem.visits]
    over = total = 0
    for _ in range(4000):
        a, b = rng.randrange(len(place_of)), rng.randrange(len(place_of))
        visit = problem.visits[a]
        departs = rng.randint(visit.earliest, visit.latest) + visit.minutes
        for row, mode in enumerate(modes):
            exact = travel.minutes(place_of[a], place_of[b], mode, departs)
            held = table[row, stations.of_visits[a], stations.of_visits[b]]
            assert held >= exact
            over, total = over + int(held) - exact, total + exact
    # Nearly exact: what the periods add stays a small part of all travel.
    assert over < total / 10


def test_a_place_stands_in_the_table_only_for_periods_that_differ() -> None:
    problem = random_week(0, modes=PEAKED)
    places = {client.place for client in problem.clients}

    assert len(places) < len(Stations(problem)) <= 8 * len(places)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("seed", range(8))
def test_a_week_with_peaks_and_road_times_is_searched_without_a_breach(
    seed: int, threads: int
) -> None:
    problem = with_road_table(random_week(seed, modes=PEAKED), seed)
    with Engine(EncodedProblem(problem), threads=threads, seed=seed) as engine:
        engine.construct()
        engine.improve(2400, 20.0)
        solution, terms = engine.solution(), dict(engine.terms())

    assert check(problem, solution) == ()
    assert len(solution.assignments) > len(problem.visits) / 3
    # The kernel holds travel for a little more than it is; what has no travel in it is equal.
    price = cost(problem, solution).terms
    assert terms["S1 travel"] >= price["S1 travel"] - 0.5
    for name in ("S0 unassigned", "S2 unfamiliar", "S2 extra carers", "S3 lateness", "S6 split"):
        assert terms[name] == pytest.approx(price[name], abs=0.5)


@pytest.mark.parametrize("seed", range(4))
def test_promises_are_kept_in_a_week_with_peaks(seed: int) -> None:
    plain = random_week(seed, modes=PEAKED)
    first = solve(plain, seconds=None, iterations=800, seed=seed)
    told = with_promises(plain, first, seed)
    # Starts stand as they are: a lock that leaves them open is judged for any start.
    locks = tuple(lock for lock in told.locked if lock.start is not None)
    problem = replace(told, locked=locks)

    solution = solve(problem, seconds=None, iterations=2000, seed=seed)

    assert problem.locked
    assert check(problem, solution) == ()
    teams = {row.visit: set(row.carers) for row in solution.assignments}
    assert all(teams[lock.visit] == set(lock.carers) for lock in problem.locked)


def test_a_rota_for_free_roads_is_not_kept_where_it_cannot_be_driven() -> None:
    plain = random_week(3)
    problem = replace(plain, modes={name: Mode(m.kmh / 2, m.detour, m.overhead_min, PEAKS)
                                    for name, m in plain.modes.items()})  # fmt: skip
    start = solve(plain, seconds=None, iterations=400, seed=3)

    solution = solve(problem, seconds=None, iterations=800, seed=3, start=start)

    assert check(problem, start) != ()
    assert check(problem, solution) == ()
