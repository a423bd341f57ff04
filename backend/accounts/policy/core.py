"""The server itself."""

from collections.abc import Mapping

from backend.accounts.policy.rules import PUBLIC, Rule

OPERATIONS: Mapping[str, Rule] = {
    "get_health": PUBLIC,
}
