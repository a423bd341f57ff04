"""The register, one's own membership and the control statement over HTTP."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from backend.accounts.models import User
from backend.membership.models import EventKind, Membership
from tests.backend.factories.accounts import (
    RoleGrantFactory,
    UserFactory,
    admin_of,
    coordinator_of,
    member_of,
)
from tests.backend.factories.membership import (
    LegalEntityFactory,
    MembershipEventFactory,
    ShareClassFactory,
    ShareEntryFactory,
    member_in,
)
from tests.backend.factories.moments import LONG_AGO
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory
from tests.backend.factories.people import CarerFactory

pytestmark = pytest.mark.django_db


def _browser(user: User) -> APIClient:
    browser = APIClient()
    browser.force_login(user)
    return browser


def _member() -> tuple[User, Membership]:
    user = UserFactory()
    RoleGrantFactory(user=user)
    membership = member_in(user.organisation, name="Ana", user=user, address="1 Mill Lane")
    ShareEntryFactory(
        share_class=ShareClassFactory(entity=membership.entity, name="Share"),
        holder=membership.holder,
    )
    return user, membership


def test_a_member_reads_the_register_without_shares_or_homes_and_is_refused_the_full_one() -> None:
    user, membership = _member()

    answer = _browser(user).get("/api/register", {"as_at": "2026-06-01"}).json()

    assert answer["count"] == 1
    assert answer["results"] == [
        {
            "number": membership.number,
            "name": "Ana",
            "member_class": "Workers",
            "status": "member",
            "entered_on": LONG_AGO.isoformat(),
            "ceased_on": None,
        }
    ]
    for address in ("/api/full-register", "/api/full-register/file"):
        assert _browser(user).get(address).status_code == 403


def test_a_coordinator_who_is_no_member_reads_no_register() -> None:
    user, membership = _member()
    coordinator = coordinator_of(BranchFactory(organisation=user.organisation))

    assert _browser(coordinator).get("/api/register").status_code == 403
    assert _browser(coordinator).get("/api/register/file").status_code == 403
    assert membership.number is not None


def test_an_administrator_reads_shares_and_takes_the_file_along() -> None:
    user, _ = _member()
    browser = _browser(admin_of(user.organisation))  # type: ignore[arg-type]

    page = browser.get("/api/full-register").json()
    file = browser.get("/api/full-register/file", {"as_at": "2026-06-01"})

    assert page["results"][0]["shares"][0]["quantity"] == 1
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert "2026-06-01.csv" in file["Content-Disposition"]
    assert b"1 Mill Lane" in file.content


def test_former_members_come_when_asked_for() -> None:
    user, membership = _member()
    MembershipEventFactory(
        membership=membership,
        kind=EventKind.CEASED,
        status="ceased",
        cease_reason="resigned",
        on=date(2026, 5, 1),
    )
    browser = _browser(user)

    assert browser.get("/api/register").json()["count"] == 0
    assert browser.get("/api/register", {"former": "true"}).json()["count"] == 1


def test_everybody_sees_their_own_membership_whole_and_nobody_elses() -> None:
    user, membership = _member()
    carer = CarerFactory(
        branch=BranchFactory(organisation=user.organisation),
        user=UserFactory(organisation=user.organisation),
    )
    member_in(user.organisation, carer=carer, name="Bea")  # type: ignore[arg-type]

    [mine] = _browser(user).get("/api/memberships/mine").json()
    [hers] = _browser(_as_member(carer)).get("/api/memberships/mine").json()

    assert mine["entry"]["number"] == membership.number
    assert mine["entry"]["shares"][0]["unpaid_pence"] == 100
    assert [event["kind"] for event in mine["events"]] == ["admitted"]
    assert hers["entry"]["name"] == "Bea"
    stranger = member_of(user.organisation)  # type: ignore[arg-type]
    assert _browser(stranger).get("/api/memberships/mine").json() == []


def _as_member(carer: object) -> User:
    """Return the user of a carer, who may read their own membership as a carer."""
    user: User = carer.user  # type: ignore[attr-defined]
    RoleGrantFactory(user=user)
    return user


def test_the_control_statement_says_who_controls_us_today_or_on_a_date() -> None:
    user, membership = _member()

    browser = _browser(user)
    statement = browser.get("/api/control-statement", {"as_at": "2026-06-01"}).json()

    assert statement["entity"]["name"] == membership.entity.name
    # The share is allotted and not paid, so the vote has not begun.
    assert (statement["verdict"], statement["votes"]) == ("incomplete", [])
    [first, *_] = browser.get("/api/control-history", {"as_at": "2026-06-01"}).json()
    assert first["as_at"] == LONG_AGO.isoformat()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"as_at": "yesterday"}, 400),
        ({"entity": "ours"}, 400),
        ({"entity": "999999"}, 404),
    ],
)
def test_what_makes_no_sense_is_said(query: dict[str, str], status: int) -> None:
    user, _ = _member()

    assert _browser(user).get("/api/control-statement", query).status_code == status


def test_a_body_in_others_books_is_not_found() -> None:
    user, _ = _member()
    theirs = LegalEntityFactory()

    for address in ("/api/control-statement", "/api/control-history"):
        assert _browser(user).get(address, {"entity": str(theirs.pk)}).status_code == 404


def test_before_the_legal_form_is_recorded_there_is_no_statement() -> None:
    member = member_of(OrganisationFactory())

    assert _browser(member).get("/api/control-statement").status_code == 404
    assert _browser(member).get("/api/entities").json() == []
