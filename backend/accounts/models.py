"""Users and the roles granted to them."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q


class User(AbstractUser):
    """Somebody who signs in. What they may do follows from their `RoleGrant` rows alone."""

    # One name as people write it, not two halves; None is how Django drops an inherited field.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        "organisation.Organisation", null=True, on_delete=models.PROTECT, related_name="users"
    )

    REQUIRED_FIELDS = ["display_name"]

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        """Return the name as the person writes it."""
        return self.display_name


class Role(models.TextChoices):
    """What a person is to the co-operative. Branch roles are held for one branch."""

    CARER = "carer", "Carer"
    COORDINATOR = "coordinator", "Coordinator"
    BRANCH_MANAGER = "branch_manager", "Branch manager"
    MEMBER = "member", "Member"
    ADMIN = "admin", "Administrator"


BRANCH_ROLES = (Role.CARER, Role.COORDINATOR, Role.BRANCH_MANAGER)
OFFICE_ROLES = (Role.COORDINATOR, Role.BRANCH_MANAGER)


class RoleGrant(models.Model):
    """One role of one person, for one branch or for the whole organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    branch = models.ForeignKey(
        "organisation.Branch", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "branch"],
                condition=Q(branch__isnull=False),
                name="accounts_branch_grant_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(branch__isnull=True),
                name="accounts_wide_grant_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=BRANCH_ROLES, branch__isnull=False)
                | (~Q(role__in=BRANCH_ROLES) & Q(branch__isnull=True)),
                name="accounts_branch_roles_name_a_branch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role}"
