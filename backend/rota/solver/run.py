"""Solve for one `SolverRun`: claim it, have a child compute, store what it proposes."""

import logging
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from backend.rota.models import RunKind, RunState, SolverRun
from backend.rota.solver import runs
from backend.rota.solver.child import Child
from backend.rota.solver.group import prepare_part
from backend.rota.solver.outcome import Answer, Outcome, propose
from backend.rota.solver.packing import pack
from backend.rota.solver.preparation import Prepared, prepare
from backend.rota.solver.repair import prepare_repair
from backend.rota.solver.repair_answer import repair_outcomes
from backend.rota.solver.report import Report
from backend.rota.solver.runs import Lease, LeaseLostError
from backend.rota.solver.scenarios import keep_answer
from backend.rota.solver.supervisor import Ending, Supervisor
from scheduler import ProblemError, solution_to

UNFIT = "solver.problem_unfit"
"""`last_error` begins with this when the week cannot be given to the solver as it is."""

# Enough for the solver to look at what it is given once and to explain it.
SHORTEST_SECONDS = 1.0
CHECKPOINT = "checkpoint.json"
FOLDER_NAME = re.compile(r"run-(\d+)-\w+")

logger = logging.getLogger(__name__)


def run(run_id: int) -> None:
    """Solve for one run and store what the solver proposes.

    Safe to deliver twice: only one worker can claim a run. A failure is stored with the run
    before it is raised, so nobody waits for a run that has died.
    """
    lease = runs.claim(run_id)
    if lease is None:
        return
    try:
        with _folder(run_id) as folder:
            _solve(lease, folder)
    except LeaseLostError:
        logger.warning("run %s is no longer this worker's", run_id)
    except ProblemError as error:
        lease.end(RunState.FAILED, last_error=f"{UNFIT}: {error}"[:500])
    except Exception as error:
        with suppress(LeaseLostError):
            lease.died(f"the worker failed with {type(error).__name__}")
        raise


def _solve(lease: Lease, folder: Path) -> None:
    row = SolverRun.objects.get(pk=lease.run_id)
    if row.cancelled_at is not None and not (row.keep_best and row.checkpoint):
        lease.end(RunState.CANCELLED)
        return
    with lease.kept_alive():
        job = JOBS[RunKind(row.kind)](lease, row, folder)
    child, ending = _watched(lease, row, job, folder)
    match ending:
        case Ending.DROPPED:
            lease.end(RunState.CANCELLED)
        case Ending.STOPPED:
            lease.give_back()
        case Ending.UNFIT:
            lease.end(RunState.FAILED, last_error=f"{UNFIT}: {child.last_words()}"[:500])
        case Ending.DIED:
            lease.died(child.death())
        case Ending.DONE:
            _finish(lease, job)


@dataclass(frozen=True, slots=True)
class _Job:
    """What a child is told to do, and how its answer is kept; `keep` says if there was one."""

    arguments: Sequence[str]
    keep: Callable[[], bool]


def _build_job(lease: Lease, row: SolverRun, folder: Path) -> _Job:
    return _job_that_proposes(prepare(lease, row, folder), lease, row, folder)


def _job_that_proposes(prepared: Prepared, lease: Lease, row: SolverRun, folder: Path) -> _Job:
    arguments, answer = _solve_command(prepared, row, folder)

    def keep() -> bool:
        with lease.kept_alive():
            found = answer.outcome(lease)
        return _proposed(lease, [] if found is None else [found])

    return _Job(arguments, keep)


def _repair_job(lease: Lease, row: SolverRun, folder: Path) -> _Job:
    prepared = prepare_repair(lease, row, folder)
    answer = folder / "answer.json"
    arguments = (
        *("repair", str(prepared.problem_file), str(prepared.told_file)),
        *("--changes", str(prepared.changes_file), "--output", str(answer)),
        *("--checkpoint", str(folder / CHECKPOINT)),
    )

    def keep() -> bool:
        with lease.kept_alive():
            found = repair_outcomes(prepared, row, answer)
        return _proposed(lease, found)

    return _Job(arguments, keep)


