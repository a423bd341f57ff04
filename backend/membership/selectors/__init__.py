"""Reads of membership and control."""

from backend.membership.selectors.roll import RollMember, members_on

__all__ = ["RollMember", "members_on"]
