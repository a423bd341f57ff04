"""The script that anybody can run agrees with what was declared, and with nothing else."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.counting.blt import read_blt
from backend.counting.cases import count_cases
from backend.counting.policy import token_vote
from backend.counting.published import published_package
from backend.counting.questions import (
    MeekSeatsQuestion,
    Question,
    SeatsQuestion,
    WeightsQuestion,
)
from backend.democracy.recount import recount as script
from tests.backend.counting.questions import ELECTION, KINDS, SEED

DATA = Path(__file__).with_name("data")
SCRIPT = Path(script.__file__)


def _package(*questions: Question) -> dict[str, Any]:
    """Return a package as it arrives with whoever counts it again."""
    package = published_package(election=ELECTION, seed=SEED, questions=questions)
    arrived: dict[str, Any] = json.loads(json.dumps(package))
    return arrived


def _is_confirmed(package: Any) -> bool:
    """Return whether a recount says that this is the declared result."""
    try:
        result = script.recount(package)
    except (script.PackageError, *script.NONSENSE):
        return False
    return script.is_declared(package, result)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=120)
@given(data=st.data())
def test_both_come_to_the_same_result_by_different_ways(kind: str, data: st.DataObject) -> None:
    package = _package(data.draw(KINDS[kind]))

    result = script.recount(package)

    assert result == package["declared"]["result"]
    assert script.digest(result) == package["declared"]["result_hash"]


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.blt")), ids=lambda path: path.stem)
def test_both_agree_on_real_and_on_awkward_elections(path: Path) -> None:
    papers = read_blt(path.read_text())

    assert _is_confirmed(_package(SeatsQuestion("seats", papers), MeekSeatsQuestion("m", papers)))


def test_both_agree_on_the_ballots_of_a_whole_co_operative() -> None:
    case = json.loads((DATA / "ownership" / "policy_850.json").read_text())
    vote = token_vote(case["ballots"], present=case["status_quo"], eligible=case["eligible"])

    package = _package(WeightsQuestion("weights", tuple(case["criteria"]), vote))

    counted: Any = count_cases(case)
    (answer,) = package["declared"]["result"]["answers"]
    assert answer["result"]["weights"] == list(counted["result"]["weights"])
    assert _is_confirmed(package)


def _places(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path to each value that holds no other."""
    children = part.items() if isinstance(part, dict) else enumerate(part)
    for name, child in children:
        if isinstance(child, dict | list) and child:
            yield from _places(child, (*path, name))
        else:
            yield (*path, name)


def _changed(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return value + 1
    return f"{value}x" if isinstance(value, str) else "x"


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=8)
@given(data=st.data())
def test_no_published_value_can_be_changed_unnoticed(kind: str, data: st.DataObject) -> None:
    package = _package(data.draw(KINDS[kind]))
    assert _is_confirmed(package)

    for *path, last in _places(package):
        other = deepcopy(package)
        part = other
        for name in path:
            part = part[name]
        part[last] = _changed(part[last])
        assert not _is_confirmed(other), (path, last)


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a word more": lambda package: package.update(note="trust me"),
    "a word more with a question": lambda package: package["questions"][0].update(note="trust me"),
    "a word more with the votes": lambda package: package["questions"][0]["inputs"].update(more=1),
    "a question less": lambda package: package["questions"].pop(),
    "questions the other way round": lambda package: package["questions"].reverse(),
    "papers the other way round": lambda package: package["questions"][0]["inputs"][
        "papers"
    ].reverse(),
    "a word more with the result": lambda package: package["declared"].update(more=1),
    "no lots": lambda package: package.pop("lots"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_can_be_added_left_out_or_reordered_unnoticed(change: str) -> None:
    papers = read_blt("2 1\n3 1 2 0\n2 2 0\n0\n")
    package = _package(SeatsQuestion("first", papers), SeatsQuestion("second", papers))
    assert _is_confirmed(package)

    CHANGES[change](package)

    assert not _is_confirmed(package)


def test_a_question_may_not_stand_twice() -> None:
    papers = read_blt("2 1\n3 1 2 0\n0\n")

    with pytest.raises(ValueError, match="same id"):
        _package(SeatsQuestion("seats", papers), MeekSeatsQuestion("seats", papers))


def test_ballots_are_published_without_their_pattern() -> None:
    ballots = [(20, 0, 0), (1, 2, 17), (0, 19, 1)]
    vote = token_vote(ballots, present=(1, 1, 1), eligible=3)

    inputs = WeightsQuestion("weights", ("a", "b", "c"), vote).inputs()

    assert inputs["given"] == [[20, 1, 0], [19, 2, 0], [17, 1, 0]]


def _run(path: Path) -> subprocess.CompletedProcess[str]:
    # Without site-packages and without this folder: nothing but Python itself.
    return subprocess.run(
        [sys.executable, "-I", "-S", SCRIPT, path], capture_output=True, text=True, check=False
    )


def test_the_script_runs_alone_and_says_whether_it_agrees(tmp_path: Path) -> None:
    package = _package(SeatsQuestion("seats", read_blt("2 1\n3 1 2 0\n2 2 0\n0\n")))
    path = tmp_path / "package.json"
    path.write_text(json.dumps(package, indent=1))

    done = _run(path)
    result, result_hash, verdict = done.stdout.splitlines()

    assert json.loads(result) == package["declared"]["result"]
    assert result_hash == package["declared"]["result_hash"]
    assert (verdict, done.returncode) == ("This is the declared result.", 0)

    package["declared"]["result"]["answers"][0]["result"]["elected"] = [2]
    path.write_text(json.dumps(package))
    done = _run(path)
    assert done.stdout.splitlines()[2] == "This is NOT the declared result."
    assert done.returncode == 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        "\xff",
        '{"package": 1.5}',
        '{"a": 1, "a": 1}',
        "null",
        '{"a": NaN}',
    ],
)
def test_a_package_that_makes_no_sense_is_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "package.json"
    path.write_bytes(content.encode("latin-1"))

    done = _run(path)

    assert done.returncode == 2
    assert not done.stdout
    assert len(done.stderr.splitlines()) == 1
