"""Branches, and what everybody of the organisation may read."""

from collections.abc import Mapping

from backend.accounts.policy.rules import EVERYBODY, OFFICE, Rule

OPERATIONS: Mapping[str, Rule] = {
    "list_branches": OFFICE,
    "list_rules_in_force": EVERYBODY,
    "list_skills": OFFICE,
}
