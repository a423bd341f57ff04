"""Users and what they are to the co-operative."""

import factory
from factory.django import DjangoModelFactory

from backend.accounts.models import Role, RoleGrant, User
from backend.organisation.models import Branch, Organisation
from tests.backend.factories.organisation import OrganisationFactory

PASSWORD = "a long enough pass phrase"
"""What every user of the tests signs in with."""


class UserFactory(DjangoModelFactory[User]):
    """Somebody without any role; signs in with `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user-{n}")
    display_name = factory.Sequence(lambda n: f"User {n}")
    organisation = factory.SubFactory(OrganisationFactory)
    password = factory.django.Password(PASSWORD)


class RoleGrantFactory(DjangoModelFactory[RoleGrant]):
    """A role; branch roles need a `branch`."""

    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = Role.MEMBER


def coordinator_of(branch: Branch, **fields: object) -> User:
    """Return a new coordinator of one branch."""
    return _user_of(branch, Role.COORDINATOR, fields)


def branch_manager_of(branch: Branch, **fields: object) -> User:
    """Return a new manager of one branch."""
    return _user_of(branch, Role.BRANCH_MANAGER, fields)


def carer_user_of(branch: Branch, **fields: object) -> User:
    """Return a new user with the role of carer; `CarerFactory(user=…)` makes the carer's row."""
    return _user_of(branch, Role.CARER, fields)


def member_of(organisation: Organisation, **fields: object) -> User:
    """Return a new member of an organisation."""
    return _wide_user(organisation, Role.MEMBER, fields)


def admin_of(organisation: Organisation, **fields: object) -> User:
    """Return a new administrator of an organisation."""
    return _wide_user(organisation, Role.ADMIN, fields)


def _user_of(branch: Branch, role: Role, fields: dict[str, object]) -> User:
    user = UserFactory(organisation=branch.organisation, **fields)
    RoleGrantFactory(user=user, role=role, branch=branch)
    return user


def _wide_user(organisation: Organisation, role: Role, fields: dict[str, object]) -> User:
    user = UserFactory(organisation=organisation, **fields)
    RoleGrantFactory(user=user, role=role)
    return user
