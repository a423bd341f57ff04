"""Import and export."""

from collections.abc import Mapping

from backend.accounts.policy.rules import OFFICE, OFFICE_OR_ADMIN, Rule

OPERATIONS: Mapping[str, Rule] = {
    "export_branch": OFFICE,
    "check_import": OFFICE_OR_ADMIN,
    "get_import": OFFICE_OR_ADMIN,
    "apply_import": OFFICE_OR_ADMIN,
}
