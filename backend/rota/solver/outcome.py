"""A solver's answer becomes a proposal: the better of two plans, its figures, its open visits."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.rota.models import RotaProposal, RunKind, SolverRun
from backend.rota.solver.again import SolveAgain
from backend.rota.solver.figures import figures_of
from backend.rota.solver.ids import pk_of
from backend.rota.solver.law_records import lawful_part
from backend.rota.solver.packing import unpack
from backend.rota.solver.plan_anew import planned_anew
from backend.rota.solver.preparation import Prepared
from backend.rota.solver.runs import Lease
from backend.rota.solver.translate import (
    AssignmentRow,
    WeekOfBranch,
    assignments_of,
    week_of_branch,
)
from scheduler import Problem, ProblemError, Solution, read_solution, solution_from


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a proposal holds."""

    assignments: list[AssignmentRow]
    open_visits: list[dict[str, Any]]
    figures: dict[str, Any]
    figures_before: dict[str, Any]
    repair: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The files in which a solver left its solution and its reasons; either may be missing."""

    prepared: Prepared
    solution: Path
    reasons: Path

    def outcome(self, lease: Lease) -> Outcome | None:
        """Return what to propose: the best plan, within the law; None when there is none at all.

        What the law takes out of it is planned anew, which takes some seconds: the lease is to be
        kept alive meanwhile.
        """
        plans = self._plans(lease)
        if not plans:
            return None
        row = SolverRun.objects.select_related("rota__branch__organisation").get(pk=lease.run_id)
        problem, week = self.prepared.problem, week_of_branch(row.rota)
        lawful = [lawful_part(week.law, problem, plan) for plan in plans]
        best, _ = self._best([found.plan for found in lawful])
        again = SolveAgain(row, self.solution.parent)
        found = planned_anew(
            week.law, problem, next(one for one in lawful if one.plan is best), again
        )
        by_law = {name: {"reasons": {row.code: 1}} for name, row in found.taken.items()}
        reasons = {**_reasons(again.reasons), **_reasons(self.reasons), **by_law}
        return Outcome(
            assignments=assignments_of(found.plan, week),
            open_visits=_open_visits(problem, found.plan, reasons, week),
            figures=figures_of(problem, found.plan),
            # A part holds loans that the draft does not have yet; it is judged as it is.
            figures_before=_draft_figures(
                week.draft, week.problem if row.kind == RunKind.PART else problem
            ),
        )

    def best(self, lease: Lease) -> Solution | None:
        """Return the better plan; None when there is none."""
        plans = self._plans(lease)
        return self._best(plans)[0] if plans else None

    def _plans(self, lease: Lease) -> list[Solution]:
        return [plan for plan in (self._handed_in(), self._checkpoint(lease)) if plan is not None]

    def _best(self, plans: Sequence[Solution]) -> tuple[Solution, dict[str, Any]]:
        """Return the better of some plans and its figures.

        The solver's own word is not taken for the best: what it hands in is compared with the
        stored checkpoint, and one with fewer broken rules, then with less cost, wins.
        """
        judged = [(plan, figures_of(self.prepared.problem, plan)) for plan in plans]
        return min(judged, key=lambda pair: (pair[1]["breaches"], pair[1]["cost"]))

    def _handed_in(self) -> Solution | None:
        if not self.solution.exists():
            return None
        try:
            return read_solution(self.solution, self.prepared.problem)
        except ProblemError:
            return None  # cut off while it was written

    def _checkpoint(self, lease: Lease) -> Solution | None:
        packed = SolverRun.objects.values_list("checkpoint", flat=True).get(pk=lease.run_id)
        return solution_from(unpack(packed), self.prepared.problem) if packed else None


def _reasons(file: Path) -> dict[str, dict[str, Any]]:
    if not file.exists():
        return {}
    try:
        return {row["visit"]: row for row in json.loads(file.read_text())}
    except ValueError:
        return {}  # cut off while it was written


def propose(lease: Lease, *outcomes: Outcome) -> None:
    """Finish the run and insert its proposals, the first first, or nothing of it.

    Raises
    ------
    LeaseLostError
        Another worker has the run.
    """
    with transaction.atomic():
        if not lease.finish(checkpoint=None):
            return
        run = SolverRun.objects.only("rota_id", "rota_version").get(pk=lease.run_id)
        made_at = timezone.now()
        RotaProposal.objects.bulk_create(
            RotaProposal(
                run=run,
                alternative=alternative,
                rota_id=run.rota_id,
                rota_version=run.rota_version,
                assignments=outcome.assignments,
                open_visits=outcome.open_visits,
                figures=outcome.figures,
                figures_before=outcome.figures_before,
                repair=outcome.repair,
                made_at=made_at,
            )
            for alternative, outcome in enumerate(outcomes)
        )


def _draft_figures(draft: Solution, problem: Problem) -> dict[str, Any]:
    """Return the figures of the draft, judged by the same problem as the proposal."""
    known = tuple(
        row
        for row in draft.assignments
        if row.visit in problem.visit_of and all(name in problem.carer_of for name in row.carers)
    )
    return figures_of(problem, Solution(problem.name, known))


def _open_visits(
    problem: Problem,
    plan: Solution,
    reasons: Mapping[str, Mapping[str, Any]],
    week: WeekOfBranch,
) -> list[dict[str, Any]]:
    return [
        {
            "visit_id": pk_of(visit.id),
            "reasons": [
                {"code": code, "count": count}
                for code, count in reasons.get(visit.id, {}).get("reasons", {}).items()
            ],
            "nearest": list(nearest_rows(reasons.get(visit.id, {}).get("nearest", ()))),
        }
        for visit in problem.open_visits(plan)
        if week.is_own(visit.id)
    ]


def nearest_rows(rows: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """Yield those who were nearest to an open visit, by the keys of their rows."""
    for row in rows:
        yield {
            "carer_id": pk_of(row["carer"]),
            "code": row["code"],
            "message": row["message"],
            "change": row["change"],
        }
