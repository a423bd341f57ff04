"""H6: daily rest, weekly rest, and the nights on which the clocks change."""

import pytest

from scheduler.model import ClockChange
from scheduler.rules import rest
from tests.scheduler.builders import (
    DAYS,
    a_carer,
    a_problem,
    a_visit,
    at,
    breaches_by,
    on_target,
)

SPRING = ClockChange(at("Sun 01:00"), 60)
AUTUMN = ClockChange(at("Sun 02:00"), -60)


@pytest.mark.parametrize(
    ("morning", "missing"),
    [("Tue 09:00", 0), ("Tue 08:59", 1), ("Tue 07:00", 120), ("Wed 00:00", 0)],
)
def test_a_late_call_before_an_early_morning_is_reported_with_its_shortfall(
    morning: str, missing: int
) -> None:
    visits = [a_visit("bed", "Mon 21:30"), a_visit("rise", morning)]
    problem = a_problem(visits=visits)

    found = breaches_by(rest, problem, on_target(problem))

    expected = [("H6", "ann", "rise", missing)] if missing else []
    assert [(b.code, b.carer, b.visit, b.shortfall) for b in found] == expected


@pytest.mark.parametrize(("last_end", "missing"), [(-240, 0), (-239, 1), (0, 240), (-5000, 0)])
def test_monday_is_compared_with_the_last_end_of_the_week_before(
    last_end: int, missing: int
) -> None:
    problem = a_problem(carers=[a_carer(last_end=last_end)], visits=[a_visit("v1", "Mon 07:00")])

    found = breaches_by(rest, problem, on_target(problem))

    assert [breach.shortfall for breach in found] == ([missing] if missing else [])


def test_the_latest_end_of_a_day_counts_also_when_a_shorter_visit_starts_later() -> None:
    visits = [a_visit("long", "Mon 20:00", 180), a_visit("short", "Mon 21:00", 15)]
    problem = a_problem(visits=[*visits, a_visit("rise", "Tue 09:00")])

    found = breaches_by(rest, problem, on_target(problem))

    assert [(breach.visit, breach.shortfall) for breach in found] == [("rise", 60)]


def test_nobody_who_does_not_work_lacks_rest() -> None:
    problem = a_problem(carers=[a_carer(last_end=0)])

    assert breaches_by(rest, problem, on_target(problem)) == []


@pytest.mark.parametrize(
    ("days", "last_end", "missing"),
    [
        # The longest gap is the night of 23.5 hours.
        (DAYS, -600, 30),
        # Sunday off: from Saturday 09:30 to the end of the week.
        (DAYS[:6], -600, 0),
        # The rest before the week counts from Sunday 00:00 at the earliest.
        (DAYS, -1440, 0),
        (DAYS, -9000, 0),
        (DAYS, -900, 0),
        (DAYS, -899, 1),
    ],
)
def test_a_carer_without_one_long_rest_that_touches_the_week_is_reported(
    days: tuple[str, ...], last_end: int, missing: int
) -> None:
    visits = [a_visit(f"v{day}", f"{day} 09:00") for day in days]
    problem = a_problem(carers=[a_carer(last_end=last_end)], visits=visits)

    found = breaches_by(rest, problem, on_target(problem))

    expected = [(None, None, missing)] if missing else []
    assert [(breach.visit, breach.day, breach.shortfall) for breach in found] == expected


@pytest.mark.parametrize(
    ("evening", "morning", "change", "missing"),
    [
        # Eleven hours by the wall are ten in the spring night.
        ("Sat 21:30", "Sun 09:00", SPRING, 60),
        ("Sat 21:30", "Sun 10:00", SPRING, 0),
        ("Sat 21:30", "Sun 09:59", SPRING, 1),
        # They are twelve in the autumn night, but the stricter count holds.
        ("Sat 21:30", "Sun 09:00", AUTUMN, 0),
        ("Sat 21:30", "Sun 08:59", AUTUMN, 1),
        # A night before the change knows nothing of it.
        ("Fri 21:30", "Sat 09:00", SPRING, 0),
    ],
)
def test_the_night_on_which_the_clocks_change_is_counted_by_the_stricter_clock(
    evening: str, morning: str, change: ClockChange, missing: int
) -> None:
    visits = [a_visit("bed", evening), a_visit("rise", morning)]
    problem = a_problem(visits=visits, clock_change=change)

    found = breaches_by(rest, problem, on_target(problem))

    assert [breach.shortfall for breach in found] == ([missing] if missing else [])


@pytest.mark.parametrize(("change", "missing"), [(None, 0), (AUTUMN, 0), (SPRING, 30)])
def test_the_long_rest_loses_an_hour_too_when_the_clocks_go_forward_in_it(
    change: ClockChange | None, missing: int
) -> None:
    visits = [a_visit(f"v{day}", f"{day} 09:00") for day in DAYS[:6]]
    # The longest rest is the Sunday itself, 24 hours by the wall; the nights have 23 and a half.
    visits.append(a_visit("late", "Sat 23:30"))
    problem = a_problem(carers=[a_carer(last_end=-600)], visits=visits, clock_change=change)

    found = breaches_by(rest, problem, on_target(problem))

    assert [breach.shortfall for breach in found] == ([missing] if missing else [])
