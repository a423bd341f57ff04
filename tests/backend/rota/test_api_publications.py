"""Publishing over HTTP: what it would do, doing it, and what was done."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from backend.rota.models import Rota
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import AbsenceFactory, working_carer
from tests.backend.factories.rota import RotaFactory, VisitFactory, allocate
from tests.backend.rota.callers import carer_with_phone, office_of, signed_in
from tests.backend.rota.weeks import full_week

pytestmark = pytest.mark.django_db

Counting = Callable[[int], AbstractContextManager[Any]]
WHAT = [("get", "publication-preview"), ("post", "publish"), ("get", "publications")]


@pytest.mark.parametrize(("method", "what"), WHAT)
def test_only_the_office_of_the_branch_publishes(method: str, what: str) -> None:
    rota = RotaFactory()
    _, phone = carer_with_phone(rota.branch)
    elsewhere = office_of(BranchFactory(organisation=rota.branch.organisation))

    answers = [
        getattr(browser, method)(f"/api/rotas/{rota.pk}/{what}", {"version": 1}).status_code
        for browser in (signed_in(None), phone, elsewhere)
    ]

    assert answers == [401, 403, 404]


@pytest.mark.parametrize(
    ("body", "attr"),
    [({}, "version"), ({"version": "x"}, "version"), ({"version": 1, "note": "x" * 501}, "note")],
)
def test_publishing_needs_the_version_that_was_seen(body: dict[str, Any], attr: str) -> None:
    rota = RotaFactory()

    answer = office_of(rota.branch).post(f"/api/rotas/{rota.pk}/publish", body)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == attr


def test_the_preview_says_what_stands_against_it_and_who_will_be_told_what() -> None:
    rota = RotaFactory()
    anna, sick = (working_carer(branch=rota.branch, name=name) for name in ("Anna", "Sick"))
    AbsenceFactory(carer=sick)
    given = VisitFactory(rota=rota, client__name="Edith Hall")
    broken = VisitFactory(rota=rota, target_minute=720)
    VisitFactory(rota=rota, target_minute=960, priority=1)
    allocate(given, anna)
    allocate(broken, sick)

    found = office_of(rota.branch).get(f"/api/rotas/{rota.pk}/publication-preview").json()

    (breach,) = found["breaches"]
    assert (breach["code"], breach["carer_name"]) == ("H4", "Sick")
    assert breach["visit_id"] == broken.pk
    assert [(row["code"], row["count"]) for row in found["warnings"]] == [
        ("unallocated_critical", 1)
    ]
    assert found["needs_note"]
    assert (found["unallocated"], found["next_number"], found["version"]) == (1, 1, 1)
    assert (found["carers_affected"], found["clients_affected"]) == (2, 2)
    assert [row["name"] for row in found["changes"]] == ["Anna", "Sick"]
    assert found["changes"][0]["added"] == [
        {
            "visit_id": given.pk,
            "client_id": given.client_id,
            "client_name": "Edith Hall",
            "on": "2026-06-01",
            "start_minute": 480,
            "minutes": 30,
        }
    ]


def test_refusals_carry_their_codes() -> None:
    rota = RotaFactory(version=2)
    browser, address = office_of(rota.branch), f"/api/rotas/{rota.pk}/publish"
    carer = working_carer(branch=rota.branch)
    visit = VisitFactory(rota=rota, priority=1)

    stale = browser.post(address, {"version": 1})
    note_needed = browser.post(address, {"version": 2})
    allocate(visit, carer)
    AbsenceFactory(carer=carer)
    broken = browser.post(address, {"version": 2, "note": "a reason does not help"})

    codes = [
        (answer.status_code, answer.json()["errors"][0]["code"], answer.json()["params"])
        for answer in (stale, note_needed, broken)
    ]
    assert codes == [
        (409, "rota.stale", {"version": 2}),
        (409, "rota.note_needed", {"warnings": {"unallocated_critical": 1}}),
        (409, "rota.has_breaches", {"breaches": 1, "codes": {"H4": 1}}),
    ]


def test_what_was_published_is_listed_newest_first_with_who_and_for_whom() -> None:
    rota = RotaFactory()
    anna = working_carer(branch=rota.branch, name="Anna")
    first, second = (VisitFactory(rota=rota, target_minute=60 * hour) for hour in (8, 12))
    browser = signed_in(coordinator_of(rota.branch, display_name="Cora Office"))
    address = f"/api/rotas/{rota.pk}"

    allocate(first, anna)
    done = browser.post(f"{address}/publish", {"version": 1, "note": " as agreed "}).json()
    allocate(second, anna)
    browser.post(f"{address}/publish", {"version": 1})
    rows = browser.get(f"{address}/publications").json()

    assert (done["number"], done["note"], done["published_by"]) == (1, "as agreed", "Cora Office")
    assert done["rule_versions"]["rota_policy"] == 1
    assert done["figures"]["unassigned"] == 1
    assert [row["number"] for row in rows] == [2, 1]
    assert rows[0]["changes"] == [
        {"carer_id": anna.pk, "name": "Anna", "added": 1, "removed": 0, "moved": 0}
    ]
    assert (rows[0]["carers_affected"], rows[0]["clients_affected"]) == (1, 1)


@pytest.mark.parametrize("carers", [2, 6])
def test_the_number_of_queries_does_not_grow_with_the_week(
    django_assert_max_num_queries: Counting, carers: int
) -> None:
    rota = full_week(BranchFactory(), carers=carers)
    browser = office_of(rota.branch)

    with django_assert_max_num_queries(50):
        browser.get(f"/api/rotas/{rota.pk}/publication-preview")
    with django_assert_max_num_queries(76):
        browser.post(f"/api/rotas/{rota.pk}/publish", {"version": 1})
    with django_assert_max_num_queries(8):
        browser.get(f"/api/rotas/{rota.pk}/publications")
    assert Rota.objects.get(pk=rota.pk).version == 1
