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
from backend.democracy.selectors.offices import (
    constituencies_asked,
    constituencies_of,
    members_beside_the_roll,
    members_to_stand,
    nominees,
    roll_lines,
    voters_of,
)
from backend.democracy.selectors.public import (
    Result,
    broken_log_place,
    public_log,
    published_reason,
    result_for,
)

__all__ = [
    "Follows",
    "Result",
    "Turnout",
    "ballot_for",
    "ballots_for",
    "broken_log_place",
    "constituencies_asked",
    "constituencies_of",
    "exported_box",
    "members_beside_the_roll",
    "members_to_stand",
    "my_entry",
    "my_paper",
    "nominees",
    "office_ballot",
    "officer_ballot",
    "public_log",
    "published_reason",
    "result_for",
    "roll_lines",
    "scrutineer_ballot",
    "turnout",
    "voters_of",
    "what_follows",
]
