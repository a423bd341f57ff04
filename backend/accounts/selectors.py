"""What a viewer is, read from the rows as they are now. An unknown viewer holds nothing."""

from collections.abc import Iterable

from django.db.models import QuerySet

from backend.accounts.models import OFFICE_ROLES, Role, RoleGrant, User


def roles_of(viewer: User) -> frozenset[Role]:
    """Return every role the viewer holds anywhere."""
    return frozenset(Role(role) for role in _grants(viewer).values_list("role", flat=True))


def has_role(viewer: User, roles: Iterable[Role]) -> bool:
    """Say whether the viewer holds one of `roles` anywhere."""
    return _grants(viewer).filter(role__in=list(roles)).exists()


def branch_ids(viewer: User, roles: Iterable[Role] = OFFICE_ROLES) -> list[int]:
    """Return the branches for which the viewer holds one of `roles`."""
    grants = _grants(viewer).filter(role__in=list(roles), branch__isnull=False)
    return list(grants.values_list("branch_id", flat=True).distinct())


def grants_of(viewer: User) -> QuerySet[RoleGrant]:
    """Return the viewer's roles with their branches, by role and branch name."""
    return _grants(viewer).select_related("branch").order_by("role", "branch__name")


def carer_id_of(viewer: User) -> int | None:
    """Return the carer's row that belongs to the viewer, or None."""
    # The carer's table lies above this app, so the row is reached through the relation's name.
    return User.objects.filter(pk=viewer.pk).values_list("carer__pk", flat=True).first()


def _grants(viewer: User) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(user_id=viewer.pk, user__is_active=True)
