"""The same week under other rules or with more carers, side by side."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scheduler import ProblemError, cost, solve, write_problem
from scheduler.cli import main
from scheduler.improve import library
from scheduler.what_if import MoreCarers, compare, with_more_carers, with_policy
from tests.scheduler.builders import (
    POLICY,
    WEIGHTS,
    WHOLE_DAYS,
    a_carer,
    a_client,
    a_problem,
    a_row,
    a_solution,
    a_visit,
)

MORE = MoreCarers(
    count=2,
    guaranteed_minutes=600,
    max_week_minutes=2400,
    max_days=5,
    mode="car",
    gender="f",
    skills=(),
    available=WHOLE_DAYS,
)
TWO_TOWNS = a_problem(
    visits=[a_visit("v1", "Mon 09:00"), a_visit("v2", "Mon 09:00", client="lee")],
    clients=[a_client("kim", "base", familiar=("ann",)), a_client("lee", "far")],
    metres={"far": 40_000},
)
DEAR_TRAVEL = replace(POLICY, weights=replace(WEIGHTS, travel=10.0))


def test_more_carers_live_where_the_care_is_and_nobody_knows_them() -> None:
    problem = with_more_carers(TWO_TOWNS, MORE)

    added = problem.carers[1:]
    assert [carer.id for carer in added] == ["new-1", "new-2"]
    assert {carer.home for carer in added} == {"base", "far"}
    assert not any(carer.id in client.familiar for client in problem.clients for carer in added)
    assert problem.visits == TWO_TOWNS.visits
    assert with_more_carers(TWO_TOWNS, MORE) == problem


def test_still_more_carers_get_ids_of_their_own() -> None:
    problem = with_more_carers(with_more_carers(TWO_TOWNS, MORE), MORE)

    assert [carer.id for carer in problem.carers[1:]] == ["new-1", "new-2", "new-3", "new-4"]


def test_more_carers_cover_what_one_could_not() -> None:
    library.build()
    problem = with_more_carers(TWO_TOWNS, MORE)
    one, more = (
        solve(week, seconds=None, iterations=2000, seed=1, threads=1)
        for week in (TWO_TOWNS, problem)
    )

    found = compare(TWO_TOWNS, one, problem, more)

    assert len(more.assignments) == 2
    assert found.second.figures["unassigned visits"] <= found.first.figures["unassigned visits"]


def test_each_answer_is_priced_under_both_policies() -> None:
    dear = with_policy(TWO_TOWNS, DEAR_TRAVEL)
    answer = a_solution(a_row("v1", "Mon 08:30"), a_row("v2", "Mon 09:40"))

    found = compare(TWO_TOWNS, answer, dear, answer)

    assert found.first.prices == (cost(TWO_TOWNS, answer), cost(dear, answer))
    assert found.second.prices == (cost(dear, answer), cost(TWO_TOWNS, answer))
    assert found.first.prices[0].terms["S1 travel"] == 40
    assert found.first.prices[1].terms["S1 travel"] == 400


def test_new_faces_weekends_and_contract_hours_are_counted() -> None:
    problem = a_problem(
        visits=[a_visit("v1", "Sat 09:00"), a_visit("v2", "Mon 09:00"), a_visit("v3", "Mon 12:00")],
        carers=[a_carer("ann", guaranteed_minutes=120), a_carer("bob"), a_carer("cat")],
        clients=[a_client("kim", familiar=("ann",))],
    )
    answer = a_solution(
        a_row("v1", "Sat 09:00", "ann"), a_row("v2", "Mon 09:00", "bob"), a_row("v3", "Mon 12:00")
    )

    side = compare(problem, answer, problem, answer).first

    assert side.figures["new faces"] == 1
    assert side.figures["weekends worked"] == 1
    assert side.figures["contract hours filled %"] == 50
    assert side.figures["carers without work"] == 1
    work = side.by_carer["work minutes"]
    assert (work.lowest, work.median, work.highest) == (30, 45, 60)
    assert side.by_client["different carers"].highest == 2


def test_a_week_with_nothing_planned_has_spreads_of_nothing() -> None:
    side = compare(TWO_TOWNS, a_solution(), TWO_TOWNS, a_solution()).first

    assert side.by_carer["days"].highest == 0
    assert side.by_client["new faces"].median == 0


def test_other_visits_are_not_compared() -> None:
    other = replace(TWO_TOWNS, visits=TWO_TOWNS.visits[:1])

    with pytest.raises(ProblemError, match="the same visits"):
        compare(TWO_TOWNS, a_solution(), other, a_solution())


@pytest.mark.parametrize(
    ("change", "path"),
    [({"count": 0}, "count"), ({"guaranteed_minutes": 3000}, "guaranteed_minutes")],
)
def test_carers_who_make_no_sense_are_refused(change: dict[str, Any], path: str) -> None:
    with pytest.raises(ProblemError) as refused:
        replace(MORE, **change)

    assert refused.value.path == path


def test_a_week_without_visits_has_nowhere_to_live() -> None:
    with pytest.raises(ProblemError, match="no visit near which"):
        with_more_carers(a_problem(), MORE)


def test_two_files_are_solved_alike_and_shown_side_by_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library.build()
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    write_problem(TWO_TOWNS, first)
    write_problem(with_policy(TWO_TOWNS, DEAR_TRAVEL), second)
    words = ["compare", str(first), str(second), "--iterations", "500", "--threads", "1"]

    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert main(words) == 0
    shown = capsys.readouterr().out

    assert told["first"]["figures"]["visits"] == told["second"]["figures"]["visits"] == 2
    assert "cost under the second rules" in shown
    assert main(["compare", str(first), str(second)]) == 2
