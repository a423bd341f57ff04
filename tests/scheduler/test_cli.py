"""The command line as the backend and people use it, with the real engine."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from scheduler import check, cost, read_problem, read_solution, write_problem, write_solution
from scheduler.cli import main
from scheduler.improve import library
from scheduler.model import Problem, Solution
from scheduler.progress import Progress
from scheduler.reporter import Reporter
from scheduler.solve_group import is_for_parts
from scheduler.stop import StopRequest
from tests.scheduler.builders import a_carer, a_problem, a_row, a_solution, a_visit

ROOT = Path(__file__).parents[2]
WEEK = json.loads((Path(__file__).parent / "data" / "sound.json").read_text())["problem"]


@dataclass
class Desk:
    """A folder with a problem in it and room for what comes out."""

    folder: Path
    problem: Path = field(init=False)
    output: Path = field(init=False)

    def __post_init__(self) -> None:
        self.problem = self.folder / "week.json"
        self.problem.write_text(json.dumps(WEEK))
        self.output = self.folder / "answer.json"

    def solve(self, *options: str | Path) -> int:
        """Run `solve` in this process and return its exit status."""
        return main(["solve", str(self.problem), "-o", str(self.output), *map(str, options)])

    def answer(self) -> Solution:
        """Return what was written."""
        return read_solution(self.output, read_problem(self.problem))


@pytest.fixture(scope="module")
def _engine() -> None:
    library.build()


@pytest.fixture
def desk(tmp_path: Path, _engine: None) -> Desk:
    return Desk(tmp_path)


def test_a_solved_week_breaks_no_rule_and_says_why_visits_are_open(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    reasons = desk.folder / "reasons.json"

    status = desk.solve("--iterations", "4000", "--threads", "1", "--explain", reasons)

    problem, answer = read_problem(desk.problem), desk.answer()
    assert status == 0
    assert capsys.readouterr().out == ""
    assert check(problem, answer) == ()
    assert answer.assignments
    given = {row.visit for row in answer.assignments}
    explained = json.loads(reasons.read_text())
    assert [row["visit"] for row in explained] == [
        visit.id for visit in problem.visits if visit.id not in given
    ]
    assert all(set(row) == {"visit", "reasons", "nearest"} for row in explained)
    assert all(
        set(near) == {"carer", "code", "message", "change"}
        for row in explained
        for near in row["nearest"]
    )


def test_progress_is_one_object_a_line_from_loading_to_done(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = desk.folder / "kept.json"

    desk.solve("--iterations", "4000", "--threads", "1", "--progress", "--checkpoint", kept)

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [lines[0]["stage"], lines[-1]["stage"]] == ["loading", "done"]
    assert all(
        list(line)
        == [
            "stage",
            "elapsed",
            "iterations",
            "cost",
            "terms",
            "unassigned",
            "unassigned_critical",
            "lower",
            "gap",
            "checkpoint",
        ]
        for line in lines
    )
    problem, answer = read_problem(desk.problem), desk.answer()
    assert lines[-1]["cost"] == cost(problem, answer).total
    assert lines[-1]["unassigned"] == len(problem.visits) - len(answer.assignments)
    assert lines[-1]["iterations"] == 4000
    assert lines[-1]["checkpoint"]
    assert read_solution(kept, problem) == answer


def test_the_same_seed_and_iterations_give_the_same_bytes(desk: Desk) -> None:
    answers = []
    for _ in range(2):
        desk.solve("--iterations", "2000", "--seed", "5")
        answers.append(desk.output.read_bytes())

    assert answers[0] == answers[1]


def test_a_large_group_is_planned_by_parts_and_told_as_one_week(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    week = json.loads(json.dumps(WEEK))
    for row in (*week["carers"][::2], *week["clients"][::2]):
        row["branch"] = "another"
    desk.problem.write_text(json.dumps(week))
    monkeypatch.setattr("scheduler.solve_group.LEAST_VISITS", 1)

    status = desk.solve("--seconds", "3", "--progress")

    problem, answer = read_problem(desk.problem), desk.answer()
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 0
    assert is_for_parts(problem)
    assert check(problem, answer) == ()
    assert lines[-1]["cost"] == cost(problem, answer).total
    told = [line["cost"] for line in lines if line["cost"] is not None]
    assert told == sorted(told, reverse=True)


def test_a_start_is_improved_and_never_made_worse(desk: Desk) -> None:
    desk.solve("--iterations", "2000", "--threads", "1")
    problem, first = read_problem(desk.problem), desk.answer()
    start = desk.folder / "start.json.gz"
    write_solution(first, start)

    desk.solve("--iterations", "500", "--threads", "1", "--start", start)

    assert cost(problem, desk.answer()).total <= cost(problem, first).total


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_stop_writes_the_best_it_has(desk: Desk, number: int) -> None:
    command = [sys.executable, "-m", "scheduler", "solve", str(desk.problem), "--seconds", "120"]
    command += ["--progress", "--checkpoint", str(desk.folder / "kept.json")]
    command += ["--explain", str(desk.folder / "reasons.json"), "-o", str(desk.output)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if json.loads(line)["stage"] == "improving":
                break
        run.send_signal(number)
        rest = [json.loads(line) for line in run.stdout]
        status = run.wait(timeout=60)

    problem = read_problem(desk.problem)
    assert status == 0
    assert rest[-1]["stage"] == "done"
    assert rest[-1]["elapsed"] < 60
    assert check(problem, desk.answer()) == ()
    assert read_solution(desk.folder / "kept.json", problem) == desk.answer()
    assert json.loads((desk.folder / "reasons.json").read_text()) is not None


def test_a_run_whose_reader_has_gone_stops_and_keeps_its_work(desk: Desk) -> None:
    command = [sys.executable, "-m", "scheduler", "solve", str(desk.problem), "--seconds", "120"]
    command += ["--progress", "-o", str(desk.output)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        complaints = run.stderr.read()
        status = run.wait(timeout=60)

    assert (status, complaints) == (0, "")
    assert check(read_problem(desk.problem), desk.answer()) == ()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "give --seconds or --iterations"),
        (("--seconds", "1", "--explain", "nowhere/reasons.json"), "its folder does not exist"),
        (("--seconds", "1", "--start", "nowhere.json"), "nowhere.json: cannot be read"),
    ],
)
def test_what_cannot_work_is_said_before_the_run(
    desk: Desk, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], words: str
) -> None:
    status = desk.solve(*options)

    assert status == 2
    assert words in capsys.readouterr().err
    assert not desk.output.exists()


@pytest.mark.parametrize("options", [("--seconds", "-1"), ("--threads", "0"), ("--seconds", "nan")])
def test_amounts_that_mean_nothing_are_refused(desk: Desk, options: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        desk.solve(*options)

    assert caught.value.code == 2


def test_an_unfit_problem_is_refused_with_its_path(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(desk.problem.read_text())
    document["visits"][3]["minutes"] = "half an hour"
    desk.problem.write_text(json.dumps(document))

    status = desk.solve("--seconds", "1")

    assert status == 2
    assert capsys.readouterr().err == (
        "scheduler: visits[3].minutes: must be a whole number, not a text\n"
    )


def _files(folder: Path, problem: Problem, solution: Solution) -> list[str]:
    write_problem(problem, folder / "week.json")
    write_solution(solution, folder / "answer.json.gz")
    return ["check", str(folder / "week.json"), str(folder / "answer.json.gz")]


def test_a_check_of_a_broken_week_names_each_breach_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00"), a_visit("v2", "Mon 09:10")])
    command = _files(tmp_path, problem, a_solution(a_row("v1", 540), a_row("v2", 550)))

    status = main(command)

    out = capsys.readouterr().out
    assert status == 1
    assert "H5  ann v2 day 0: Overlaps the visit before by 20 minutes.\n" in out
    assert "hard rule breaches 1\n" in out


def test_a_check_of_a_sound_week_succeeds_and_speaks_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00")], carers=[a_carer()])
    solution = a_solution(a_row("v1", "Mon 09:00"))
    command = _files(tmp_path, problem, solution)

    status = main([*command, "--json"])

    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert status == 0
    assert result["breaches"] == []
    assert result["total"] == cost(problem, solution).total
    assert result["indicators"]["covered minutes %"] == 100


@pytest.mark.usefixtures("_engine")
def test_making_the_engine_ready_twice_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    assert capsys.readouterr().out == "The engine is ready.\n"


class _Options:
    """What the reporter reads of the command line."""

    def __init__(self, checkpoint: Path) -> None:
        self.progress = True
        self.checkpoint = checkpoint


def _progress(points: float, solution: Solution, stage: str = "improving") -> Progress:
    return Progress(stage, 0.0, 1, points, {}, 0, 0, lambda: solution)


def test_a_checkpoint_is_in_its_place_before_the_line_that_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.json"
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00")])
    solution = a_solution(a_row("v1", "Mon 09:00"))
    reporter = Reporter(_Options(kept), StopRequest())  # type: ignore[arg-type]  # all it needs

    assert reporter.report(_progress(100.0, solution))

    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["checkpoint"] is True
    assert read_solution(kept, problem) == solution


def test_neither_an_empty_week_nor_a_worse_one_takes_the_place_of_a_checkpoint(
    tmp_path: Path,
) -> None:
    kept = tmp_path / "kept.json"
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00")])
    start = a_solution(a_row("v1", "Mon 09:00"))
    write_solution(start, kept)
    reporter = Reporter(_Options(kept), StopRequest())  # type: ignore[arg-type]  # all it needs
    reporter.begin(problem, start)

    reporter.report(_progress(10_000.0, a_solution(), stage="loading"))
    reporter.report(_progress(9_000.0, a_solution(), stage="building"))

    assert read_solution(kept, problem) == start


def test_a_stop_request_reaches_the_run(tmp_path: Path) -> None:
    request = StopRequest()
    reporter = Reporter(_Options(tmp_path / "kept.json"), request)  # type: ignore[arg-type]  # all it needs
    assert reporter.report(_progress(1.0, a_solution()))

    request.make()

    assert not reporter.report(_progress(1.0, a_solution()))


def test_a_run_needs_nothing_of_django() -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO")}
    code = "import sys, scheduler.cli; sys.exit(any(m.startswith('django') for m in sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=False)

    assert done.returncode == 0


@pytest.mark.usefixtures("_engine")
def test_a_run_with_a_target_and_a_gap_says_how_near_it_came(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    week, answer = tmp_path / "week.json", tmp_path / "answer.json"
    write_problem(a_problem(visits=[a_visit("v1", "Mon 09:00")]), week)
    command = ["solve", str(week), "-o", str(answer), "--iterations", "400000", "--progress"]

    status = main([*command, "--gap", "0"])

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 0
    assert (lines[0]["lower"], lines[0]["gap"]) == (None, None)
    assert lines[-1]["stage"] == "done"
    assert lines[-1]["lower"] is not None
    assert lines[-1]["gap"] is not None


def test_a_bound_says_how_far_a_week_is_from_the_best_and_keeps_a_better_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = a_problem(visits=[a_visit("v1", "Mon 09:00"), a_visit("v2", "Tue 09:00")])
    _files(tmp_path, problem, a_solution(a_row("v1", "Mon 09:00")))
    better = tmp_path / "better.json"

    status = main(
        ["bound", str(tmp_path / "week.json"), str(tmp_path / "answer.json.gz"), "-o", str(better)]
    )

    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert status == 0
    assert result == {
        "cost": 1206.0,
        "lower": 12.0,
        "gap": 0.99005,
        "is_optimal": True,
        "better_cost": 12.0,
        "covers": "WHOLE_WEEK",
    }
    assert check(problem, read_solution(better, problem)) == ()
