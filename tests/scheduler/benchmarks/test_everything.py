"""The one command for all tables, on weeks of a few visits, with a judge and a maker of its own."""

import json
import math
from pathlib import Path

import pytest

from scheduler.benchmarks.__main__ import main
from scheduler.benchmarks.records import Record, Records
from scheduler.benchmarks.weeks import slope
from scheduler.exchange import problem_to
from scheduler.improve import library
from tests.scheduler.builders import a_carer, a_client, a_problem, a_visit

MAKER = """
import json, pathlib, sys
words = dict(zip(sys.argv[1::2], sys.argv[2::2]))
weeks = json.loads(pathlib.Path(__file__).with_name("weeks.json").read_text())
print(json.dumps(weeks[words["--branches"]]))
"""
JUDGE = """
import json, pathlib, sys
from scheduler.exchange import read_problem, read_solution
from scheduler.score import check, cost
week = read_problem(pathlib.Path(sys.argv[1]))
plan = read_solution(pathlib.Path(sys.argv[2]), week)
print(json.dumps({"total": cost(week, plan).total, "hard": {"all": len(check(week, plan))}}))
"""


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder laid out as the shared one, with weeks of one and of two branches."""
    library.build()
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[3]))
    folder = tmp_path / "shared" / "week"
    folder.mkdir(parents=True)
    weeks = {}
    for branches in (1, 2):
        names = ["north", "south"][:branches]
        problem = a_problem(
            visits=[
                a_visit(f"{name}{n}", f"{day} 09:00", client=name)
                for name in names
                for n, day in enumerate(("Mon", "Tue", "Sat"))
            ],
            carers=[a_carer(f"c-{name}", branch=name) for name in names],
            clients=[a_client(name, branch=name) for name in names],
        )
        weeks[str(branches)] = problem_to(problem)
    (folder / "weeks.json").write_text(json.dumps(weeks))
    (folder / "make_problem.py").write_text(MAKER)
    (folder / "score.py").write_text(JUDGE)
    return tmp_path / "shared"


@pytest.mark.slow
def test_one_command_prints_the_tables_and_a_second_one_measures_nothing_again(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["all", "--quick", "--shared", str(shared), "--folder", str(tmp_path / "kept")]
    command += ["--only", "branches", "bounds", "group", "growth"]

    assert main(command) == 0
    first = _rows(capsys.readouterr().out)
    kept = (tmp_path / "kept" / "results.jsonl").read_text()
    assert main(command) == 0
    second = _rows(capsys.readouterr().out)

    assert second == first
    assert (tmp_path / "kept" / "results.jsonl").read_text() == kept
    heads = [row.split(" | ")[0] for row in first]
    assert [head for head in heads if head.startswith("| week-")] == [
        "| week-1x60-1", "| week-1x60-2", "| week-1x20-1", "| week-1x20-2",
        "| week-1x20-2", "| week-1x40-2",
    ]  # fmt: skip
    assert all("| 0/0 | True |" in row for row in first if row.startswith("| week-1x60"))
    assert all(" | yes | " in row for row in first if row.startswith("| week-1x20-1"))
    assert {"| the group", "| 2 branches alone", "| exponent"} <= set(heads)


def test_an_unknown_table_is_named(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["all", "--shared", str(shared), "--folder", str(tmp_path / "kept")]

    with pytest.raises(SystemExit):
        main([*command, "--only", "weather"])

    assert "no table weather" in capsys.readouterr().err


def test_an_interrupted_measurement_goes_on_where_it_was(tmp_path: Path) -> None:
    path, measured = tmp_path / "results.jsonl", list[str]()

    def measure() -> Record:
        measured.append("one")
        return {"total": 5.0}

    Records(path).once({"week": 1}, measure)
    with path.open("a") as file:
        file.write('{"key": "{\\"week\\": 2}", "resu')

    again = Records(path)
    assert again.once({"week": 1}, measure) == {"total": 5.0}
    assert again.once({"week": 2}, measure) == {"total": 5.0}

    assert measured == ["one", "one"]
    assert Records(path).once({"week": 2}, measure) == {"total": 5.0}
    assert measured == ["one", "one"]


def test_the_exponent_of_a_power_is_found() -> None:
    points = [(math.log(n), math.log(3 * n**1.5)) for n in (400, 3000, 18_000)]

    assert slope(points) == pytest.approx(1.5)


def _rows(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith("| ")]
