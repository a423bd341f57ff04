"""Sessions."""

from collections.abc import Mapping

from backend.accounts.policy.rules import PUBLIC, Rule

OPERATIONS: Mapping[str, Rule] = {
    "get_session": PUBLIC,
    "sign_in": PUBLIC,
    "sign_out": PUBLIC,
}
