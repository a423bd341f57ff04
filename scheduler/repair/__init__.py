"""The least change after an absence: a told week goes in, a few plans to choose from come out."""

from scheduler.repair.answer import (
    Bound,
    Call,
    Item,
    Manner,
    Proof,
    RepairAnswer,
    RepairPlan,
    VisitChange,
)
from scheduler.repair.document import repair_plan_to, repair_to
from scheduler.repair.repair import ROUNDS, describe, repair

__all__ = [
    "ROUNDS",
    "Bound",
    "Call",
    "Item",
    "Manner",
    "Proof",
    "RepairAnswer",
    "RepairPlan",
    "VisitChange",
    "describe",
    "repair",
    "repair_plan_to",
    "repair_to",
]
