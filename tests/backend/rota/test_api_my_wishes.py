"""The phone's page of wishes: who may, what is not valid, what it holds."""

from typing import Any

import pytest
import time_machine

from tests.backend.factories import NOW
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import (
    PlacedWishFactory,
    PublishedAssignmentFactory,
    VisitFactory,
    WishListFactory,
)
from tests.backend.rota.callers import carer_with_phone, office_of, signed_in

pytestmark = pytest.mark.django_db

WISHES = "/api/my/wishes/2026-06-01"


def test_wishes_are_closed_to_strangers_and_the_office() -> None:
    branch = BranchFactory()

    for browser, status in ((signed_in(None), 401), (office_of(branch), 403)):
        assert browser.get(WISHES).status_code == status
        assert browser.put(WISHES, {"wishes": []}, format="json").status_code == status


def test_nobody_sees_a_colleagues_wishes() -> None:
    carer, _ = carer_with_phone(branch := BranchFactory())
    PlacedWishFactory(wish_list=WishListFactory(carer=carer, placed=4))
    _, phone = carer_with_phone(branch)

    answer = phone.get(WISHES).json()

    assert (answer["wishes"], answer["left"]) == ([], 12)


@pytest.mark.parametrize(
    ("wish", "attr"),
    [
        ({"kind": "day_off"}, "wishes.0.on"),
        ({"kind": "day_off", "on": "2026-06-03", "weekday": 2}, "wishes.0.on"),
        ({"kind": "weekend_off", "on": "2026-06-05"}, "wishes.0.on"),
        ({"kind": "avoid_window", "from_minute": 600}, "wishes.0.to_minute"),
        ({"kind": "avoid_window", "from_minute": 600, "to_minute": 600}, "wishes.0.to_minute"),
        ({"kind": "avoid_client"}, "wishes.0.client_id"),
        ({"kind": "avoid_area"}, "wishes.0.area"),
        ({"kind": "no_split", "weekday": 1}, "wishes.0.weekday"),
        ({"kind": "no_split", "points": 0}, "wishes.0.points"),
        ({"kind": "moon"}, "wishes.0.kind"),
    ],
)
def test_a_wish_says_what_its_kind_needs_and_no_more(wish: dict[str, Any], attr: str) -> None:
    _, phone = carer_with_phone(BranchFactory())

    answer = phone.put(WISHES, {"wishes": [{"points": 2, **wish}]}, format="json")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == attr


def test_the_phone_shows_what_was_placed_what_is_left_and_what_is_spent() -> None:
    carer, phone = carer_with_phone(BranchFactory())
    visit = VisitFactory(rota__branch=carer.branch, client__name="Mary Ann Taylor")
    visit.client.postcode = "LS9 6AB"
    visit.client.save()
    PublishedAssignmentFactory(visit=visit, carer=carer)

    with time_machine.travel(NOW):
        answer = phone.put(
            WISHES,
            {
                "wishes": [
                    {"kind": "avoid_client", "points": 3, "client_id": visit.client.pk},
                    {"kind": "day_off", "points": 2, "on": "2026-06-10"},
                    {"kind": "avoid_area", "points": 1, "area": "LS9 6"},
                ]
            },
            format="json",
        )

    assert answer.status_code == 200
    body = answer.json()
    assert (body["period_starts_on"], body["points"], body["left"]) == ("2026-05-18", 12, 6)
    assert [(row["week"], row["is_closed"]) for row in body["weeks"]] == [
        ("2026-05-18", True),
        ("2026-05-25", True),
        ("2026-06-01", True),
        ("2026-06-08", False),
    ]
    assert [(row["kind"], row["client_name"], row["is_fixed"]) for row in body["wishes"]] == [
        ("avoid_client", "Mary T.", False),
        ("day_off", None, False),
        ("avoid_area", None, False),
    ]
    assert body["clients"] == [{"id": visit.client.pk, "name": "Mary T."}]
    assert body["areas"] == ["LS9 6"]
    assert phone.get(WISHES).json()["left"] == 6


def test_too_many_points_are_refused_with_their_number() -> None:
    _, phone = carer_with_phone(BranchFactory())

    with time_machine.travel(NOW):
        answer = phone.put(WISHES, {"wishes": [{"kind": "no_split", "points": 13}]}, format="json")

    assert answer.status_code == 409
    body = answer.json()
    assert (body["errors"][0]["code"], body["params"]) == (
        "rota.wishes_over_points",
        {"points": 12},
    )
