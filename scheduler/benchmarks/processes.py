"""One command in a process of its own: its time, its memory, what it said, what a judge says."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from scheduler.progress import Stopwatch

KIB_IN_MIB: Final = 1024

Command: TypeAlias = list[str | Path]


class BenchmarkError(Exception):
    """A command of the measurement failed; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that has ended: seconds from its start, lines each with the second it came."""

    lines: tuple[tuple[float, str], ...]
    seconds: float
    peak_mib: float
    status: int

    @property
    def text(self) -> str:
        """All that it wrote to standard output."""
        return "\n".join(line for _, line in self.lines)


def run(command: Sequence[str | Path], *, fine: Sequence[int] = (0,)) -> Finished:
    """Run a command. Raises `BenchmarkError` where it ends with a status that is not fine."""
    watch = Stopwatch()
    words = [str(word) for word in command]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None  # noqa: S101  asked for above
        lines = tuple((watch.elapsed(), line.rstrip("\n")) for line in process.stdout)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in fine:
        raise BenchmarkError(f"{' '.join(words)} ended with {process.returncode}")
    return Finished(lines, watch.elapsed(), used.ru_maxrss / KIB_IN_MIB, process.returncode)


def solve_week(
    problem: Path, answer: Path, *, seconds: float, seed: int, threads: int
) -> dict[str, Any]:
    """Plan a week by the command line and return what came of it; judged by `judge_week`."""
    command: Command = [
        sys.executable,
        "-m",
        "scheduler",
        "solve",
        problem,
        "-o",
        answer,
        "--progress",
    ]
    command += ["--seconds", str(seconds), "--seed", str(seed), "--threads", str(threads)]
    done = run(command)
    told = [(moment, json.loads(line)) for moment, line in done.lines]
    plans = [(moment, line) for moment, line in told if line["cost"] is not None]
    first_at, first = plans[0]
    last = plans[-1][1]
    return {
        "seconds": round(done.seconds, 2),
        "peak_mib": round(done.peak_mib),
        "first_seconds": round(first_at, 2),
        "first_total": first["cost"],
        "rounds": last["iterations"],
        "lower": last["lower"],
    }


def reading_seconds(problem: Path) -> float:
    """Return how long a process takes that only loads what `solve` needs and reads the week."""
    code = (
        "import sys, pathlib, scheduler.cli, scheduler.exchange as e;"
        "e.read_problem(pathlib.Path(sys.argv[1]))"
    )
    return run([sys.executable, "-c", code, problem]).seconds


def judge_week(shared: Path, problem: Path, answer: Path) -> dict[str, Any]:
    """Return what the independent scorer and our own rules say of a plan."""
    scorer = shared / "week" / "score.py"
    told = json.loads(run([sys.executable, scorer, problem, answer, "--json"], fine=(0, 1)).text)
    # In a process as well: the next child's peak would begin with what this one has in memory.
    checker: Command = [sys.executable, "-m", "scheduler", "check", problem, answer, "--json"]
    own = json.loads(run(checker, fine=(0, 1)).text)
    return {
        "total": told["total"],
        "breaches": sum(told["hard"].values()),
        "open": own["indicators"]["unassigned visits"],
        "own_total": own["total"],
        "own_breaches": len(own["breaches"]),
    }
