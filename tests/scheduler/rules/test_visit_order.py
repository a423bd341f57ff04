"""H10: visits that need their distance."""

import pytest

from scheduler.model import After
from scheduler.rules import plan_of, visit_order
from tests.scheduler.builders import a_problem, a_row, a_solution, a_visit

FIRST = a_visit("dose1", "Mon 08:00", 30)
SECOND = a_visit("dose2", "Mon 11:00", 30, after=After("dose1", 120))


@pytest.mark.parametrize(
    ("start", "missing"), [("Mon 10:30", 0), ("Mon 10:29", 1), ("Mon 08:00", 150)]
)
def test_a_dose_too_soon_after_the_one_before_is_reported(start: str, missing: int) -> None:
    problem = a_problem(visits=[FIRST, SECOND])
    rows = a_row("dose1", "Mon 08:00"), a_row("dose2", start)

    found = list(visit_order.breaches(plan_of(problem, a_solution(*rows))))

    expected = [("H10", "dose2", missing)] if missing else []
    assert [(b.code, b.visit, b.shortfall) for b in found] == expected


def test_it_follows_the_real_start_of_the_visit_before() -> None:
    problem = a_problem(visits=[FIRST, SECOND])
    rows = a_row("dose1", "Mon 08:20"), a_row("dose2", "Mon 10:30")

    (breach,) = visit_order.breaches(plan_of(problem, a_solution(*rows)))

    assert breach.shortfall == 20


@pytest.mark.parametrize("alone", ["dose1", "dose2"])
def test_a_visit_whose_neighbour_is_open_is_free(alone: str) -> None:
    problem = a_problem(visits=[FIRST, SECOND])

    plan = plan_of(problem, a_solution(a_row(alone, "Mon 08:00")))

    assert list(visit_order.breaches(plan)) == []


def test_a_neighbour_that_has_been_cancelled_binds_nobody() -> None:
    problem = a_problem(visits=[SECOND])

    plan = plan_of(problem, a_solution(a_row("dose2", "Mon 10:00")))

    assert list(visit_order.breaches(plan)) == []
