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


def _grants(viewer: User) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(user_id=viewer.pk, user__is_active=True)