def _what_if_job(lease: Lease, row: SolverRun, folder: Path) -> _Job:
    arguments, answer = _solve_command(prepare(lease, row, folder), row, folder)

    def keep() -> bool:
        with lease.kept_alive():
            found = answer.best(lease)
        if found is not None:
            keep_answer(lease, found)
        return found is not None

    return _Job(arguments, keep)


def _part_job(lease: Lease, row: SolverRun, folder: Path) -> _Job:
    """Plan a part of a group's week: the last stage proposes, the others hand on their plan."""
    first, group = row.group_stage == 0, row.group_run
    if group is not None and row.group_stage == group.last_stage:
        return _job_that_proposes(prepare_part(lease, row, folder), lease, row, folder)
    prepared = prepare(lease, row, folder) if first else prepare_part(lease, row, folder)
    arguments, answer = _solve_command(prepared, row, folder)

    def keep() -> bool:
        with lease.kept_alive():
            found = answer.best(lease)
        if found is not None:
            lease.finish(checkpoint=pack(solution_to(found)))
        return found is not None

    return _Job(arguments, keep)


JOBS: Mapping[RunKind, Callable[[Lease, SolverRun, Path], _Job]] = {
    RunKind.BUILD: _build_job,
    RunKind.REPAIR: _repair_job,
    RunKind.WHAT_IF: _what_if_job,
    RunKind.PROMISE: _what_if_job,
    RunKind.PART: _part_job,
}


def _solve_command(
    prepared: Prepared, row: SolverRun, folder: Path
) -> tuple[tuple[str, ...], Answer]:
    answer = Answer(prepared, folder / "solution.json", folder / "open.json")
    start = ("--start", str(prepared.start_file)) if prepared.start_file else ()
    arguments = (
        *("solve", str(prepared.problem_file), "--threads", str(row.threads), *start),
        *("--explain", str(answer.reasons)),
        *("--checkpoint", str(folder / CHECKPOINT), "--output", str(answer.solution)),
    )
    return arguments, answer


def _proposed(lease: Lease, outcomes: Sequence[Outcome]) -> bool:
    if outcomes:
        propose(lease, *outcomes)
    return bool(outcomes)


def _watched(lease: Lease, row: SolverRun, job: _Job, folder: Path) -> tuple[Child, Ending]:
    seconds = max(SHORTEST_SECONDS, row.seconds - row.elapsed_seconds)
    if row.cancelled_at is not None:
        seconds = SHORTEST_SECONDS  # only what was found before is wanted
    command = [
        *settings.SOLVER_COMMAND,
        *job.arguments,
        *("--seconds", f"{seconds:g}", "--seed", str(row.seed), "--progress"),
    ]
    child = Child(command, memory_bytes=settings.SOLVER_MEMORY_BYTES, errors=folder / "errors.log")
    supervisor = Supervisor(
        lease,
        child,
        Report(row),
        checkpoint=folder / CHECKPOINT,
        seconds=seconds,
        makes_way=row.kind == RunKind.PROMISE,
    )
    return child, supervisor.watch()


def _finish(lease: Lease, job: _Job) -> None:
    if job.keep():
        return
    if SolverRun.objects.filter(pk=lease.run_id, cancelled_at__isnull=False).exists():
        lease.end(RunState.CANCELLED)  # stopped before there was anything to keep
    else:
        lease.died("the solver ended without a solution")


@contextmanager
def _folder(run_id: int) -> Iterator[Path]:
    """Make a folder for this worker's eyes only; what killed workers left behind goes.

    Folders of runs that are being solved stay, also those of this run: a worker that was only
    frozen may still be looking into one.
    """
    home = Path(settings.SOLVER_FOLDER)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = set(SolverRun.objects.filter(state=RunState.RUNNING).values_list("pk", flat=True))
    for left in home.iterdir():
        name = FOLDER_NAME.fullmatch(left.name)
        if name and int(name[1]) not in held:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        prefix=f"run-{run_id}-", dir=home, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)
