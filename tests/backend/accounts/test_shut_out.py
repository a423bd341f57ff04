"""Shutting people out, letting them in again, and giving them a new password."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from backend.accounts.models import Role, User
from backend.accounts.selectors import has_role
from backend.accounts.services.administrators import LastAdminError
from backend.accounts.services.deactivate_user import deactivate_user, reactivate_user
from backend.accounts.services.set_password import WeakPasswordError, set_password
from backend.audit.models import AuditEntry
from backend.organisation.models import Branch
from tests.backend.factories import NOW
from tests.backend.factories.accounts import PASSWORD, admin_of, coordinator_of
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory

NEW_PASSWORD = "quite another pass phrase"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_clock_stands_at_now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def branch() -> Branch:
    found: Branch = BranchFactory(organisation=OrganisationFactory(rules=False))
    return found


def _browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def _is_known(browser: Client) -> bool:
    return browser.get("/api/session").json()["user"] is not None


def test_who_is_shut_out_loses_every_session_and_nobody_else_does(branch: Branch) -> None:
    user, colleague = coordinator_of(branch), coordinator_of(branch)
    office, phone, other = _browser_of(user), _browser_of(user), _browser_of(colleague)
    admin = admin_of(branch.organisation)

    deactivate_user(user=user, actor=admin, now=NOW)

    assert not _is_known(office)
    assert not _is_known(phone)
    assert _is_known(other)
    assert Session.objects.count() == 1
    assert not has_role(user, [Role.COORDINATOR])
    entry = AuditEntry.objects.get()
    assert (entry.event, entry.actor, entry.at) == ("user.deactivated", admin, NOW)
    assert (entry.subject, entry.body) == (f"user:{user.pk}", {"sessions_ended": 2})


def test_shutting_out_twice_is_harmless(branch: Branch) -> None:
    user = coordinator_of(branch)

    for _ in range(2):
        deactivate_user(user=user, actor=None, now=NOW)

    assert AuditEntry.objects.count() == 1


def test_a_session_that_ran_out_by_itself_is_not_counted(branch: Branch) -> None:
    user = coordinator_of(branch)
    _browser_of(user)
    Session.objects.update(expire_date=NOW - timedelta(seconds=1))

    deactivate_user(user=user, actor=None, now=NOW)

    assert AuditEntry.objects.get().body == {"sessions_ended": 0}


def test_the_last_administrator_is_not_shut_out(branch: Branch) -> None:
    admin = admin_of(branch.organisation)
    browser = _browser_of(admin)

    with pytest.raises(LastAdminError):
        deactivate_user(user=admin, actor=admin, now=NOW)

    assert _is_known(browser)
    assert not AuditEntry.objects.exists()


def test_who_is_let_in_again_has_their_roles_but_signs_in_anew(branch: Branch) -> None:
    user = coordinator_of(branch)
    before = _browser_of(user)
    deactivate_user(user=user, actor=None, now=NOW)

    for _ in range(2):
        reactivate_user(user=user, actor=None, now=NOW)

    assert has_role(user, [Role.COORDINATOR])
    assert not _is_known(before)
    events = list(AuditEntry.objects.order_by("seq").values_list("event", flat=True))
    assert events == ["user.deactivated", "user.reactivated"]


def test_a_new_password_ends_the_sessions_of_the_old_one(branch: Branch) -> None:
    user = coordinator_of(branch, username="ann")
    thief = _browser_of(user)

    set_password(user=user, password=NEW_PASSWORD, actor=user, now=NOW)

    assert not _is_known(thief)
    assert not Session.objects.exists()
    stored = User.objects.get(pk=user.pk)
    assert stored.check_password(NEW_PASSWORD)
    entry = AuditEntry.objects.get()
    assert (entry.event, entry.actor, entry.at) == ("user.password_set", user, NOW)
    assert entry.body == {"sessions_ended": 1}


def test_setting_the_same_password_again_is_not_news(branch: Branch) -> None:
    user = coordinator_of(branch)

    for _ in range(2):
        set_password(user=user, password=NEW_PASSWORD, actor=None, now=NOW)

    assert AuditEntry.objects.count() == 1


def test_a_weak_password_changes_nothing(branch: Branch) -> None:
    user = coordinator_of(branch, username="ann")
    browser = _browser_of(user)

    with pytest.raises(WeakPasswordError) as refusal:
        set_password(user=user, password="short", actor=user, now=NOW)

    assert refusal.value.params["faults"] == ["password_too_short"]
    assert _is_known(browser)
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
