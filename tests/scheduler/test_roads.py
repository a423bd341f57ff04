"""Peaks and tables: how long a way takes at which time of day."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.model import Mode, Problem, Solution
from scheduler.roads import Peak, TravelTable
from scheduler.rules import breaks, travel_time, working_time
from scheduler.score import cost
from scheduler.travel import Rhythm, Travel
from scheduler.units import DAY, WEEK
from tests.scheduler.builders import a_problem, a_row, a_solution, a_visit, at, breaches_by

MORNING = Peak(days=(0, 1, 2, 3, 4), from_minute=480, to_minute=540, factor=1.5)
PEAKED = {"car": Mode(60.0, 1.0, 0.0, peaks=(MORNING,))}


def a_peaked_problem(*targets: str, metres: float = 20_000, **changes: Any) -> Problem:
    """Return visits to kim by turns at base and far away, on roads that are slow at eight."""
    problem = a_problem(metres={"far": metres}, **changes)
    far = replace(problem.clients[0], id="far", place="far")
    visits = tuple(
        a_visit(f"v{n}", target, client=("kim", "far")[n % 2]) for n, target in enumerate(targets)
    )
    return replace(problem, modes=PEAKED, clients=(*problem.clients, far), visits=visits)


@pytest.mark.parametrize(
    ("departs", "minutes"),
    [
        ("Mon 07:40", 20),  # there as the peak begins
        ("Mon 07:41", 21),  # the last minute of the way takes one and a half
        ("Mon 07:50", 25),
        ("Mon 08:00", 30),  # exactly on the edge: inside
        ("Mon 08:30", 30),  # there as the peak ends
        ("Mon 08:45", 25),
        ("Mon 08:59", 21),
        ("Mon 09:00", 20),  # exactly on the edge: outside
        ("Fri 08:00", 30),
        ("Sat 08:00", 20),
    ],
)
def test_a_way_is_slowed_for_as_long_as_the_peak_lasts(departs: str, minutes: int) -> None:
    travel = Travel(a_peaked_problem())

    assert travel.minutes("base", "far", "car", at(departs)) == minutes
    assert travel.minutes("far", "far", "car", at(departs)) == 0


def test_a_peak_over_midnight_is_two_windows_that_meet() -> None:
    late = Peak(days=(6,), from_minute=1380, to_minute=DAY, factor=2)
    early = Peak(days=(0,), from_minute=0, to_minute=60, factor=2)
    rhythm = Rhythm([late, early])

    assert rhythm.minutes(10, WEEK - 10) == 20
    assert rhythm.minutes(60, WEEK - 60) == 120
    assert rhythm.minutes(10, WEEK) == rhythm.minutes(10, 0) == 20
    assert rhythm.minutes(10, 60) == 10


def test_peaks_keep_to_the_clock_on_the_wall_when_it_changes() -> None:
    # The hour that spring skips and autumn doubles counts as it reads; peaks are far from it.
    sunday = Peak(days=(6,), from_minute=60, to_minute=120, factor=3)

    assert Rhythm([sunday]).minutes(10, at("Sun 01:30")) == 30
    assert Rhythm([sunday]).minutes(10, at("Sun 02:00")) == 10


windows = st.lists(
    st.builds(
        lambda day, hour, length, factor: Peak((day,), hour * 30, hour * 30 + length, factor),
        st.integers(0, 6),
        st.integers(0, 47),
        st.integers(1, 30),
        st.sampled_from((1, 1.1, 1.5, 2.0, 3.7)),
    ),
    max_size=6,
    unique_by=lambda peak: (peak.days, peak.from_minute),
)
moments = st.integers(0, WEEK - 1)
ways = st.integers(0, 90)


@given(windows, ways, moments, st.integers(0, 90))
def test_who_leaves_later_never_arrives_earlier_and_no_peak_makes_a_way_shorter(
    peaks: list[Peak], way: int, departs: int, wait: int
) -> None:
    rhythm = Rhythm(peaks)

    assert rhythm.minutes(way, departs) >= way
    assert rhythm.arrival(way, departs) <= rhythm.arrival(way, departs + wait) + 1e-6


@given(windows, ways, ways, moments, st.integers(0, 90))
def test_a_detour_is_never_quicker_than_the_straight_way(
    peaks: list[Peak], there: int, on: int, departs: int, stays: int
) -> None:
    rhythm = Rhythm(peaks)
    at_the_detour = departs + rhythm.minutes(there, departs) + stays

    arrives = at_the_detour + rhythm.minutes(on, at_the_detour)

    assert departs + rhythm.minutes(there + on, departs) <= arrives


@given(windows, ways, moments, st.integers(0, 120))
def test_the_longest_of_a_period_is_never_passed_and_reached_but_for_a_minute(
    peaks: list[Peak], way: int, first: int, length: int
) -> None:
    rhythm = Rhythm(peaks)

    longest = rhythm.longest(way, first, first + length)

    tried = max(rhythm.minutes(way, first + n) for n in range(length + 1))
    assert tried <= longest <= tried + 4


@given(windows, ways, moments)
def test_the_way_back_in_time_leads_to_the_departure(
    peaks: list[Peak], way: int, departs: int
) -> None:
    rhythm = Rhythm(peaks)
    assume(way > 0)

    assert rhythm.departure(way, rhythm.arrival(way, departs)) == pytest.approx(departs, abs=1e-6)


def test_the_last_minute_to_leave_is_the_last_that_arrives_in_time() -> None:
    travel = Travel(a_peaked_problem())
    for arrives in range(at("Mon 07:30"), at("Mon 09:45")):
        leave = travel.leave_by("base", "far", "car", arrives)

        assert leave + travel.minutes("base", "far", "car", leave) <= arrives
        assert leave + 1 + travel.minutes("base", "far", "car", leave + 1) > arrives


def test_a_gap_that_is_long_enough_at_nine_is_too_short_at_eight() -> None:
    early = a_peaked_problem("Mon 07:30", "Mon 08:20")
    late = a_peaked_problem("Mon 08:30", "Mon 09:20")

    found = breaches_by(travel_time, early, on_targets(early))

    assert [(row.visit, row.shortfall) for row in found] == [("v1", 10)]
    assert breaches_by(travel_time, late, on_targets(late)) == []


def test_hours_breaks_and_prices_reckon_with_the_slow_way() -> None:
    problem = a_peaked_problem("Mon 07:30", "Mon 08:50")
    policy = replace(problem.policy, max_day_minutes=60 + 29, stretch_minutes=100)
    strict = replace(problem, policy=policy)
    free = replace(strict, modes={"car": Mode(60.0, 1.0, 0.0)})

    terms = cost(problem, on_targets(problem)).terms

    # 30 minutes of travel and 20 of waiting, which is just a break.
    assert terms["S1 travel"] == 30
    assert terms["S6 idle"] == pytest.approx(0.3 * 20)
    assert [row.shortfall for row in breaches_by(working_time, strict, on_targets(strict))] == [1]
    assert breaches_by(working_time, free, on_targets(free)) == []
    assert breaches_by(breaks, strict, on_targets(strict)) == []
    shorter = replace(strict, policy=replace(policy, break_minutes=21))
    assert [row.shortfall for row in breaches_by(breaks, shorter, on_targets(shorter))] == [10]


def on_targets(problem: Problem) -> Solution:
    """Return the visits at their targets, all made by ann."""
    return a_solution(*(a_row(visit.id, visit.target) for visit in problem.visits))


def test_a_table_goes_before_the_formula_and_knows_the_way_back() -> None:
    table = TravelTable(((0, 7, None), (9, 0, 4), (None, 5, None)))
    problem = a_problem(metres={"far": 10_000, "farther": 20_000}, travel={"car": table})
    travel = Travel(problem)

    assert travel.minutes("base", "far", "car", 0) == 7
    assert travel.minutes("far", "base", "car", 0) == 9
    assert travel.minutes("base", "farther", "car", 0) == 20
    assert travel.minutes("farther", "farther", "car", 0) == 0


def test_peaks_hold_for_tables_as_well() -> None:
    table = TravelTable(((0, 7), (9, 0)))
    problem = a_problem(metres={"far": 10_000}, travel={"car": table})
    travel = Travel(replace(problem, modes=PEAKED))

    assert travel.minutes("base", "far", "car", at("Mon 08:10")) == 11
    assert travel.minutes("far", "base", "car", at("Sun 08:10")) == 9
