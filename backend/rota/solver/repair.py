"""A repair through the one door: what the child is given, and what its answer proposes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.core.periods import DAY_MINUTES
from backend.rota.models import PublishedAssignment, Rota, SolverRun, Visit
from backend.rota.solver.changes import for_scheduler
from backend.rota.solver.figures import figures_of
from backend.rota.solver.ids import carer_id, pk_of, visit_id
from backend.rota.solver.outcome import Outcome, nearest_rows
from backend.rota.solver.packing import fingerprint, pack
from backend.rota.solver.preparation import snapshot
from backend.rota.solver.runs import Lease
from backend.rota.solver.translate import WeekOfBranch, assignments_of, week_of_branch
from scheduler import (
    Assignment,
    Problem,
    Solution,
    problem_to,
    solution_from,
    solution_to,
)
from scheduler.exchange import write_document


@dataclass(frozen=True, slots=True)
class PreparedRepair:
    """The files of a repair: the week as it is now, what people were told, what has happened."""

    problem: Problem
    draft: Solution
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
    return PreparedRepair(week.problem, week.draft, week, *files)


def repair_outcomes(prepared: PreparedRepair, run: SolverRun, answer: Path) -> list[Outcome]:
    """Return what a repair proposes, the first first; empty when there is no answer to be read."""
    try:
        document = json.loads(answer.read_text())
    except (OSError, ValueError):
        return []  # ended before it was written
    before = figures_of(prepared.problem, prepared.draft)
    reasons = {
        visit.pk: visit.open_reason
        for visit in Visit.objects.filter(rota=run.rota_id).only("open_reason")
        if visit.open_reason
    }
    return [
        _outcome(prepared.week, row, document["proof"], before, reasons)
        for row in document["plans"]
    ]


def _outcome(
    week: WeekOfBranch,
    row: Mapping[str, Any],
    proof: Mapping[str, Any] | None,
    before: dict[str, Any],
    reasons: Mapping[int, Mapping[str, Any]],
) -> Outcome:
    problem = week.problem
    plan = solution_from(row["solution"], problem)
    given = {assignment.visit for assignment in plan.assignments}
    # Who mends another branch's visits is that branch.
    explained = {
        open_visit["visit"]: open_visit
        for open_visit in row["open"]
        if week.is_own(open_visit["visit"])
    }
    torn_open = [
        {
            "visit_id": pk_of(name),
            "reasons": [{"code": code, "count": count} for code, count in visit["reasons"].items()],
            "nearest": list(nearest_rows(visit["nearest"])),
        }
        for name, visit in explained.items()
    ]
    others = [
        reasons[pk_of(visit.id)]
        for visit in problem.visits
        if visit.id not in given and visit.id not in explained and pk_of(visit.id) in reasons
    ]
    return Outcome(
        assignments=assignments_of(plan, week),
        open_visits=[*torn_open, *(dict(reason) for reason in others)],
        figures=figures_of(problem, plan),
        figures_before=before,
        repair={
            "stands_for": row["stands_for"],
            "change_count": row["change_count"],
            "others_changed": row["others_changed"],
            "left_open": len(explained),
            "new_faces": row["new_faces"],
            "travel_added": row["travel_added"],
            "calls": [_call(call) for call in row["calls"]],
            "proof": proof,
        },
    )


def _call(call: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "who": call["who"],
        "id": pk_of(call["id"]),
        "items": [
            {
                "told": item["told"],
                "visit_id": pk_of(item["visit"]),
                "before": _row(item["before"]),
                "after": _row(item["after"]),
            }
            for item in call["items"]
        ],
    }


def _row(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    carers = sorted(pk_of(name) for name in row["carers"])
    return {"start_minute": row["start"] % DAY_MINUTES, "carer_ids": carers}


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
