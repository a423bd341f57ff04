"""What a worker lays out for the solver: the problem, and what is kept of an earlier try."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from backend.rota.models import Rota, SolverRun
from backend.rota.solver.packing import fingerprint, pack, unpack
from backend.rota.solver.runs import Lease
from backend.rota.solver.still_allowed import still_allowed
from backend.rota.solver.translate import problem_for
from scheduler import Problem, Solution, problem_from, problem_to, solution_from, solution_to
from scheduler.exchange import write_document
from scheduler.score import cost


@dataclass(frozen=True, slots=True)
class Prepared:
    """A problem in a folder, and the solution to begin with, if there is one."""

    problem: Problem
    problem_file: Path
    start: Solution | None
    start_file: Path | None


def prepare(lease: Lease, run: SolverRun, folder: Path) -> Prepared:
    """Lay out a run's problem and its checkpoint; `run` is brought up to date.

    A draft that has not changed since gives the very problem of the earlier try. After a change
    the problem is made anew and the run goes on with what the checkpoint still may keep.
    """
    start = None
    version = Rota.objects.values_list("version", flat=True).get(pk=run.rota_id)
    if run.problem and run.rota_version == version:
        problem = problem_from(unpack(run.problem))
        if run.checkpoint:
            start = solution_from(unpack(run.checkpoint), problem)
    else:
        problem, start = _made_anew(lease, run)
    return Prepared(
        problem,
        _written(problem_to(problem), folder / "problem.json"),
        start,
        _written(solution_to(start), folder / "start.json") if start else None,
    )


def _made_anew(lease: Lease, run: SolverRun) -> tuple[Problem, Solution | None]:
    with _snapshot():
        rota = Rota.objects.select_related("branch__organisation").get(pk=run.rota_id)
        problem = problem_for(rota)
    document = problem_to(problem)
    run.rota_version = rota.version
    start = None
    if run.checkpoint:
        start = _rebased(run, problem, same=fingerprint(document) == run.problem_hash)
    run.problem, run.problem_hash = pack(document), fingerprint(document)
    columns = (
        "rota_version",
        "problem",
        "problem_hash",
        "checkpoint",
        "checkpoint_cost",
        "best_cost",
        "curve",
        "figures",
    )
    lease.write(**{name: getattr(run, name) for name in columns})
    return problem, start


def _rebased(run: SolverRun, problem: Problem, *, same: bool) -> Solution | None:
    """Return what may be kept of a checkpoint that answers an earlier problem."""
    kept = solution_from({**unpack(run.checkpoint or b""), "problem": problem.name}, problem)
    if same:
        return kept
    kept = still_allowed(problem, kept)
    # Another problem has another price: the curve begins again.
    price = cost(problem, kept)
    run.checkpoint, run.checkpoint_cost = pack(solution_to(kept)), price.total
    run.best_cost, run.curve = price.total, []
    run.figures = {**run.figures, "terms": dict(price.terms), "rebased": True}
    return kept


@contextmanager
def _snapshot() -> Iterator[None]:
    """Read everything as of one moment, while others go on writing."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        # On SQLite a transaction is a snapshot as it is.
        if connection.vendor == "postgresql" and is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _written(document: object, path: Path) -> Path:
    write_document(document, path)
    return path
