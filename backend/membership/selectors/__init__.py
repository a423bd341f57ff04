"""Reads of membership and control."""

from backend.membership.selectors.control import control_statement
from backend.membership.selectors.roll import RollMember, members_on
from backend.membership.selectors.standing import holdings_on, members_with_a_vote, own_entity
from backend.membership.selectors.votes import votes_held

__all__ = [
    "RollMember",
    "control_statement",
    "holdings_on",
    "members_on",
    "members_with_a_vote",
    "own_entity",
    "votes_held",
]
