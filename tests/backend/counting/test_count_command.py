"""`./roundtable count` prints a result, or one line that says what is wrong and where."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from backend.counting.canonical import digest
from backend.counting.command import main
from backend.retention.cases import KINDS as RETENTION
from backend.surplus.cases import KINDS as SURPLUS

DATA = Path(__file__).with_name("data")
TIE = DATA / "stv" / "tie_exclusion_lot.blt"
ROOT = Path(__file__).parents[3]


def _count(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Any:
    assert main([str(word) for word in words], folder=DATA) == 0
    return json.loads(capsys.readouterr().out)


def _refused(capsys: pytest.CaptureFixture[str], path: Path) -> str:
    assert main([str(path)], folder=path.parent, more_kinds=(*SURPLUS, *RETENTION)) == 2
    said = capsys.readouterr()
    assert not said.out
    (line,) = said.err.splitlines()
    return line.removeprefix(f"{path}: ")


def test_a_file_is_found_from_where_the_command_is_called(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _count(capsys, "stv/exactly_the_quota.blt")["elected"] == [1, 2]


def test_it_starts_without_database_and_settings() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "roundtable", "count", TIE],
        capture_output=True,
        text=True,
        check=True,
        env={},
    )

    assert json.loads(done.stdout)["first_tie"] == [1, 2]


def test_a_seed_settles_the_tie_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    result = _count(capsys, TIE, "--lots", "5f2c9a7e41d0b836", "--election", "council-2027")

    # The order of lots is 5, 1, 4, 3, 2: of 1 and 2 the later one is excluded.
    assert result["lots_needed"] is True
    assert result["lots"] == [{"tied": [1, 2], "drawn": 2}]
    assert result["elected"] == [1]
    assert result["stages"][-1]["elected"] == [1]


def test_a_seed_without_an_election_is_not_enough(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(TIE), "--lots", "5f2c9a7e41d0b836"], folder=DATA)

    assert "belong together" in capsys.readouterr().err


def test_a_result_carries_its_method_and_hashes(capsys: pytest.CaptureFixture[str]) -> None:
    result = _count(capsys, "stv/exactly_the_quota.blt")

    declared = result.pop("result_hash")
    assert digest(result) == declared
    assert result["method"] == "scottish-stv-1"
    assert len(result["inputs_hash"]) == 64


def test_withdrawn_candidates_stay_in_the_table(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "papers"
    path.write_text('2 1\n-1\n3 1 2 0\n0\n"Ana (Office (East))"\n"Bea"\n"T"\n')

    result = _count(capsys, path)

    assert result["candidates"] == [
        {"no": 1, "name": "Ana", "party": "Office (East)", "withdrawn": True},
        {"no": 2, "name": "Bea", "party": None},
    ]
    assert result["elected"] == [2]
    assert result["stages"][0]["votes"] == ["0.00000", "3.00000"]


def test_so_many_lots_that_they_cannot_all_be_shown_are_cut_off(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "papers"
    path.write_text("9 1\n1 1 0\n1 2 0\n0\n")

    result = _count(capsys, path)

    assert result["outcomes_are_complete"] is False
    assert len(result["outcomes"]) == 1000
    assert result["meek_winners_unofficial"] is None


def test_missing_fields_take_the_rules_defaults(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "cases"
    policy = {"id": "p", "status_quo": [500, 500], "ballots": [[20, 0]]}
    limit = {"status_quo": 3, "votes": [1, None, 1]}
    control = {"id": None, "votes": {"Worker": 51, "investor": 48.9}}
    path.write_text(json.dumps([policy, limit, control, {"eligible": 3, "yes": 2, "no": 0}]))

    answers = _count(capsys, path)

    assert answers[0]["result"]["weights"] == [1000, 0]
    assert answers[1] == {"result": {"value": 1}}
    assert answers[2]["id"] is None
    assert answers[2]["result"]["inside_votes_bp"] == 5105
    assert answers[3]["result"]["majority_of_staff"] is True


def test_what_is_expected_is_not_looked_at(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "case"
    path.write_text(json.dumps({"status_quo": 3, "votes": [1], "expect": {"value": 7, "more": 1}}))

    assert _count(capsys, path) == {"result": {"value": 1}}


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("", "the file is empty"),
        ("hello", "this is neither a BLT file"),
        ("3 1\n1 9 0\n0\n", "line 2: there is no candidate 9; they are 1 to 3"),
        ('[\n{"id": 1,}]', "line 2: this is not JSON"),
        ("[NaN]", "NaN is not a number that can be counted"),
        ("[" * 100_000, "lists and objects stand too deep within each other"),
        ('{"a": 1, "a": 2}', "'a' stands twice in one object"),
        (f"[{'9' * 5000}]", "a number has too many digits"),
        ("[3]", "cases[0]: must be an object"),
        ('[{"id": 1}]', "cases[0]: cannot be recognised as one of"),
        (
            '{"pot_pence": 1, "elements": [["luck", 1000]], "members": []}',
            "elements[0][0]: there is no basis 'luck'; there are hours",
        ),
        (
            '[{"pot_pence": 1, "elements": [["pay", 1]], "members": [{"no": 1}, {"no": 1}]}]',
            "cases[0].members[1].no: member 1 stands twice",
        ),
        (
            '{"as_at": "2026-12-31", "workers": [["w", "2026-02-30", null]]}',
            "workers[0][1]: must be a date such as 2026-12-31",
        ),
        (
            '{"as_at": "9999-12-31", "workers": []}',
            "as_at: must be between 1900-01-01 and 2199-12-31",
        ),
        (
            '{"as_at": "2026-12-31", "workers": [["w", "2026-02-02", "2026-02-01"]]}',
            "workers[0][2]: is before the first day",
        ),
        ('{"package": "p"}', "this is the package of a declared result: count it again"),
        ('{"id": 1}', "cannot be recognised as one of"),
        ('[{"votes": [1, "two"], "status_quo": 3}]', "cases[0].votes[1]: must be a whole number"),
        ('[{"votes": [true], "status_quo": 3}]', "cases[0].votes[0]: must be a whole number"),
        ('[{"votes": [1]}]', "cases[0]: status_quo is missing"),
        (
            '[{"votes": [9], "status_quo": 3, "max": 7, "min": 0}]',
            "cases[0].votes[0]: 9 is not on the scale 0 to 7, step 1",
        ),
        (
            '[{"votes": [1], "status_quo": 3, "quorum_count": 99999999}]',
            "cases[0]: 99999999 people are more than any co-operative has",
        ),
        (
            '[{"ballots": [[10, 9]], "status_quo": [1, 1]}]',
            "cases[0].ballots[0]: 19 tokens are placed instead of 20",
        ),
        (
            '[{"ballots": [], "status_quo": [0, 0]}]',
            "cases[0].status_quo: must hold at least one weight above zero",
        ),
        (
            '[{"ballots": [[20], [20]], "status_quo": [1], "eligible": 1}]',
            "cases[0]: 2 took part, but only 1 could",
        ),
        (
            '[{"ballots": [], "status_quo": [1], "quorum": [30, 0]}]',
            "cases[0].quorum[1]: must be between 1 and",
        ),
        ('[{"votes": {"worker": -1}}]', "cases[0].votes.worker: must be between 0 and"),
        ('{"votes": {"worker": "many"}}', "votes.worker: must be a number, not 'many'"),
        (
            '{"resolutions": [{"kind": "odd", "votes_for": 1}]}',
            "resolutions[0].kind: there is no rule for 'odd'; there are ordinary",
        ),
        (
            '{"spin_out": [{"eligible": 3, "yes": 2, "no": 2}]}',
            "spin_out[0]: 4 took part, but only 3 could",
        ),
    ],
)
def test_what_cannot_be_counted_is_one_line_that_names_the_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str, wrong: str
) -> None:
    path = tmp_path / "file"
    path.write_text(content)

    assert _refused(capsys, path).startswith(wrong)


def test_a_file_that_is_not_there_or_is_no_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(bytes(range(256)))

    assert _refused(capsys, tmp_path / "nothing") == "cannot be read: No such file or directory"
    assert _refused(capsys, tmp_path) == "cannot be read: Is a directory"
    assert _refused(capsys, binary).startswith("this is neither a BLT file")


def test_names_of_older_programs_are_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "papers"
    path.write_bytes('1 1\n1 1 0\n0\n"Zoë"\n"T"\n'.encode("latin-1"))

    assert _count(capsys, path)["candidates"][0]["name"] == "Zoë"
