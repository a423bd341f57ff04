"""The `rota-repair/1` document: the answer of a repair for other programs."""

from dataclasses import asdict
from typing import Any, Final

from scheduler.exchange import solution_to
from scheduler.repair.answer import RepairAnswer, RepairPlan

REPAIR_FORMAT: Final = "rota-repair/1"


def repair_to(answer: RepairAnswer) -> dict[str, Any]:
    """Return an answer as a document; rows of visits are those of `rota-solution/1`."""
    return {
        "format": REPAIR_FORMAT,
        "problem": answer.problem.name,
        "torn": list(answer.torn),
        "plans": [repair_plan_to(plan) for plan in answer.plans],
        "proof": asdict(answer.proof) if answer.proof else None,
        "rounds": answer.rounds,
    }


def repair_plan_to(plan: RepairPlan) -> dict[str, Any]:
    """Return one plan of an answer, as `repair_to` has it."""
    return {
        "stands_for": list(plan.stands_for),
        "change_count": plan.change_count,
        "others_changed": plan.others_changed,
        "open_points": plan.open_points,
        "new_faces": plan.new_faces,
        "travel_added": plan.travel_added,
        "cost": plan.cost,
        "terms": dict(plan.terms),
        "changes": [asdict(change) for change in plan.changes],
        "calls": [asdict(call) for call in plan.calls],
        "open": [asdict(visit) for visit in plan.open_visits],
        "solution": solution_to(plan.solution),
    }
