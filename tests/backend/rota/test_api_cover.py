"""What would have to change so that an open visit is covered, over HTTP."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from backend.clients.models import Client
from backend.rota.models import Visit
from tests.backend.factories.organisation import BranchFactory, SkillFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import DeclineFactory, RotaFactory, VisitFactory, allocate
from tests.backend.rota.callers import office_of
from tests.backend.rota.weeks import full_week

pytestmark = pytest.mark.django_db

Counting = Callable[[int], AbstractContextManager[Any]]


def ways_of(visit: Visit) -> dict[str, Any]:
    answer = office_of(visit.rota.branch).get(f"/api/visits/{visit.pk}/ways-to-cover")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_skill_that_is_missing_is_named_as_the_office_names_it() -> None:
    rota = RotaFactory()
    SkillFactory(organisation=rota.branch.organisation, code="peg", name="PEG feeding")
    anna = working_carer(branch=rota.branch, name="Anna")
    visit = VisitFactory(rota=rota, skills=["peg"])

    found = ways_of(visit)

    assert (found["state"], found["looked_at"]) == ("PROVED", ["Anna"])
    assert [row["gives_way"] for row in found["ways"]] == [
        [
            {
                "kind": "SKILL",
                "rule": "H3",
                "carer_id": anna.pk,
                "carer": "Anna",
                "day": 0,
                "amount": 1,
                "is_law": False,
                "skills": ["PEG feeding"],
            }
        ]
    ]
    assert found["ways"][0]["is_minimal"]


def test_a_visit_that_others_make_room_for_says_which_visits_move() -> None:
    rota = RotaFactory()
    busy = working_carer(branch=rota.branch, name="Busy")
    taken = VisitFactory(rota=rota, client__name="Edith Hall", minutes=60)
    allocate(taken, busy)
    visit = VisitFactory(rota=rota, client__name="Tom Reed")

    found = ways_of(visit)

    assert found["ways"][0]["changes"][0]["client"] == "Tom Reed"
    assert found["ways"][0]["changes"][0]["carers"] == ["Busy"]
    names = {row["client"] for way in found["ways"] for row in way["changes"]}
    assert names <= {"Tom Reed", "Edith Hall"}


def test_a_declined_carer_is_a_matter_of_safety_and_comes_after_what_can_be_agreed() -> None:
    rota = RotaFactory()
    visit = VisitFactory(rota=rota)
    declined = working_carer(branch=rota.branch, name="Declined")
    DeclineFactory(client=visit.client, carer=declined)

    (way,) = ways_of(visit)["ways"]

    assert [(row["kind"], row["carer"]) for row in way["gives_way"]] == [("DECLINE", "Declined")]


def test_an_unconfirmed_address_is_said_and_not_taken_for_a_skill() -> None:
    rota = RotaFactory()
    working_carer(branch=rota.branch)
    visit = VisitFactory(rota=rota)
    Client.objects.filter(pk=visit.client_id).update(pin_confirmed_at=None)

    found = ways_of(visit)

    assert found["pin_confirmed"] is False
    assert [row["gives_way"] for row in found["ways"]] == [[]]


def test_a_covered_visit_needs_nothing() -> None:
    rota = RotaFactory()
    visit = VisitFactory(rota=rota)
    allocate(visit, working_carer(branch=rota.branch))

    assert ways_of(visit) == {
        "state": "NOT_OPEN",
        "pin_confirmed": True,
        "looked_at": [],
        "ways": [],
    }


@pytest.mark.parametrize("carers", [2, 6])
def test_the_number_of_queries_does_not_grow_with_the_week(
    django_assert_max_num_queries: Counting, carers: int
) -> None:
    rota = full_week(BranchFactory(), carers=carers, open_visits=1)
    visit = rota.visits.filter(state="unallocated").get()
    browser = office_of(rota.branch)

    with django_assert_max_num_queries(38):
        answer = browser.get(f"/api/visits/{visit.pk}/ways-to-cover")

    assert answer.json()["ways"]
