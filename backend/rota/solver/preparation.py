"""What a worker lays out for the solver: the problem, and what is kept of an earlier try."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from backend.rota.models import Rota, SolverRun
from backend.rota.models.runs import IMAGINED
from backend.rota.solver.last_week import plan_of_last_week
from backend.rota.solver.packing import fingerprint, pack, unpack
from backend.rota.solver.road_times import refresh_branch
from backend.rota.solver.runs import Lease
from backend.rota.solver.still_allowed import still_allowed
from backend.rota.solver.translate import solution_from_rows, week_of_branch
from scheduler import Problem, Solution, problem_from, problem_to, solution_from, solution_to
from scheduler.exchange import write_document
from scheduler.model import CRITICAL
from scheduler.score import cost

COLUMNS = (
    "rota_version",
    "problem",
    "problem_hash",
    "travel",
    "checkpoint",
    "checkpoint_cost",
    "best_cost",
    "unassigned",
    "curve",
    "figures",
)
"""What making the problem anew changes in a run."""


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
    # A scenario is about the week as it was when it was asked.
    if run.problem and (run.rota_version == version or run.kind in IMAGINED):
        problem = problem_from(unpack(run.problem))
        if run.checkpoint:
            start = solution_from(unpack(run.checkpoint), problem)
    else:
        problem, start = _made_anew(lease, run)
    return laid_out_files(problem, start, folder)


def laid_out_files(problem: Problem, start: Solution | None, folder: Path) -> Prepared:
    """Write a problem and what to begin with into a folder."""
    return Prepared(
        problem,
        _written(problem_to(problem), folder / "problem.json"),
        start,
        _written(solution_to(start), folder / "start.json") if start else None,
    )


def _made_anew(lease: Lease, run: SolverRun) -> tuple[Problem, Solution | None]:
    _look_for_travel_times(run.rota_id)
    with snapshot():
        rota = Rota.objects.select_related("branch__organisation").get(pk=run.rota_id)
        week = week_of_branch(rota)
        last_week = plan_of_last_week(rota)
    problem = week.problem
    document = problem_to(problem)
    is_same = fingerprint(document) == run.problem_hash
    run.rota_version, run.problem = rota.version, pack(document)
    run.problem_hash, run.travel = fingerprint(document), week.roads.told()
    start: Solution | None = None
    if run.checkpoint:
        start = solution_from({**unpack(run.checkpoint), "problem": problem.name}, problem)
    if start is None or not is_same:
        older = start or week.draft
        if not older.assignments:
            older = solution_from_rows(problem, last_week)
        start = _begun_anew(run, problem, older, is_rebased=start is not None)
    lease.write(**{name: getattr(run, name) for name in COLUMNS})
    return problem, start


def _look_for_travel_times(rota_id: int) -> None:
    """Have a route service asked for what is missing, where the rules name one; not for long."""
    rota = Rota.objects.select_related("branch__organisation").get(pk=rota_id)
    refresh_branch(
        rota.branch,
        on=rota.week_starts_on,
        seconds=settings.TRAVEL_RUN_SECONDS,
        now=timezone.now(),
    )


def _begun_anew(
    run: SolverRun, problem: Problem, older: Solution, *, is_rebased: bool
) -> Solution | None:
    """Begin with what may be kept of an older plan, at the price it has in this problem.

    A first try begins with the draft: what a coordinator has is not to be lost in a proposal that
    is worse. An empty draft begins with last week's plan, so that clients go on seeing the carers
    they know. A plan without a single visit is no plan to begin with.
    """
    kept = still_allowed(problem, older)
    if not kept.assignments:
        run.checkpoint, run.checkpoint_cost, run.best_cost, run.curve = None, None, None, []
        return None
    begin_from(run, problem, kept, is_rebased=is_rebased)
    return kept


def begin_from(run: SolverRun, problem: Problem, plan: Solution, *, is_rebased: bool) -> None:
    """Have a run go on from a plan: its checkpoint, with what it costs and leaves open."""
    price, left = cost(problem, plan), problem.open_visits(plan)
    run.checkpoint, run.checkpoint_cost = pack(solution_to(plan)), price.total
    run.best_cost, run.unassigned = price.total, len(left)
    run.curve = [(run.elapsed_seconds, price.total, len(left))]
    run.figures = {
        "terms": dict(price.terms),
        "iterations": 0,
        "unassigned_critical": sum(visit.priority == CRITICAL for visit in left),
        "rebased": is_rebased,
    }


@contextmanager
def snapshot() -> Iterator[None]:
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
