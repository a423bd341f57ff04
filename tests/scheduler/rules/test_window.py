"""H2: the start lies inside the window, both ends included."""

import pytest

from scheduler.rules import plan_of, window
from tests.scheduler.builders import a_problem, a_row, a_solution, a_visit


@pytest.mark.parametrize(
    ("start", "outside"),
    [
        ("Wed 08:30", 0),
        ("Wed 08:29", 1),
        ("Wed 10:00", 0),
        ("Wed 10:01", 1),
        ("Tue 09:00", 23 * 60 + 30),
        ("Wed 09:00", 0),
    ],
)
def test_a_start_outside_the_window_is_reported_with_the_minutes_outside(
    start: str, outside: int
) -> None:
    visit = a_visit("v1", 2 * 1440 + 540, earliest=2 * 1440 + 510, latest=2 * 1440 + 600)
    plan = plan_of(a_problem(visits=[visit]), a_solution(a_row("v1", start)))

    assert [breach.shortfall for breach in window.breaches(plan)] == ([outside] if outside else [])
