"""Opening a week from the office, and the hours of its carers."""

import pytest

from backend.core.periods import Week
from backend.rota.models import Visit
from tests.backend.factories import MONDAY
from tests.backend.factories.clients import (
    CarePackageFactory,
    ClientFactory,
    PackageLineFactory,
)
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import (
    PublicationFactory,
    PublishedAssignmentFactory,
    allocate,
)
from tests.backend.rota.callers import carer_with_phone, office_of, signed_in

pytestmark = pytest.mark.django_db


def test_only_the_office_of_the_branch_opens_its_week() -> None:
    branch = BranchFactory()
    _, phone = carer_with_phone(branch)
    elsewhere = office_of(BranchFactory(organisation=branch.organisation))
    address = f"/api/branches/{branch.pk}/weeks/{MONDAY}/open"

    answers = [browser.post(address) for browser in (signed_in(None), phone, elsewhere)]

    assert [answer.status_code for answer in answers] == [401, 403, 404]


def test_a_week_is_named_by_its_monday() -> None:
    branch = BranchFactory()

    answer = office_of(branch).post(f"/api/branches/{branch.pk}/weeks/2026-06-02/open")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "week"


def test_the_office_is_told_what_was_made_lost_and_left_alone() -> None:
    branch = BranchFactory()
    office, address = office_of(branch), f"/api/branches/{branch.pk}/weeks/{MONDAY}/open"
    told, draft = (
        PackageLineFactory(package=CarePackageFactory(client=ClientFactory(branch=branch, name=n)))
        for n in ("Ada", "Bea")
    )
    ClientFactory(branch=branch)
    unknown = ClientFactory(branch=branch, name="Cay", pin_confirmed_at=None)
    PackageLineFactory(package=CarePackageFactory(client=unknown))
    first = office.post(address).json()
    for visit in Visit.objects.order_by("client__name"):
        allocate(visit, working_carer(branch=branch, name=f"Carer of {visit.client.name}"))
    visit = Visit.objects.get(line=told)
    PublishedAssignmentFactory(
        visit=visit,
        carer=visit.assignments.get().carer,
        publication=PublicationFactory(rota=visit.rota),
    )
    for line in (told, draft):
        line.minutes = 45
        line.save()

    second = office.post(address).json()

    assert (first["created"], first["differences"]) == (2, [])
    assert first["problems"] == [
        {"client_id": unknown.pk, "client_name": "Cay", "visits": 1},
    ]
    assert second["rota_id"] == first["rota_id"]
    assert (second["created"], second["updated"], second["unchanged"]) == (0, 1, 1)
    assert [
        (row["client_name"], row["what"], row["published"]["minutes"], row["package"]["minutes"])
        for row in second["differences"]
    ] == [("Ada", "needs", 30, 45)]
    assert [(row["client_name"], row["carer_names"]) for row in second["dropped"]] == [
        ("Bea", ["Carer of Bea"])
    ]


def test_a_carers_row_says_what_the_draft_gives_them() -> None:
    branch = BranchFactory()
    busy, idle = working_carer(branch=branch, name="A"), working_carer(branch=branch, name="B")
    office = office_of(branch)
    for _ in range(2):
        PackageLineFactory(package=CarePackageFactory(client=ClientFactory(branch=branch)))
    office.post(f"/api/branches/{branch.pk}/weeks/{MONDAY}/open")
    for visit in Visit.objects.all():
        allocate(visit, busy)
    address = f"/api/branches/{branch.pk}/commitments/carers"

    this = office.get(address, {"week": str(MONDAY)}).json()
    following = office.get(address, {"week": str(Week(MONDAY).ends_before)}).json()

    assert [(row["carer_id"], row["planned_minutes"]) for row in this] == [
        (busy.pk, 60),
        (idle.pk, 0),
    ]
    assert [row["planned_minutes"] for row in following] == [0, 0]
    assert [row["available_minutes"] for row in this] == [7 * 15 * 60] * 2
