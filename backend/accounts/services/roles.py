"""Give somebody a role, and take it away."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from backend.accounts.models import BRANCH_ROLES, Role, RoleGrant, User
from backend.accounts.services.administrators import keep_an_administrator
from backend.audit.services import record
from backend.core.errors import RefusalError

if TYPE_CHECKING:
    from backend.organisation.models import Branch


class RoleBranchError(RefusalError):
    """A branch role names its branch, another role none. `needs_branch` says which it is."""

    code = "accounts.role_branch"


class OthersBranchError(RefusalError):
    """The branch belongs to another organisation than the person."""

    code = "accounts.others_branch"


class UserDeactivatedError(RefusalError):
    """Somebody who is shut out is given no role."""

    code = "accounts.user_deactivated"


@transaction.atomic
def grant_role(
    *, user: User, role: Role, branch: "Branch | None", actor: User | None, now: datetime
) -> RoleGrant:
    """Give a user a role, for one branch or (`branch` None) for the whole organisation.

    A role that the user has already stays as it is.

    Raises
    ------
    RoleBranchError
        A branch role without a branch, or another role with one.
    OthersBranchError
        The branch belongs to another organisation.
    UserDeactivatedError
        The user is shut out.
    """
    if (role in BRANCH_ROLES) != (branch is not None):
        raise RoleBranchError(role=role.value, needs_branch=role in BRANCH_ROLES)
    user = User.objects.select_for_update().get(pk=user.pk)
    if branch is not None and branch.organisation_id != user.organisation_id:
        raise OthersBranchError
    if not user.is_active:
        raise UserDeactivatedError(username=user.username)
    grant, created = RoleGrant.objects.get_or_create(user=user, role=role, branch=branch)
    if created:
        _record("role.granted", user, role, branch, actor, now)
    return grant


@transaction.atomic
def revoke_role(
    *, user: User, role: Role, branch: "Branch | None", actor: User | None, now: datetime
) -> None:
    """Take a role away; it counts no more from the next request on.

    A role that the user does not have is no fault.

    Raises
    ------
    LastAdminError
        Nobody would be left who may name users and roles.
    """
    held = RoleGrant.objects.filter(user=user, role=role, branch=branch)
    if role == Role.ADMIN and user.is_active and held.exists():
        keep_an_administrator(user)
    deleted, _ = held.delete()
    if deleted:
        _record("role.revoked", user, role, branch, actor, now)


def _record(
    event: str,
    user: User,
    role: Role,
    branch: "Branch | None",
    actor: User | None,
    now: datetime,
) -> None:
    record(
        event,
        actor=actor,
        subject=f"user:{user.pk}",
        at=now,
        chain=f"organisation:{user.organisation_id}",
        body={"role": role.value, "branch_id": branch.pk if branch else None},
    )
