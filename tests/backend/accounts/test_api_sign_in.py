"""Signing in and out, and what somebody who guesses finds."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import hashers
from django.test import Client

from backend.accounts.models import Role, User
from tests.backend.factories.accounts import (
    PASSWORD,
    RoleGrantFactory,
    UserFactory,
    carer_user_of,
    coordinator_of,
)
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import CarerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    """A browser that has loaded the page, and so has the CSRF cookie; nothing is forgiven."""
    browser = Client(enforce_csrf_checks=True)
    browser.get("/api/session")
    return browser


def _post(browser: Client, address: str, address_of_caller: str = "10.0.0.1", **body: str) -> Any:
    token = browser.cookies["csrftoken"].value if "csrftoken" in browser.cookies else ""
    return browser.post(
        address,
        data=json.dumps(body),
        content_type="application/json",
        headers={"X-CSRFToken": token},
        REMOTE_ADDR=address_of_caller,
    )


def _sign_in(browser: Client, username: str, password: str, **where: str) -> Any:
    return _post(browser, "/api/session/sign-in", username=username, password=password, **where)


def test_before_signing_in_a_session_has_nobody(browser: Client) -> None:
    answer = browser.get("/api/session").json()

    assert answer["user"] is None
    assert answer["product"] == {"version": settings.PRODUCT_VERSION, "trial": False}


def test_a_coordinator_signs_in_and_sees_what_they_are(browser: Client) -> None:
    branch = BranchFactory()
    user = coordinator_of(branch, username="ann", display_name="Ann Ash")
    RoleGrantFactory(user=user, role=Role.MEMBER)

    answer = _sign_in(browser, "ann", PASSWORD)

    assert answer.status_code == 200
    assert answer.json()["user"] == {
        "id": user.pk,
        "username": "ann",
        "display_name": "Ann Ash",
        "organisation": {"id": branch.organisation.pk, "name": branch.organisation.name},
        "roles": [
            {"role": "coordinator", "branch_id": branch.pk, "branch_name": branch.name},
            {"role": "member", "branch_id": None, "branch_name": None},
        ],
        "carer_id": None,
    }
    assert answer["Cache-Control"] == "no-store"
    assert browser.get("/api/session").json()["user"]["id"] == user.pk


def test_a_carer_finds_their_own_row(browser: Client) -> None:
    branch = BranchFactory()
    carer = CarerFactory(branch=branch, user=carer_user_of(branch, username="cal"))

    assert _sign_in(browser, "cal", PASSWORD).json()["user"]["carer_id"] == carer.pk


def test_a_session_from_before_signing_in_is_of_no_use_after(browser: Client) -> None:
    UserFactory(username="ann")
    session = browser.session
    session["seen"] = True
    session.save()
    before = session.session_key
    browser.cookies[settings.SESSION_COOKIE_NAME] = str(before)

    _sign_in(browser, "ann", PASSWORD)

    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_signing_in_needs_the_token_of_our_own_page() -> None:
    UserFactory(username="ann")
    other_site = Client(enforce_csrf_checks=True)

    assert _sign_in(other_site, "ann", PASSWORD).status_code == 403


def test_signing_out_ends_the_session_and_can_be_repeated(browser: Client) -> None:
    UserFactory(username="ann")
    _sign_in(browser, "ann", PASSWORD)
    stolen = browser.cookies[settings.SESSION_COOKIE_NAME].value

    first = _post(browser, "/api/session/sign-out")
    second = _post(browser, "/api/session/sign-out")

    assert (first.status_code, second.status_code) == (204, 204)
    browser.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert browser.get("/api/session").json()["user"] is None


def test_an_account_that_is_switched_off_is_out_with_the_next_request(browser: Client) -> None:
    user = coordinator_of(BranchFactory(), username="ann")
    _sign_in(browser, "ann", PASSWORD)
    assert browser.get("/api/branches").status_code == 200

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert browser.get("/api/branches").status_code == 401
    assert browser.get("/api/session").json()["user"] is None


def _described(answer: Any) -> tuple[int, object]:
    return answer.status_code, answer.json()


def test_a_wrong_password_an_unknown_name_and_a_switched_off_account_look_the_same(
    browser: Client,
) -> None:
    UserFactory(username="ann")
    UserFactory(username="off", is_active=False)

    wrong = _described(_sign_in(browser, "ann", "not the pass phrase"))
    unknown = _described(_sign_in(browser, "nobody", "not the pass phrase"))
    off = _described(_sign_in(browser, "off", PASSWORD))

    assert wrong == unknown == off
    assert wrong[0] == 400
    assert "accounts.wrong_sign_in" in str(wrong[1])


@pytest.mark.parametrize("username", ["ann", "nobody", "off"])
def test_every_try_costs_exactly_one_hash(
    browser: Client, monkeypatch: pytest.MonkeyPatch, username: str
) -> None:
    UserFactory(username="ann")
    UserFactory(username="off", is_active=False)
    hashed = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def counted(self: hashers.BasePasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(hasher, "encode", counted)

    _sign_in(browser, username, "not the pass phrase")

    assert hashed == ["not the pass phrase"]


@pytest.mark.parametrize("username", ["ann", "nobody"])
def test_guessing_is_stopped_alike_for_known_and_unknown_names(
    browser: Client, username: str
) -> None:
    UserFactory(username="ann")

    answers = [_sign_in(browser, username, f"guess {number}") for number in range(11)]

    # The tenth failure is the last that is judged.
    assert [answer.status_code for answer in answers] == [400] * 9 + [429] * 2
    assert answers[-1].json()["errors"][0]["code"] == "accounts.too_many_tries"


def test_who_was_stopped_is_not_let_in_by_the_right_password_until_later(browser: Client) -> None:
    UserFactory(username="ann")
    start = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
    with time_machine.travel(start):
        for number in range(10):
            _sign_in(browser, "ann", f"guess {number}")
        assert _sign_in(browser, "ann", PASSWORD).status_code == 429

    with time_machine.travel(start + timedelta(minutes=61)):
        assert _sign_in(browser, "ann", PASSWORD).status_code == 200


def test_strangers_who_guess_lock_nobody_out_elsewhere(browser: Client) -> None:
    UserFactory(username="ann")
    for number in range(11):
        _sign_in(browser, "ann", f"guess {number}", address_of_caller="203.0.113.9")

    assert _sign_in(browser, "ann", PASSWORD, address_of_caller="10.0.0.7").status_code == 200


def test_one_who_forgot_does_not_lock_the_office(browser: Client) -> None:
    UserFactory(username="ann")
    UserFactory(username="bob")
    for number in range(11):
        _sign_in(browser, "bob", f"guess {number}")

    assert _sign_in(browser, "ann", PASSWORD).status_code == 200


def test_a_password_stays_out_of_the_log_of_guesses(browser: Client) -> None:
    from axes.models import AccessAttempt

    _sign_in(browser, "ann", "a secret that was mistyped")

    row = AccessAttempt.objects.get()
    assert "secret" not in "".join(str(value) for value in vars(row).values())


@pytest.mark.parametrize(
    "body",
    [
        {"username": "ann"},
        {"password": "x"},
        {"username": "", "password": "x"},
        {"username": "a\x00b", "password": "x"},
        {"username": "ann", "password": "x" * 257},
    ],
)
def test_a_form_that_is_not_filled_in_is_told_by_field(
    browser: Client, body: dict[str, str]
) -> None:
    answer = _post(browser, "/api/session/sign-in", **body)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] in {"username", "password"}
