"""The files: what is refused, with which words, and what comes back."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scheduler import (
    ProblemError,
    problem_from,
    problem_to,
    read_problem,
    read_solution,
    solution_from,
    solution_to,
    write_problem,
    write_solution,
)
from scheduler.exchange import write_document
from scheduler.model import After, ClockChange, Lock, PublishedVisit, Wish
from tests.scheduler.builders import a_carer, a_client, a_problem, a_row, a_solution, a_visit, at

PROBLEM = a_problem(
    visits=[
        a_visit("v1", "Mon 09:00", skills=("peg",)),
        a_visit("v2", "Mon 14:00", after=After("v1", 60)),
    ],
    carers=[
        a_carer(
            "ann",
            skills=("peg", "medication"),
            preferences=(
                Wish("day_off", 2, day=3),
                Wish("avoid_window", 1, from_minute=0, to_minute=480),
                Wish("prefer_client", 3, client="kim"),
                Wish("no_split", 1),
            ),
        )
    ],
    clients=[a_client("kim", gender="f", familiar=("ann",))],
    locked=(Lock("v1", ("ann",), at("Mon 09:00")), Lock("v2", ("ann",))),
    published=(PublishedVisit("cancelled", 600, ("left",)),),
    clock_change=ClockChange(at("Sun 01:00"), 60),
)
Change = Callable[[dict[str, Any]], Any]


def test_a_problem_comes_back_equal_through_plain_and_compressed_files(tmp_path: Path) -> None:
    for name in ("week.json", "week.json.gz"):
        write_problem(PROBLEM, tmp_path / name)

        assert read_problem(tmp_path / name) == PROBLEM
    assert (tmp_path / "week.json.gz").read_bytes()[:2] == b"\x1f\x8b"


def test_a_solution_comes_back_equal_through_plain_and_compressed_files(tmp_path: Path) -> None:
    solution = a_solution(a_row("v1", "Mon 09:00"), a_row("v2", "Mon 13:45"))
    for name in ("answer.json", "answer.json.gz"):
        write_solution(solution, tmp_path / name)

        assert read_solution(tmp_path / name, PROBLEM) == solution


def test_writing_twice_gives_the_same_bytes_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "week.json.gz"
    write_problem(PROBLEM, target)
    first = target.read_bytes()

    write_problem(PROBLEM, target)

    assert target.read_bytes() == first
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_write_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "week.json"
    write_problem(PROBLEM, target)

    with pytest.raises(TypeError):
        write_document({"not": object()}, target)

    assert read_problem(target) == PROBLEM
    assert list(tmp_path.iterdir()) == [target]


def test_a_week_without_a_clock_change_does_not_mention_one() -> None:
    assert "clock_change" not in problem_to(a_problem())


def test_fields_of_the_head_that_others_added_are_left_alone() -> None:
    document = problem_to(PROBLEM) | {"made_by": "another program"}

    assert problem_from(document) == PROBLEM


def _set(part: str, field: str, value: Any) -> Change:
    return lambda document: document[part][0].update({field: value})


def _drop(part: str, field: str) -> Change:
    return lambda document: document[part][0].pop(field)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda d: d.update(format="rota-problem/2"), "format"),
        (lambda d: d.pop("format"), "format"),
        (lambda d: d.update(travel={"car": []}), "travel"),
        (lambda d: d.update(week_start="2026-12-01"), "week_start"),
        (lambda d: d.update(week_start="next week"), "week_start"),
        (lambda d: d.update(visits={}), "visits"),
        (lambda d: d["visits"].append(7), "visits[2]"),
        (_drop("visits", "earliest"), "visits[0].earliest"),
        (_set("visits", "earliest", "09:00"), "visits[0].earliest"),
        (_set("visits", "earliest", 540.5), "visits[0].earliest"),
        (lambda d: d["visits"][0].update(earliest=True), "visits[0].earliest"),
        (_set("visits", "earliest", 541), "visits[0].earliest"),
        (_set("visits", "earliest", -1), "visits[0].earliest"),
        (_set("visits", "latest", 539), "visits[0].latest"),
        (_set("visits", "latest", 1411), "visits[0].latest"),
        (_set("visits", "target", 7 * 1440), "visits[0].target"),
        (_set("visits", "minutes", 0), "visits[0].minutes"),
        (_set("visits", "carers", 3), "visits[0].carers"),
        (_set("visits", "priority", 0), "visits[0].priority"),
        (_set("visits", "client", "nobody"), "visits[0].client"),
        (_set("visits", "skills", "peg"), "visits[0].skills"),
        (_set("visits", "skills", [1]), "visits[0].skills[0]"),
        (_set("visits", "after", {"visit": "v1", "gap": 0}), "visits[0].after.visit"),
        (_set("visits", "afer", {"visit": "v2", "gap": 0}), "visits[0].afer"),
        (_set("visits", "id", "v2"), "visits[1].id"),
        (_set("visits", "id", ""), "visits[0].id"),
        (_set("carers", "home", "nowhere"), "carers[0].home"),
        (_set("carers", "mode", "rocket"), "carers[0].mode"),
        (_set("carers", "max_days", -1), "carers[0].max_days"),
        (_set("carers", "last_end", 1), "carers[0].last_end"),
        (_set("carers", "worked_last_weekend", 1), "carers[0].worked_last_weekend"),
        (_set("carers", "available", [[600, 600]]), "carers[0].available[0]"),
        (_set("carers", "available", [[1400, 1500]]), "carers[0].available[0]"),
        (_set("carers", "available", [[0, 60, 90]]), "carers[0].available[0]"),
        (
            _set("carers", "preferences", [{"kind": "sun", "strength": 1}]),
            "carers[0].preferences[0].kind",
        ),
        (
            _set("carers", "preferences", [{"kind": "day_off", "day": 7, "strength": 1}]),
            "carers[0].preferences[0].day",
        ),
        (_set("clients", "gender", "x"), "clients[0].gender"),
        (_drop("clients", "gender"), "clients[0].gender"),
        (_set("clients", "place", "nowhere"), "clients[0].place"),
        (_set("places", "x", float("nan")), "places[0].x"),
        (_set("locked", "visit", "nowhere"), "locked[0].visit"),
        (_set("locked", "visit", "v2"), "locked[1].visit"),
        (_set("locked", "carers", ["nobody"]), "locked[0].carers[0]"),
        (lambda d: d["modes"]["car"].update(kmh=0), "modes.car.kmh"),
        (lambda d: d["policy"].pop("break_minutes"), "policy.break_minutes"),
        (lambda d: d["policy"]["weights"].update(travel=-1), "policy.weights.travel"),
        (lambda d: d["policy"]["weights"]["unassigned"].pop("1"), "policy.weights.unassigned"),
        (
            lambda d: d["policy"]["weights"]["preferences"].update(no_split="much"),
            "policy.weights.preferences.no_split",
        ),
        (lambda d: d["clock_change"].update(shift=30), "clock_change.shift"),
    ],
)
def test_unfit_data_is_refused_with_its_path(change: Change, path: str) -> None:
    document = json.loads(json.dumps(problem_to(PROBLEM)))
    change(document)

    with pytest.raises(ProblemError) as caught:
        problem_from(document)

    assert caught.value.path == path
    assert str(caught.value).startswith(f"{path}: ")


def test_people_who_have_left_may_still_be_named_where_that_has_a_meaning() -> None:
    document = problem_to(PROBLEM)
    document["clients"][0].update(familiar=["left"], excluded=["left"])
    document["carers"][0]["preferences"].append(
        {"kind": "avoid_client", "client": "left", "strength": 1}
    )
    document["visits"][0]["after"] = {"visit": "cancelled", "gap": 10}

    assert problem_from(document).client_of["kim"].familiar == ("left",)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"format": "rota-solution/2"}, "format"),
        ({"problem": "another week"}, "problem"),
        ({"assignments": None}, "assignments"),
        ({"assignments": [{"visit": "v1", "start": 540}]}, "assignments[0].carers"),
        (
            {"assignments": [{"visit": "v1", "start": "9", "carers": []}]},
            "assignments[0].start",
        ),
    ],
)
def test_an_unfit_solution_is_refused_with_its_path(changes: dict[str, Any], path: str) -> None:
    document = solution_to(a_solution(a_row("v1", "Mon 09:00"))) | changes

    with pytest.raises(ProblemError) as caught:
        solution_from(document, PROBLEM)

    assert caught.value.path == path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.json", b'{"format": '),
        ("text.json", b"\xff\xfe"),
        ("plain.json.gz", b"{}"),
        ("cut.json.gz", gzip.compress(b"{}" * 5000, mtime=0)[:-12]),
        (
            "bent.json.gz",
            gzip.compress(b"{}", mtime=0)[:12] + b"\x00\xff\xff\xff\xff\xff\xff\xff\xff",
        ),
        ("deep.json", b"[" * 200_000),
    ],
    # Named without the bytes, so that every process that collects the tests knows them alike.
    ids=["cut", "text", "plain-as-gzip", "cut-gzip", "bent-gzip", "deep"],
)
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(ProblemError) as caught:
        read_problem(path)

    assert caught.value.path == str(path)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match=r"week\.json: cannot be read: No such file"):
        read_problem(tmp_path / "week.json")


def test_a_list_is_not_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "week.json"
    path.write_text("[]")

    with pytest.raises(ProblemError, match="must be an object, not a list"):
        read_problem(path)
