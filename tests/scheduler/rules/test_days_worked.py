"""H8: days worked in the week."""

import pytest

from scheduler.rules import days_worked
from tests.scheduler.builders import DAYS, a_carer, a_problem, a_visit, breaches_by, on_target


@pytest.mark.parametrize(("days", "over"), [(0, 0), (1, 0), (5, 0), (6, 1), (7, 2)])
def test_more_days_than_agreed_are_reported(days: int, over: int) -> None:
    visits = [a_visit(f"v{day}", f"{day} 09:00") for day in DAYS[:days]]
    problem = a_problem(carers=[a_carer(max_days=5)], visits=visits)

    found = breaches_by(days_worked, problem, on_target(problem))

    assert [breach.shortfall for breach in found] == ([over] if over else [])


def test_two_visits_of_a_day_are_one_day() -> None:
    visits = [a_visit("v1", "Mon 09:00"), a_visit("v2", "Mon 18:00")]
    problem = a_problem(carers=[a_carer(max_days=1)], visits=visits)

    assert breaches_by(days_worked, problem, on_target(problem)) == []
