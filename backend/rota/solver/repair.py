"""A repair through the one door: what the child is given; `repair_answer` reads what it says."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from backend.rota.models import PublishedAssignment, Rota, SolverRun
from backend.rota.solver.changes import for_scheduler
from backend.rota.solver.ids import carer_id, visit_id
from backend.rota.solver.packing import fingerprint, pack
from backend.rota.solver.preparation import snapshot
from backend.rota.solver.runs import Lease
from backend.rota.solver.translate import WeekOfBranch, week_of_branch
from scheduler import Assignment, Problem, Solution, problem_to, solution_to
from scheduler.exchange import write_document


@dataclass(frozen=True, slots=True)
class PreparedRepair:
    """The files of a repair: the week as it is now, what people were told, what has happened."""

    problem: Problem
    draft: Solution
    told: Solution
    week: WeekOfBranch
    problem_file: Path
    told_file: Path
    changes_file: Path


def prepare_repair(lease: Lease, run: SolverRun, folder: Path) -> PreparedRepair:
    """Lay out a repair. The week is read anew at every try: that is quicker than it is mended.

    The week holds the change already, as an absence or a visit more; slow roads alone are no part
    of it. What is to be mended is the draft; visits that have left it since they were told are
    told to their carers as well.
    """
    with snapshot():
        rota = Rota.objects.select_related("branch__organisation").get(pk=run.rota_id)
        week = week_of_branch(rota)
        gone = _told_and_gone(rota, week)
    document = problem_to(week.problem)
    lease.write(
        rota_version=rota.version, problem=pack(document), problem_hash=fingerprint(document)
    )
    told = Solution(week.problem.name, (*week.draft.assignments, *gone))
    files = [folder / name for name in ("problem.json", "told.json", "changes.json")]
    named = {row.visit for row in told.assignments}
    happened = for_scheduler(run.changes, week.problem, named)
    contents = (document, solution_to(told), happened)
    for content, path in zip(contents, files, strict=True):
        write_document(content, path)
    return PreparedRepair(week.problem, week.draft, told, week, *files)


def _told_and_gone(rota: Rota, week: WeekOfBranch) -> Iterable[Assignment]:
    """Return what people were told of visits that nobody is to make any more."""
    teams: dict[str, tuple[int, list[str]]] = {}
    for visit, carer, on, start in (
        PublishedAssignment.objects.filter(rota=rota, superseded_by__isnull=True)
        .order_by("visit", "carer")
        .values_list("visit_id", "carer_id", "on", "start_minute")
    ):
        name = visit_id(visit)
        if name not in week.problem.visit_of:
            moment = week.week.minute_of(on, start)
            teams.setdefault(name, (moment, []))[1].append(carer_id(carer))
    return [Assignment(name, start, tuple(names)) for name, (start, names) in teams.items()]
