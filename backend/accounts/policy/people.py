"""Carers, for the office of their branch."""

from collections.abc import Mapping

from backend.accounts.policy.rules import OFFICE, Rule

OPERATIONS: Mapping[str, Rule] = {
    "list_carers": OFFICE,
    "get_carer": OFFICE,
}
