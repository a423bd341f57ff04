"""How much memory a week needs, and that a run keeps to what it may take."""

import subprocess
import sys
from pathlib import Path

from scheduler import write_problem
from scheduler.memory import MEGABYTE, needed_bytes
from tests.scheduler.builders import a_carer, a_problem, a_visit

ROOT = Path(__file__).resolve().parents[2]


def _solve(tmp_path: Path, megabytes: int) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own: the limit stays with the process."""
    week, answer = tmp_path / "week.json", tmp_path / "answer.json"
    write_problem(a_problem(visits=[a_visit("v1", "Mon 09:00")]), week)
    command = [sys.executable, "-m", "scheduler", "solve", str(week), "-o", str(answer)]
    command += ["--seconds", "1", "--memory", str(megabytes)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_week_that_needs_more_memory_than_allowed_is_refused_before_the_run(
    tmp_path: Path,
) -> None:
    done = _solve(tmp_path, 20)

    assert done.returncode == 4
    assert "memory: too little: the week needs about 116 MB, 20 MB are allowed" in done.stderr
    assert not (tmp_path / "answer.json").exists()


def test_a_week_that_fits_is_planned(tmp_path: Path) -> None:
    done = _solve(tmp_path, 400)

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "answer.json").exists()


def test_what_goes_past_the_limit_all_the_same_ends_with_a_named_answer(tmp_path: Path) -> None:
    week = tmp_path / "week.json"
    write_problem(a_problem(visits=[a_visit("v1", "Mon 09:00")]), week)
    greedy = (
        "import sys, scheduler.cli as cli\n"
        "cli.solve = lambda *_, **__: bytearray(2 * 10**9)\n"
        "sys.exit(cli.main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", greedy, "solve", str(week), "-o", str(tmp_path / "a.json")]
    command += ["--seconds", "1", "--memory", "400"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 4
    assert "memory.exceeded" in done.stderr


def test_the_estimate_grows_with_visits_and_with_carers_for_each_of_them() -> None:
    visits = [a_visit(f"v{number}", "Mon 09:00") for number in range(500)]
    few = needed_bytes(a_problem(visits=visits))
    more = needed_bytes(a_problem(visits=visits, carers=[a_carer(f"c{n}") for n in range(200)]))

    assert few > needed_bytes(a_problem(visits=visits[:10])) > 100 * MEGABYTE
    assert more - few > 199 * 500 * 8
