"""What is read of ballots. Each takes the viewer; nothing of a result before it is declared."""

from backend.democracy.selectors.ballots import (
    Turnout,
    ballot_for,
    ballots_for,
    my_entry,
    my_paper,
    office_ballot,
    officer_ballot,
    scrutineer_ballot,
    turnout,
)
from backend.democracy.selectors.box import exported_box
from backend.democracy.selectors.follows import Follows, what_follows
from backend.democracy.selectors.public import Result, broken_log_place, public_log, result_for

__all__ = [
    "Follows",
    "Result",
    "Turnout",
    "ballot_for",
    "ballots_for",
    "broken_log_place",
    "exported_box",
    "my_entry",
    "my_paper",
    "office_ballot",
    "officer_ballot",
    "public_log",
    "result_for",
    "scrutineer_ballot",
    "turnout",
    "what_follows",
]
