"""A second, short search for a run that has an answer: in a child process like the first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from backend.rota.models import SolverRun
from backend.rota.solver.child import Child
from backend.rota.solver.supervisor import LEAVE_SECONDS, POLL_SECONDS, STOP_ASKED
from scheduler import (
    Problem,
    ProblemError,
    Solution,
    problem_to,
    read_solution,
    solution_from,
    solution_to,
)
from scheduler.exchange import write_document

AGAIN_SECONDS = 3.0
GRACE_SECONDS = 20.0
"""For loading and leaving, on a busy machine."""


@dataclass(frozen=True, slots=True)
class SolveAgain:
    """Solves once more from a plan. The caller keeps the run's lease alive meanwhile."""

    run: SolverRun
    folder: Path

    @property
    def reasons(self) -> Path:
        """The file in which the last solve left why visits stay open; it may be missing."""
        return self.folder / "again-open.json"

    def __call__(self, problem: Problem, start: Solution) -> Solution | None:
        """Return a plan; None where the run has been stopped meanwhile, or the child failed.

        Whoever stops a run wants what there is now.
        """
        if is_enough(self.run):
            return None
        problem_file, start_file, answer = (
            self.folder / f"again-{name}.json" for name in ("problem", "start", "solution")
        )
        write_document(problem_to(problem), problem_file)
        write_document(solution_to(start), start_file)
        answer.unlink(missing_ok=True)
        watch(
            self.folder,
            *("solve", str(problem_file), "--start", str(start_file), "--output", str(answer)),
            *("--threads", str(self.run.threads), "--seed", str(self.run.seed)),
            *("--checkpoint", str(self.folder / "again-checkpoint.json")),
            *("--explain", str(self.reasons)),
        )
        try:
            return read_solution(answer, problem) if answer.exists() else None
        except ProblemError:
            return None  # cut off while it was written


@dataclass(frozen=True, slots=True)
class RepairAgain:
    """Repairs once more from what people were told, in the manner of one plan of the answer."""

    run: SolverRun
    folder: Path
    told_file: Path
    changes_file: Path
    manners: Sequence[str]

    def __call__(self, problem: Problem, _start: Solution) -> Solution | None:
        """Return a plan; None where the run has been stopped meanwhile, or the child failed."""
        if is_enough(self.run):
            return None
        problem_file, answer = (
            self.folder / f"again-{name}.json" for name in ("problem", "repair")
        )
        write_document(problem_to(problem), problem_file)
        answer.unlink(missing_ok=True)
        watch(
            self.folder,
            *("repair", str(problem_file), str(self.told_file)),
            *("--changes", str(self.changes_file), "--output", str(answer)),
            *("--checkpoint", str(self.folder / "again-checkpoint.json")),
            *("--seed", str(self.run.seed)),
        )
        try:
            plans = json.loads(answer.read_text())["plans"] if answer.exists() else []
        except ValueError:
            return None  # cut off while it was written
        like = [row for row in plans if not {*self.manners}.isdisjoint(row["stands_for"])]
        return solution_from(like[0]["solution"], problem) if like else None


def is_enough(run: SolverRun) -> bool:
    """Say whether somebody wants what there is now, and nothing better."""
    cancelled = SolverRun.objects.filter(pk=run.pk, cancelled_at__isnull=False)
    return STOP_ASKED.is_set() or cancelled.exists()


def watch(folder: Path, *arguments: str) -> None:
    """Run a child for `AGAIN_SECONDS`, and some more for loading and leaving."""
    child = Child(
        [
            *settings.SOLVER_COMMAND,
            *arguments,
            *("--seconds", f"{AGAIN_SECONDS:g}", "--progress"),
        ],
        memory_bytes=settings.SOLVER_MEMORY_BYTES,
        errors=folder / "again-errors.log",
    )
    try:
        while child.elapsed < AGAIN_SECONDS + GRACE_SECONDS and not STOP_ASKED.is_set():
            if child.lines(POLL_SECONDS) is None:
                child.end(grace=LEAVE_SECONDS)
                return
    finally:
        child.end()
