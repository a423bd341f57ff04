"""The score of whole answers: as recorded from an independent scorer, and at the edges."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from scheduler import check, cost, indicators, problem_from, solution_from
from tests.scheduler.builders import a_carer, a_problem, a_row, a_solution, a_visit, on_target

RECORDED = sorted((Path(__file__).parent / "data").glob("*.json"))


@pytest.fixture(params=RECORDED, ids=lambda path: path.stem)
def recorded(request: pytest.FixtureRequest) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(request.param.read_text())
    problem = problem_from(document["problem"])
    solution = solution_from(document["solution"], problem)
    return {"problem": problem, "solution": solution, **document["expected"]}


def test_the_recordings_are_there() -> None:
    assert len(RECORDED) == 6


def test_the_broken_rules_are_those_that_were_recorded(recorded: dict[str, Any]) -> None:
    found = Counter(breach.code for breach in check(recorded["problem"], recorded["solution"]))

    assert found == recorded["hard"]


def test_the_cost_is_the_one_that_was_recorded_to_the_last_decimal(
    recorded: dict[str, Any],
) -> None:
    points = cost(recorded["problem"], recorded["solution"])

    assert points.total == recorded["total"]
    # The recordings leave out terms that nothing added to.
    assert {n: v for n, v in points.terms.items() if v} == {
        n: v for n, v in recorded["cost"].items() if v
    }


def test_the_figures_are_those_that_were_recorded(recorded: dict[str, Any]) -> None:
    assert indicators(recorded["problem"], recorded["solution"]) == recorded["indicators"]


def test_a_week_without_visits_costs_only_the_guarantees_and_has_figures() -> None:
    problem = a_problem(carers=[a_carer(guaranteed_minutes=100)])

    assert cost(problem, a_solution()).total == 50
    assert indicators(problem, a_solution())["covered minutes %"] == 0
    assert check(problem, a_solution()) == ()


def test_breaches_come_in_the_order_of_their_codes() -> None:
    visits = [a_visit(f"v{n}", "Mon 09:00", skills=("peg",)) for n in range(12)]
    problem = a_problem(visits=visits, carers=[a_carer(max_days=0, available=())])
    rows = (*on_target(problem).assignments, a_row("nowhere", "Mon 09:00"))

    codes = [int(breach.code[1:]) for breach in check(problem, a_solution(*rows))]

    assert codes == sorted(codes)
    assert set(codes) == {0, 3, 4, 5, 8}


def test_continuity_is_one_for_a_single_face_and_zero_for_a_new_one_each_time() -> None:
    visits = [a_visit(f"v{day}", f"{day} 09:00") for day in ("Mon", "Tue", "Wed")]
    problem = a_problem(visits=visits, carers=[a_carer(c) for c in ("ann", "bob", "cat")])
    each = [a_row(v.id, v.target, c) for v, c in zip(visits, ("ann", "bob", "cat"), strict=True)]

    index = "continuity index (Bice-Boxerman)"
    assert indicators(problem, on_target(problem, "ann"))[index] == 1
    assert indicators(problem, a_solution(*each))[index] == 0


def test_the_continuity_index_is_that_of_the_textbook_case() -> None:
    times = [f"{day} {hour:02d}:00" for day in ("Mon", "Tue") for hour in range(8, 18)]
    visits = [a_visit(f"v{n}", time) for n, time in enumerate(times)]
    problem = a_problem(visits=visits, carers=[a_carer(c) for c in ("ann", "bob", "cat")])
    carers = ["ann"] * 10 + ["bob"] * 6 + ["cat"] * 4
    rows = [a_row(v.id, v.target, c) for v, c in zip(visits, carers, strict=True)]

    figures = indicators(problem, a_solution(*rows))

    assert round(figures["continuity index (Bice-Boxerman)"], 3) == 0.347
