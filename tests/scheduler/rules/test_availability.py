"""H4: the whole visit lies inside one window of availability."""

import pytest

from scheduler.rules import availability
from tests.scheduler.builders import a_carer, a_problem, a_visit, at, breaches_by, on_target


@pytest.mark.parametrize(
    ("windows", "outside"),
    [
        ([("Mon 09:00", "Mon 09:30")], 0),
        ([("Mon 09:01", "Mon 12:00")], 1),
        ([("Mon 06:00", "Mon 09:29")], 1),
        ([("Mon 06:00", "Mon 09:00")], 30),
        ([("Tue 06:00", "Tue 22:00")], 30),
        ([], 30),
        # Two windows that touch are two all the same: the carer drew them apart.
        ([("Mon 06:00", "Mon 09:10"), ("Mon 09:10", "Mon 12:00")], 10),
        ([("Mon 06:00", "Mon 07:00"), ("Mon 08:00", "Mon 12:00")], 0),
    ],
)
def test_minutes_outside_every_window_are_reported(
    windows: list[tuple[str, str]], outside: int
) -> None:
    available = tuple((at(start), at(end)) for start, end in windows)
    problem = a_problem(
        carers=[a_carer(available=available)], visits=[a_visit("v1", "Mon 09:00", 30)]
    )

    found = breaches_by(availability, problem, on_target(problem))

    assert [breach.shortfall for breach in found] == ([outside] if outside else [])


def test_a_visit_up_to_midnight_fits_a_window_up_to_midnight() -> None:
    problem = a_problem(
        carers=[a_carer(available=((at("Mon 20:00"), at("Mon 24:00")),))],
        visits=[a_visit("v1", "Mon 23:30", 30)],
    )

    assert breaches_by(availability, problem, on_target(problem)) == []
