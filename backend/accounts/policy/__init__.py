"""Who may do what: one row for each operation of the HTTP interface.

To add an operation: name it in its view's `operations`, add a row to the module of its app
here, and register its objects in `tests/backend/test_policy_matrix.py`, which calls every
operation as everybody. An operation without a row is closed, and fails the build.

The table says who may call; *which rows* they then reach is decided by the selectors, which
start from the viewer, so that an object out of sight is not found.
"""

from collections.abc import Mapping

from backend.accounts.models import User
from backend.accounts.policy import (
    accounts,
    clients,
    commitments,
    core,
    democracy,
    exchange,
    membership,
    organisation,
    people,
    rota,
)
from backend.accounts.policy.rules import Reach, Rule
from backend.accounts.selectors import has_role

__all__ = ["POLICY", "Reach", "Rule", "may_call"]


def _whole_table(*parts: Mapping[str, Rule]) -> dict[str, Rule]:
    table: dict[str, Rule] = {}
    for part in parts:
        if twice := table.keys() & part.keys():
            message = f"operations with two rows: {', '.join(sorted(twice))}"
            raise ValueError(message)
        table.update(part)
    return table


POLICY: Mapping[str, Rule] = _whole_table(
    core.OPERATIONS,
    accounts.OPERATIONS,
    organisation.OPERATIONS,
    people.OPERATIONS,
    clients.OPERATIONS,
    commitments.OPERATIONS,
    rota.OPERATIONS,
    membership.OPERATIONS,
    democracy.OPERATIONS,
    exchange.OPERATIONS,
)


def may_call(viewer: User | None, operation: str | None) -> bool:
    """Say whether a viewer (None: not signed in) may use an operation at all.

    A missing row means no.
    """
    rule = POLICY.get(operation or "")
    if rule is None:
        return False
    if rule.is_public:
        return True
    return viewer is not None and has_role(viewer, rule.roles)
