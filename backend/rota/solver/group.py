"""The weeks of a group's branches in parts: what is planned when, and what has come of it so far.

Nothing is kept but the parts' own rows: the problem of all branches is put together from those of
the first stage, and the plan so far from the plans of all stages that are through.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db.models import Avg

from backend.organisation.models import Branch
from backend.rota.models import GroupRun, Rota, RunState, SolverRun
from backend.rota.solver.ids import branch_id
from backend.rota.solver.packing import fingerprint, pack, unpack
from backend.rota.solver.preparation import Prepared, begin_from, laid_out_files
from backend.rota.solver.runs import Lease
from backend.rota.solver.translate import rules_of_branch
from scheduler import Problem, Solution, problem_from, problem_to, solution_from
from scheduler.parts import first_plan, part_of, put_back
from scheduler.score import cost
from scheduler.stages import Centre, stages_of
from scheduler.together import together

PROPOSING_SECONDS: Final = 5
"""For the last stage: enough to choose the starts of a branch once more and to explain."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The week of all branches, and the plan for it so far."""

    problem: Problem
    plan: Solution


def stages_for(rotas: Collection[Rota], *, seconds: int, workers: int) -> list[dict[str, Any]]:
    """Return the stages of a group run as its row keeps them."""
    of_name = {branch_id(rota.branch_id): rota.branch_id for rota in rotas}
    solving = [
        {
            "seconds": max(1, round(stage.seconds_each(seconds, workers))),
            "parts": [[of_name[name] for name in part] for part in stage.parts],
        }
        for stage in stages_of(_centres(rotas))
    ]
    proposing = {"seconds": PROPOSING_SECONDS, "parts": [[pk] for pk in sorted(of_name.values())]}
    return [*solving, proposing]


def have_same_rules(rotas: Iterable[Rota]) -> bool:
    """Say whether all branches plan their week under the same rules and with the same speeds."""
    rules = [rules_of_branch(rota) for rota in rotas]
    return all(row == rules[0] for row in rules)


def planned_branches(group: GroupRun) -> set[int]:
    """Return the branches that have a plan; the others take no part in later stages."""
    done = group.parts.filter(group_stage=0, state=RunState.FINISHED)
    return set(done.values_list("rota__branch_id", flat=True))


def whole_of(group: GroupRun, *, before: int) -> Whole:
    """Put the stages before one together; the plan breaks no rule."""
    runs = list(
        group.parts.filter(group_stage__lt=before, state=RunState.FINISHED)
        .exclude(checkpoint=None)
        .select_related("rota")
        .order_by("group_stage", "pk")
    )
    problem = together(
        {
            branch_id(run.rota.branch_id): problem_from(unpack(run.problem or b""))
            for run in runs
            if run.group_stage == 0
        },
        name=f"group-{group.pk}-{group.week_starts_on.isoformat()}",
    )
    plan = first_plan(problem)
    for run in runs:
        document = {**unpack(run.checkpoint or b""), "problem": problem.name}
        plan = put_back(problem, plan, [(_names(run), solution_from(document, problem))])
    return Whole(problem, plan)


def prepare_part(lease: Lease, run: SolverRun, folder: Path) -> Prepared:
    """Lay out a part of a later stage; a second try finds what the first one made."""
    if run.group_run is None or run.group_stage is None:
        raise ValueError(f"run {run.pk} is no part of a group run")
    if run.problem:
        problem = problem_from(unpack(run.problem))
        start = solution_from(unpack(run.checkpoint), problem) if run.checkpoint else None
        return laid_out_files(problem, start, folder)
    whole = whole_of(run.group_run, before=run.group_stage)
    part = part_of(whole.problem, _names(run), whole.plan)
    _note_cost(run.group_run, whole, run.group_stage)
    document = problem_to(part.problem)
    run.problem, run.problem_hash = pack(document), fingerprint(document)
    begin_from(run, part.problem, part.start, is_rebased=False)
    lease.write(**{name: getattr(run, name) for name in COLUMNS})
    return laid_out_files(part.problem, part.start, folder)


COLUMNS: Final = (
    "problem",
    "problem_hash",
    "checkpoint",
    "checkpoint_cost",
    "best_cost",
    "unassigned",
    "curve",
    "figures",
)
"""What laying out a part changes in its run."""


def _note_cost(group: GroupRun, whole: Whole, stage: int) -> None:
    """Keep what the whole plan costs; all parts of a stage find the same."""
    GroupRun.objects.filter(pk=group.pk, stage=stage).update(
        best_cost=cost(whole.problem, whole.plan).total,
        unassigned=len(whole.problem.visits) - len(whole.plan.assignments),
    )


def _names(run: SolverRun) -> set[str]:
    return {branch_id(pk) for pk in run.branches}


def _centres(rotas: Collection[Rota]) -> dict[str, Centre]:
    """Return where each branch's clients live on average; without any, at the origin."""
    rows = Branch.objects.filter(pk__in={rota.branch_id for rota in rotas}).annotate(
        east=Avg("clients__easting"), north=Avg("clients__northing")
    )
    return {branch_id(row.pk): (row.east or 0.0, row.north or 0.0) for row in rows}
