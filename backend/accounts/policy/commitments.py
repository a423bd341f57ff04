"""Hours owed to clients, hours guaranteed to carers, and the gap."""

from collections.abc import Mapping

from backend.accounts.policy.rules import EVERYBODY, OFFICE, Rule

OPERATIONS: Mapping[str, Rule] = {
    "get_organisation_commitments": EVERYBODY,
    "get_branch_commitments": OFFICE,
    "list_package_commitments": OFFICE,
    "list_carer_commitments": OFFICE,
}
