"""H1: exactly as many different carers as the visit needs."""

import pytest

from scheduler.rules import plan_of, team
from tests.scheduler.builders import a_carer, a_problem, a_row, a_solution, a_visit

TEAM = [a_carer("ann"), a_carer("bob"), a_carer("cat"), a_carer("dan")]


@pytest.mark.parametrize(
    ("needed", "carers", "shortfall"),
    [
        (1, ("ann",), None),
        (2, ("ann", "bob"), None),
        (2, ("ann",), 1),
        (1, ("ann", "bob"), 1),
        (1, ("ann", "bob", "cat"), 2),
        (2, ("ann", "ann"), 1),
        (1, ("ann", "ann"), 1),
    ],
)
def test_half_a_double_up_or_a_crowd_is_reported(
    needed: int, carers: tuple[str, ...], shortfall: int | None
) -> None:
    problem = a_problem(visits=[a_visit("v1", "Tue 09:00", carers=needed)], carers=TEAM)
    plan = plan_of(problem, a_solution(a_row("v1", "Tue 09:00", *carers)))

    found = [
        (breach.code, breach.visit, breach.day, breach.shortfall) for breach in team.breaches(plan)
    ]

    assert found == ([] if shortfall is None else [("H1", "v1", 1, shortfall)])
