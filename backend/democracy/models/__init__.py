"""The tables of ballots, by subject."""

from backend.democracy.models.ballots import (
    HAS_ROLL,
    IS_DECLARED,
    MAY_FOLLOW,
    Ballot,
    BallotKind,
    BallotState,
)
from backend.democracy.models.box import BoxedBallot, Declaration, OpenBallot, PaperBatch
from backend.democracy.models.log import FIRST_PREVIOUS, LogEntry
from backend.democracy.models.roll import RollEntry
from backend.democracy.models.scrutineers import NEEDED_SCRUTINEERS, Scrutineer

__all__ = [
    "FIRST_PREVIOUS",
    "HAS_ROLL",
    "IS_DECLARED",
    "MAY_FOLLOW",
    "NEEDED_SCRUTINEERS",
    "Ballot",
    "BallotKind",
    "BallotState",
    "BoxedBallot",
    "Declaration",
    "LogEntry",
    "OpenBallot",
    "PaperBatch",
    "RollEntry",
    "Scrutineer",
]
