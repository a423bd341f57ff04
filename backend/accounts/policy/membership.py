"""Who controls the co-operative, its register, and one's own membership."""

from collections.abc import Mapping

from backend.accounts.policy.rules import EVERYBODY, MEMBERS, OFFICE_OF_REGISTER, Rule

OPERATIONS: Mapping[str, Rule] = {
    "list_entities": EVERYBODY,
    "get_control_statement": EVERYBODY,
    "get_control_history": EVERYBODY,
    "list_my_memberships": EVERYBODY,
    "get_register": MEMBERS,
    "download_register": MEMBERS,
    "get_full_register": OFFICE_OF_REGISTER,
    "download_full_register": OFFICE_OF_REGISTER,
}
