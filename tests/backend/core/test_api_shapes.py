"""What every answer has in common: one shape for errors, nothing kept in caches, health."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from rest_framework.test import APIClient

from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import CarerFactory
from tests.backend.rota.callers import office_of, signed_in

SHAPE = {"type", "errors"}


@pytest.mark.django_db
def test_a_healthy_server_says_so_to_anybody() -> None:
    answer = Client().get("/api/health")

    assert (answer.status_code, answer.json()) == (200, {"database": True})


def test_a_server_without_its_database_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("password of host db.internal refused")

    monkeypatch.setattr("backend.core.api.health.connection.cursor", gone)

    answer = Client().get("/api/health")

    assert (answer.status_code, answer.json()) == (503, {"database": False})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/branches", 401, "not_authenticated"),
        ("/api/no/such/address", 404, "not_found"),
    ],
)
def test_errors_have_one_shape(address: str, status: int, code: str) -> None:
    answer = Client().get(address)

    assert answer.status_code == status
    assert set(answer.json()) == SHAPE
    assert answer.json()["errors"][0]["code"] == code


@pytest.mark.django_db
def test_a_method_that_an_address_does_not_have_is_405() -> None:
    office = office_of(BranchFactory())

    assert office.delete("/api/branches").status_code == 405


@pytest.mark.django_db
def test_our_own_mistake_says_nothing_about_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("the client's name and the SQL")

    monkeypatch.setattr("backend.organisation.api.views.branches_for_office", broken)
    browser = APIClient(raise_request_exception=False)
    browser.force_login(coordinator_of(BranchFactory()))

    answer = browser.get("/api/branches")

    assert answer.status_code == 500
    assert answer.json()["type"] == "server_error"
    assert "SQL" not in answer.content.decode()


@pytest.mark.django_db
def test_an_answer_is_kept_in_no_cache() -> None:
    answer = office_of(BranchFactory()).get("/api/branches")

    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_write_without_the_token_of_our_own_page_is_refused() -> None:
    branch = BranchFactory()
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(coordinator_of(branch))

    answer = browser.post(f"/api/branches/{branch.pk}/weeks/2026-06-01/open")

    assert answer.status_code == 403


@pytest.mark.django_db
def test_long_lists_come_in_pages_of_at_most_200() -> None:
    branch = BranchFactory()
    CarerFactory.create_batch(3, branch=branch)
    office, address = office_of(branch), f"/api/branches/{branch.pk}/carers"

    first = office.get(address, {"limit": 2}).json()
    last = office.get(address, {"limit": 2, "offset": 2}).json()

    assert (first["count"], len(first["results"]), len(last["results"])) == (3, 2, 1)
    names = [row["name"] for row in first["results"] + last["results"]]
    assert names == sorted(names)
    assert office.get(address, {"limit": 100_000}).status_code == 200


@pytest.mark.django_db
def test_pages_carry_the_headers_that_keep_other_sites_out() -> None:
    answer = signed_in(None).get("/api/session")

    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Frame-Options"] == "DENY"
