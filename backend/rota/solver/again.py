"""A second, short solve for a run that has an answer: in a child process like the first."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from backend.rota.models import SolverRun
from backend.rota.solver.child import Child
from backend.rota.solver.supervisor import LEAVE_SECONDS, POLL_SECONDS, STOP_ASKED
from scheduler import Problem, ProblemError, Solution, problem_to, read_solution, solution_to
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
        if STOP_ASKED.is_set() or self._is_cancelled():
            return None
        problem_file, start_file, answer = (
            self.folder / f"again-{name}.json" for name in ("problem", "start", "solution")
        )
        write_document(problem_to(problem), problem_file)
        write_document(solution_to(start), start_file)
        answer.unlink(missing_ok=True)
        self._watch(
            *("solve", str(problem_file), "--start", str(start_file), "--output", str(answer)),
            *("--threads", str(self.run.threads), "--seed", str(self.run.seed)),
            *("--checkpoint", str(self.folder / "again-checkpoint.json")),
            *("--explain", str(self.reasons)),
            *("--seconds", f"{AGAIN_SECONDS:g}", "--progress"),
        )
        try:
            return read_solution(answer, problem) if answer.exists() else None
        except ProblemError:
            return None  # cut off while it was written

    def _is_cancelled(self) -> bool:
        return SolverRun.objects.filter(pk=self.run.pk, cancelled_at__isnull=False).exists()

    def _watch(self, *arguments: str) -> None:
        child = Child(
            [*settings.SOLVER_COMMAND, *arguments],
            memory_bytes=settings.SOLVER_MEMORY_BYTES,
            errors=self.folder / "again-errors.log",
        )
        try:
            while child.elapsed < AGAIN_SECONDS + GRACE_SECONDS and not STOP_ASKED.is_set():
                if child.lines(POLL_SECONDS) is None:
                    child.end(grace=LEAVE_SECONDS)
                    return
        finally:
            child.end()
