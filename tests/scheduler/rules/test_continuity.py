"""S2: familiar and few faces."""

import pytest

from scheduler.rules import continuity, plan_of
from tests.scheduler.builders import (
    a_carer,
    a_client,
    a_problem,
    a_row,
    a_solution,
    a_visit,
)

TEAM = [a_carer("ann"), a_carer("bob"), a_carer("cat")]
VISITS = [a_visit(f"v{day}", f"{day} 09:00") for day in ("Mon", "Tue", "Wed")]


@pytest.mark.parametrize(
    ("carers", "unfamiliar", "extra"),
    [
        (("ann", "ann", "ann"), 0.0, 0.0),
        (("bob", "bob", "bob"), 18.0, 0.0),
        (("ann", "bob", "ann"), 6.0, 0.0),
        (("ann", "bob", "cat"), 12.0, 15.0),
    ],
)
def test_each_new_face_costs_and_so_does_each_carer_beyond_the_target(
    carers: tuple[str, ...], unfamiliar: float, extra: float
) -> None:
    client = a_client(familiar=("ann", "somebody who left"), target_carers=2)
    problem = a_problem(visits=VISITS, carers=TEAM, clients=[client])
    rows = [
        a_row(visit.id, visit.target, carer) for visit, carer in zip(VISITS, carers, strict=True)
    ]

    points = continuity.penalty(plan_of(problem, a_solution(*rows)))

    assert points == {"S2 unfamiliar": unfamiliar, "S2 extra carers": extra}


def test_both_carers_of_a_double_up_count() -> None:
    problem = a_problem(
        visits=[a_visit("v1", "Mon 09:00", carers=2)],
        carers=TEAM,
        clients=[a_client(target_carers=1)],
    )

    points = continuity.penalty(plan_of(problem, a_solution(a_row("v1", 540, "ann", "bob"))))

    assert points == {"S2 unfamiliar": 12.0, "S2 extra carers": 15.0}
