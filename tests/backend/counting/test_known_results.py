"""Every vote whose result is known comes out the same, digit by digit.

With `ROUNDTABLE_KNOWN_RESULTS` naming a folder, every file below it is counted as well.
"""

import json
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from backend.counting.blt import read_blt
from backend.counting.cases import count_cases
from backend.counting.lots import ScriptedLots
from backend.counting.meek import ONE, count_meek
from backend.counting.stv_report import stv_report
from backend.retention.cases import KINDS as RETENTION
from backend.surplus.cases import KINDS as SURPLUS

DATA = Path(__file__).with_name("data")
MORE = os.environ.get("ROUNDTABLE_KNOWN_RESULTS")
FOLDERS = [DATA, *([Path(MORE)] if MORE else [])]
KINDS_OF_CASES = {"policy", "limits", "control", "thresholds", "allocation", "retention"}
MORE_KINDS = (*SURPLUS, *RETENTION)

ELECTIONS = sorted(path for folder in FOLDERS for path in folder.rglob("*.blt"))
CASES = sorted(
    path
    for folder in FOLDERS
    for path in folder.rglob("*.json")
    if path.stem.split("_")[0] in KINDS_OF_CASES
)


@pytest.mark.parametrize("path", ELECTIONS, ids=lambda path: path.stem)
def test_an_election_has_the_stages_and_winners_that_were_declared(path: Path) -> None:
    known = json.loads(path.with_suffix(".result.json").read_text())
    known |= _scottish(known)

    counted = json.loads(json.dumps(stv_report(read_blt(path.read_text()))))

    if isinstance(known["candidates"][0], str):
        known["candidates"] = [{"name": name} for name in known["candidates"]]
    for given, candidate in zip(known["candidates"], counted["candidates"], strict=True):
        assert given.items() <= candidate.items()
    for name in (known.keys() & counted.keys()) - {"candidates"}:
        assert counted[name] == known[name], name
    assert {"stages", "outcomes"} & known.keys() & counted.keys()


def _scottish(known: dict[str, Any]) -> dict[str, Any]:
    """Return the Scottish count of a file that holds several; it names the winners."""
    numbers = (
        {name: number for number, name in enumerate(known["candidates"], 1)}
        if ("scottish" in known)
        else {}
    )
    if not numbers:
        return {}
    scottish = dict(known["scottish"])
    return scottish | {"elected": [numbers[name] for name in scottish["elected"]]}


def test_the_model_election_has_the_published_meek_figures() -> None:
    known = json.loads((DATA / "stv" / "ers97_model.result.json").read_text())
    names = known["candidates"]
    papers = read_blt((DATA / "stv" / "ers97_model.blt").read_text())

    result = count_meek(papers, ScriptedLots())

    assert {names[number - 1] for number in result.elected} == set(known["meek"]["elected"])
    published = known["meek"]["checkpoints"][1:]
    for point, checkpoint in zip(result.points, published, strict=True):
        counted = {name: point.votes.get(number, 0) for number, name in enumerate(names, 1)}
        counted |= {"Exhausted": point.exhausted, "Quota": point.quota}
        for name, figure in checkpoint["values"].items():
            assert abs(Fraction(counted[name], ONE) - Fraction(figure)) < Fraction(2, 100), name


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_has_the_result_that_is_expected(path: Path) -> None:
    known = json.loads(path.read_text())

    counted = count_cases(_without_expectations(known), MORE_KINDS)

    pairs = list(_pairs(known, counted))
    assert pairs
    for expected, result in pairs:
        assert {name: _plain(result[name]) for name in expected} == expected


def _without_expectations(content: Any) -> Any:
    if isinstance(content, list):
        return [_without_expectations(item) for item in content]
    if isinstance(content, dict):
        return {
            name: _without_expectations(part) for name, part in content.items() if name != "expect"
        }
    return content


def _pairs(known: Any, counted: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    if isinstance(known, list):
        for case, answer in zip(known, counted, strict=True):
            yield from _pairs(case, answer)
    elif "expect" in known:
        assert counted.get("id") == known.get("id")
        yield known["expect"], counted["result"]
    else:
        for name, part in known.items():
            yield from _pairs(part, counted[name])


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
