"""Clients and their packages, for the office of their branch."""

from collections.abc import Mapping

from backend.accounts.policy.rules import OFFICE, Rule

OPERATIONS: Mapping[str, Rule] = {
    "list_clients": OFFICE,
    "get_client": OFFICE,
    "confirm_client_pin": OFFICE,
    "set_key_safe_code": OFFICE,
    "reveal_key_safe_code": OFFICE,
    "change_package_line": OFFICE,
    "suspend_package": OFFICE,
}
