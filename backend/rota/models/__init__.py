"""The rota's tables, by subject."""

from backend.rota.models.group import GroupRun
from backend.rota.models.matching import CarerWish, Decline, DeclinedBy, Preference, WishKind
from backend.rota.models.promise import PolicyWeek, PolicyWeekPart
from backend.rota.models.published import CarerLook, Publication, PublishedAssignment
from backend.rota.models.runs import ProposalState, RotaProposal, RunKind, RunState, SolverRun
from backend.rota.models.scenario import PolicyTry, Scenario
from backend.rota.models.week import Rota, Visit, VisitAssignment, VisitState
from backend.rota.models.wishes import (
    OutcomeWork,
    PlacedWish,
    PlacedWishKind,
    WishList,
    WishOutcome,
    WishReason,
)

__all__ = [
    "CarerLook",
    "CarerWish",
    "Decline",
    "DeclinedBy",
    "GroupRun",
    "OutcomeWork",
    "PlacedWish",
    "PlacedWishKind",
    "PolicyTry",
    "PolicyWeek",
    "PolicyWeekPart",
    "Preference",
    "ProposalState",
    "Publication",
    "PublishedAssignment",
    "Rota",
    "RotaProposal",
    "RunKind",
    "RunState",
    "Scenario",
    "SolverRun",
    "Visit",
    "VisitAssignment",
    "VisitState",
    "WishKind",
    "WishList",
    "WishOutcome",
    "WishReason",
]
