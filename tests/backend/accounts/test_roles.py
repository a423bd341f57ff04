"""Giving people roles and taking them away."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from backend.accounts.models import Role, RoleGrant, User
from backend.accounts.selectors import branch_ids, has_role
from backend.accounts.services.administrators import LastAdminError
from backend.accounts.services.deactivate_user import deactivate_user
from backend.accounts.services.roles import (
    OthersBranchError,
    RoleBranchError,
    UserDeactivatedError,
    grant_role,
    revoke_role,
)
from backend.audit.models import AuditEntry
from backend.organisation.models import Branch
from tests.backend.factories import NOW
from tests.backend.factories.accounts import UserFactory, admin_of, coordinator_of
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Branch:
    found: Branch = BranchFactory(organisation=OrganisationFactory(rules=False))
    return found


@pytest.fixture
def user(branch: Branch) -> User:
    found: User = UserFactory(organisation=branch.organisation)
    return found


def test_a_coordinator_plans_the_branch_they_were_given_and_no_other(
    user: User, branch: Branch
) -> None:
    admin = admin_of(branch.organisation)
    BranchFactory(organisation=branch.organisation)

    grant_role(user=user, role=Role.COORDINATOR, branch=branch, actor=admin, now=NOW)

    assert branch_ids(user) == [branch.pk]
    entry = AuditEntry.objects.get()
    assert (entry.event, entry.actor, entry.at) == ("role.granted", admin, NOW)
    assert entry.subject == f"user:{user.pk}"
    assert entry.chain == f"organisation:{branch.organisation_id}"
    assert entry.body == {"role": "coordinator", "branch_id": branch.pk}


def test_a_role_that_somebody_has_is_not_given_twice(user: User, branch: Branch) -> None:
    for _ in range(2):
        grant_role(user=user, role=Role.CARER, branch=branch, actor=None, now=NOW)
        grant_role(user=user, role=Role.MEMBER, branch=None, actor=None, now=NOW)

    assert RoleGrant.objects.filter(user=user).count() == 2
    assert AuditEntry.objects.count() == 2


@pytest.mark.parametrize("role", [Role.CARER, Role.COORDINATOR, Role.BRANCH_MANAGER])
def test_a_branch_role_names_its_branch(user: User, role: Role) -> None:
    with pytest.raises(RoleBranchError) as refusal:
        grant_role(user=user, role=role, branch=None, actor=None, now=NOW)

    assert refusal.value.params == {"role": role.value, "needs_branch": True}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMIN])
def test_a_role_for_everywhere_names_no_branch(user: User, branch: Branch, role: Role) -> None:
    with pytest.raises(RoleBranchError) as refusal:
        grant_role(user=user, role=role, branch=branch, actor=None, now=NOW)

    assert refusal.value.params == {"role": role.value, "needs_branch": False}


def test_a_branch_of_another_organisation_is_out_of_reach(user: User) -> None:
    elsewhere = BranchFactory(organisation=OrganisationFactory(rules=False))

    with pytest.raises(OthersBranchError):
        grant_role(user=user, role=Role.COORDINATOR, branch=elsewhere, actor=None, now=NOW)

    assert not RoleGrant.objects.exists()


def test_somebody_who_is_shut_out_gets_no_role(branch: Branch) -> None:
    off = UserFactory(organisation=branch.organisation, is_active=False)

    with pytest.raises(UserDeactivatedError):
        grant_role(user=off, role=Role.COORDINATOR, branch=branch, actor=None, now=NOW)


def test_a_role_that_is_taken_away_counts_no_more(branch: Branch) -> None:
    user = coordinator_of(branch)
    other = BranchFactory(organisation=branch.organisation)
    grant_role(user=user, role=Role.COORDINATOR, branch=other, actor=None, now=NOW)
    admin = admin_of(branch.organisation)

    for _ in range(2):
        revoke_role(user=user, role=Role.COORDINATOR, branch=branch, actor=admin, now=NOW)

    assert branch_ids(user) == [other.pk]
    entry = AuditEntry.objects.get(event="role.revoked")
    assert (entry.actor, entry.body) == (
        admin,
        {"role": "coordinator", "branch_id": branch.pk},
    )


def test_the_last_administrator_stays(branch: Branch) -> None:
    admin = admin_of(branch.organisation)
    # Neither counts: one is shut out, the other belongs elsewhere.
    admin_of(branch.organisation, is_active=False)
    admin_of(OrganisationFactory(rules=False))

    with pytest.raises(LastAdminError) as refusal:
        revoke_role(user=admin, role=Role.ADMIN, branch=None, actor=admin, now=NOW)

    assert refusal.value.code == "accounts.last_admin"
    assert has_role(admin, [Role.ADMIN])
    assert not AuditEntry.objects.exists()


def test_one_of_two_administrators_may_go(branch: Branch) -> None:
    first, second = admin_of(branch.organisation), admin_of(branch.organisation)

    revoke_role(user=first, role=Role.ADMIN, branch=None, actor=second, now=NOW)

    assert not has_role(first, [Role.ADMIN])
    with pytest.raises(LastAdminError):
        revoke_role(user=second, role=Role.ADMIN, branch=None, actor=second, now=NOW)


def test_the_last_administrator_may_lose_another_role(branch: Branch) -> None:
    admin = admin_of(branch.organisation)
    grant_role(user=admin, role=Role.MEMBER, branch=None, actor=admin, now=NOW)

    revoke_role(user=admin, role=Role.MEMBER, branch=None, actor=admin, now=NOW)

    assert has_role(admin, [Role.ADMIN])
    assert not has_role(admin, [Role.MEMBER])


def _take_away(admin: User) -> None:
    revoke_role(user=admin, role=Role.ADMIN, branch=None, actor=None, now=NOW)


def _shut_out(admin: User) -> None:
    deactivate_user(user=admin, actor=None, now=NOW)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("one", "other"), [(_take_away, _take_away), (_shut_out, _shut_out), (_take_away, _shut_out)]
)
def test_two_administrators_who_go_at_the_same_moment_leave_one(
    branch: Branch, one: Callable[[User], None], other: Callable[[User], None]
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    admins = [admin_of(branch.organisation), admin_of(branch.organisation)]
    together = Barrier(2)

    def go(remove: Callable[[User], None], admin: User) -> bool:
        try:
            together.wait(10)
            remove(admin)
        except LastAdminError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as threads:
        gone = list(threads.map(go, [one, other], admins))

    assert sorted(gone) == [False, True]
    assert sum(has_role(admin, [Role.ADMIN]) for admin in admins) == 1
