"""S4: work below and above the guarantee."""

import pytest

from scheduler.rules import contract
from tests.scheduler.builders import a_carer, a_problem, a_visit, week_of


@pytest.mark.parametrize(
    ("guaranteed", "shortfall", "overtime"),
    [(60, 0.0, 0.0), (61, 0.5, 0.0), (59, 0.0, 0.25), (0, 0.0, 0.0)],
)
def test_minutes_missing_and_minutes_above_the_guarantee_cost(
    guaranteed: int, shortfall: float, overtime: float
) -> None:
    visit = a_visit("v1", "Mon 09:00", 60)
    problem = a_problem(visits=[visit], carers=[a_carer(guaranteed_minutes=guaranteed)])

    points = contract.penalty(week_of(problem, visit), problem)

    assert points == {"S4 shortfall": shortfall, "S4 overtime": overtime}


def test_a_carer_without_any_visit_misses_the_whole_guarantee() -> None:
    problem = a_problem(carers=[a_carer(guaranteed_minutes=600)])

    assert contract.penalty(week_of(problem), problem)["S4 shortfall"] == 300
