"""A carer's phone: the own week, its visits, its changes, the key safe."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from backend.clients.services import set_key_safe_code
from backend.rota.models import Visit
from backend.rota.services.publish import publish_rota
from tests.backend.factories import NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import (
    PublicationFactory,
    PublishedAssignmentFactory,
    RotaFactory,
    VisitFactory,
    allocate,
)
from tests.backend.rota.callers import carer_with_phone, office_of, signed_in

pytestmark = pytest.mark.django_db

AT_THE_DOOR = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
WEEK = "/api/my/weeks/2026-06-01"
Counting = Callable[[int], AbstractContextManager[Any]]


def test_the_office_has_no_own_week_and_strangers_none_at_all() -> None:
    visit = VisitFactory()
    addresses = [WEEK, f"{WEEK}/changes", f"/api/my/visits/{visit.pk}"]

    for address in addresses:
        browsers = (signed_in(None), office_of(visit.rota.branch))
        assert [browser.get(address).status_code for browser in browsers] == [401, 403]


def test_what_a_colleague_was_told_is_not_found() -> None:
    told = PublishedAssignmentFactory()
    elsewhere = BranchFactory(organisation=told.rota.branch.organisation)

    with time_machine.travel(AT_THE_DOOR):
        for _, phone in (carer_with_phone(told.rota.branch), carer_with_phone(elsewhere)):
            assert phone.get(f"/api/my/visits/{told.visit_id}").status_code == 404
            assert phone.post(f"/api/my/visits/{told.visit_id}/key-safe").status_code == 404


@pytest.mark.parametrize("week", ["2026-06-02", "next", "2026-13-01"])
def test_a_week_is_named_by_its_monday(week: str) -> None:
    _, phone = carer_with_phone(BranchFactory())

    answer = phone.get(f"/api/my/weeks/{week}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "week"


def test_the_week_and_a_visit_of_it() -> None:
    visit = VisitFactory(client__name="Edith Hall", client__address="3 Mill Lane, Leeds")
    carer, phone = carer_with_phone(visit.rota.branch)
    PublishedAssignmentFactory(visit=visit, carer=carer)

    with time_machine.travel(NOW):
        early = phone.get(WEEK).json()
        not_yet = phone.get(f"/api/my/visits/{visit.pk}")
    with time_machine.travel(AT_THE_DOOR):
        phone = signed_in(carer.user)
        week = phone.get(WEEK).json()
        at_the_door = phone.get(f"/api/my/visits/{visit.pk}").json()

    assert early["days"][0]["visits"][0]["client_name"] == "Edith H."
    assert early["days"][0]["visits"][0]["street"] is None
    assert not_yet.status_code == 404
    assert week["days"][0]["visits"][0]["street"] == "3 Mill Lane"
    assert at_the_door["client_name"] == "Edith Hall"
    assert at_the_door["starts_at"] == "2026-06-01T08:00:00+01:00"


def test_changes_are_told_by_short_names_and_seen_once() -> None:
    rota = RotaFactory()
    carer, phone = carer_with_phone(rota.branch)
    moves = VisitFactory(rota=rota, client__name="Edith Mary Hall")
    office = coordinator_of(rota.branch)
    allocate(moves, carer)
    publish_rota(rota_id=rota.pk, version=1, note="", actor=office, now=NOW)
    Visit.objects.filter(pk=moves.pk).update(start_minute=500)
    publish_rota(rota_id=rota.pk, version=1, note="", actor=office, now=NOW)

    (before,) = phone.get(f"{WEEK}/changes").json()
    seen = phone.post(f"{WEEK}/changes/seen", {"number": 2})
    (after,) = phone.get(f"{WEEK}/changes").json()

    assert (before["number"], before["seen"]) == (2, False)
    assert before["moved"] == [
        {
            "before": {
                "visit_id": moves.pk,
                "client_name": "Edith H.",
                "on": "2026-06-01",
                "start_minute": 480,
                "minutes": 30,
            },
            "after": {
                "visit_id": moves.pk,
                "client_name": "Edith H.",
                "on": "2026-06-01",
                "start_minute": 500,
                "minutes": 30,
            },
        }
    ]
    assert seen.status_code == 204
    assert after["seen"]


@pytest.mark.parametrize(("number", "status"), [(0, 400), ("x", 400), (9, 404)])
def test_only_what_was_published_can_be_marked_as_seen(number: Any, status: int) -> None:
    publication = PublicationFactory()
    _, phone = carer_with_phone(publication.rota.branch)

    answer = phone.post(f"{WEEK}/changes/seen", {"number": number})

    assert answer.status_code == status


def test_the_key_safe_opens_at_the_door_and_its_code_is_kept_nowhere() -> None:
    visit = VisitFactory()
    carer, _ = carer_with_phone(visit.rota.branch)
    set_key_safe_code(client=visit.client, code="2468", actor=None, now=NOW)
    PublishedAssignmentFactory(visit=visit, carer=carer)
    address = f"/api/my/visits/{visit.pk}"

    with time_machine.travel(AT_THE_DOOR):
        phone = signed_in(carer.user)
        shown = phone.get(address)
        code = phone.post(f"{address}/key-safe")
    with time_machine.travel(datetime(2026, 6, 1, 9, 0, tzinfo=UTC)):
        late = signed_in(carer.user).post(f"{address}/key-safe")

    assert shown.json()["key_safe_available_from"] == "2026-06-01T07:00:00+01:00"
    assert shown.json()["key_safe_available_until"] == "2026-06-01T09:00:00+01:00"
    assert "2468" not in shown.content.decode()
    assert code.json() == {"code": "2468"}
    assert code.headers["Cache-Control"] == "no-store"
    assert late.status_code == 409
    assert late.json()["errors"][0]["code"] == "clients.key_safe_closed"
    assert set(late.json()["params"]) == {"opens_at", "closes_at"}


@pytest.mark.parametrize("visits", [1, 6])
def test_the_number_of_queries_does_not_grow_with_the_week(
    django_assert_max_num_queries: Counting, visits: int
) -> None:
    rota = RotaFactory()
    carer, phone = carer_with_phone(rota.branch)
    publication = PublicationFactory(rota=rota)
    for number in range(visits):
        visit = VisitFactory(rota=rota, target_minute=480 + 60 * number)
        PublishedAssignmentFactory(visit=visit, carer=carer, publication=publication)

    with django_assert_max_num_queries(15):
        phone.get(WEEK)
