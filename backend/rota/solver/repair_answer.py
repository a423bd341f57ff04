"""What the answer of a repair proposes: its plans within the law, and what is told of each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from backend.core.periods import DAY_MINUTES
from backend.rota.models import SolverRun, Visit
from backend.rota.solver.again import RepairAgain
from backend.rota.solver.figures import figures_of
from backend.rota.solver.ids import pk_of
from backend.rota.solver.law_facts import Advice, advice_for
from backend.rota.solver.law_records import lawful_part, warnings_since
from backend.rota.solver.outcome import Outcome, nearest_rows
from backend.rota.solver.plan_anew import planned_anew
from backend.rota.solver.repair import PreparedRepair
from backend.rota.solver.translate import assignments_of
from scheduler import Lock, Problem, changes_from, solution_from
from scheduler.exchange import Happened
from scheduler.repair import describe, repair_plan_to

PlanRow: TypeAlias = Mapping[str, Any]
"""A plan of a `rota-repair/1` document."""


def repair_outcomes(prepared: PreparedRepair, run: SolverRun, answer: Path) -> list[Outcome]:
    """Return what a repair proposes, the first first; empty when there is no answer to be read.

    All of it is within the law. What the law takes out of a plan is given to others, which takes
    some seconds for each: the lease is to be kept alive meanwhile.
    """
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
    lawful = _Law(prepared, run, answer.parent)
    advice = advice_for(prepared.week.law)
    return [
        _outcome(prepared, row, lawful.proof(row, document["proof"]), before, reasons, advice)
        for row in _merged([lawful.mended(row) for row in document["plans"]])
    ]


@dataclass(frozen=True, slots=True)
class _Law:
    """Brings the plans of a repair within the law, with the rules that every run's plans obey."""

    prepared: PreparedRepair
    run: SolverRun
    folder: Path

    def mended(self, row: PlanRow) -> PlanRow:
        """Return a plan of the answer as it is, or what is left of it and was found instead.

        What the draft breaks already is not the repair's to mend, nor what has begun.
        """
        problem, law = self._begun_is_locked(), self.prepared.week.law
        plan = solution_from(row["solution"], problem)
        trimmed = lawful_part(law, problem, plan, self.prepared.draft)
        if not trimmed.taken:
            return row
        again = RepairAgain(
            self.run,
            self.folder,
            self.prepared.told_file,
            self.prepared.changes_file,
            row["stands_for"],
        )
        found = planned_anew(law, problem, trimmed, again, since=self.prepared.draft)
        told = repair_plan_to(
            describe(
                self.prepared.problem,
                self.prepared.told,
                self._happened.changes,
                found.plan,
                tuple(row["stands_for"]),
                now=self._happened.now,
            )
        )
        by_law = {name: {finding.code: 1} for name, finding in found.taken.items()}
        return {
            **told,
            "open": [
                {**visit, "reasons": by_law[visit["visit"]], "nearest": []}
                if visit["visit"] in by_law
                else visit
                for visit in told["open"]
            ],
            "is_mended": True,
        }

    def proof(self, row: PlanRow, proof: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """Return what is proved of a plan: the limits hold for one that was mended as well."""
        if proof is None or not row.get("is_mended"):
            return proof
        limit = proof["any_plan"]
        return {
            **proof,
            "is_least_open": row["open_points"] <= limit["open_points"],
            "is_fewest_changes": row["change_count"] <= limit["changes"],
        }

    @property
    def _happened(self) -> Happened:
        return changes_from(json.loads(self.prepared.changes_file.read_text()))

    def _begun_is_locked(self) -> Problem:
        problem, now = self.prepared.problem, self._happened.now
        locked = {lock.visit for lock in problem.locked}
        begun = (
            Lock(row.visit, row.carers, row.start)
            for row in self.prepared.draft.assignments
            if row.start < now and row.visit not in locked
        )
        return replace(problem, locked=(*problem.locked, *begun))


def _merged(rows: Sequence[PlanRow]) -> Sequence[PlanRow]:
    """Return each plan once; one that has come out twice stands for what both stood for."""
    found: list[dict[str, Any]] = []
    for row in rows:
        same = next((one for one in found if _stints(one) == _stints(row)), None)
        if same is None:
            found.append({**row})
        else:
            same["stands_for"] = [*same["stands_for"], *row["stands_for"]]
    return found


def _stints(row: PlanRow) -> set[tuple[str, int, tuple[str, ...]]]:
    return {
        (one["visit"], one["start"], tuple(sorted(one["carers"])))
        for one in row["solution"]["assignments"]
    }


def _outcome(
    prepared: PreparedRepair,
    row: Mapping[str, Any],
    proof: Mapping[str, Any] | None,
    before: dict[str, Any],
    reasons: Mapping[int, Mapping[str, Any]],
    advice: Advice,
) -> Outcome:
    week, problem = prepared.week, prepared.problem
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
            "law_warnings": [
                asdict(finding)
                for finding in warnings_since(week.law, problem, prepared.draft, plan, advice)
            ],
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
