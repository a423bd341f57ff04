"""What giving a role and taking it away ask for."""

from argparse import ArgumentParser
from typing import Any

from backend.accounts.management.terminal import actor_called, user_called
from backend.accounts.models import Role
from backend.organisation.management.which import branch_called


def add_role_arguments(parser: ArgumentParser) -> None:
    """Say which role of whom."""
    parser.add_argument("username")
    parser.add_argument("role", choices=Role.values)
    parser.add_argument("--branch", help="external id or name, for a role held for one branch")
    parser.add_argument("--actor", metavar="USERNAME", help="in whose name")


def role_asked_for(options: dict[str, Any]) -> dict[str, Any]:
    """Return user, role, branch and actor, as the services take them."""
    user = user_called(options["username"])
    branch = options["branch"] and branch_called(options["branch"], user.organisation)
    return {
        "user": user,
        "role": Role(options["role"]),
        "branch": branch or None,
        "actor": actor_called(options["actor"]),
    }
