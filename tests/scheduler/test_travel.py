"""Travel times."""

import pytest

from scheduler.model import Mode, Place
from scheduler.travel import Travel, travel_minutes
from tests.scheduler.builders import a_problem


@pytest.mark.parametrize(
    ("metres", "mode", "minutes"),
    [
        (6_000, Mode(60, 1.0, 0), 6),
        (6_001, Mode(60, 1.0, 0), 7),
        (6_000, Mode(60, 1.0, 2.0), 8),
        (6_000, Mode(60, 1.5, 0.5), 10),
        (1, Mode(60, 1.0, 0), 1),
        # Two doors of one house: no way, but still the time to park.
        (0, Mode(60, 1.0, 2.0), 2),
        # 0.1 + 0.2 is a little more than 0.3 to a computer; nobody walks a minute for that.
        (300, Mode(60, 1.0, 0.7), 1),
    ],
)
def test_the_way_takes_whole_minutes_rounded_up(metres: float, mode: Mode, minutes: int) -> None:
    assert travel_minutes(Place("a", 0, 0), Place("b", metres, 0), mode) == minutes


def test_the_way_is_as_the_crow_flies() -> None:
    assert travel_minutes(Place("a", 1000, 1000), Place("b", 4000, 5000), Mode(60, 1, 0)) == 5


def test_staying_takes_no_time_whatever_the_overhead() -> None:
    place = Place("a", 10, 10)

    assert travel_minutes(place, place, Mode(5, 1, 9)) == 0


def test_a_pair_is_remembered_by_mode_and_direction() -> None:
    travel = Travel(a_problem(metres={"far": 10_000}))

    assert travel.minutes("base", "far", "car", 480) == 10
    assert travel.minutes("base", "far", "car", 0) == travel.minutes("far", "base", "car", 0)
    assert travel.minutes("far", "far", "car", 0) == 0
