"""A carer's own week: what they were told, and of the client no more than they need."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.accounts.models import User
from backend.organisation.models import RuleArea
from backend.organisation.services import enact_rules
from backend.people.models import Carer
from backend.rota.models import PublishedAssignment, Rota, Visit, VisitAssignment
from backend.rota.selectors.client_window import street_of
from backend.rota.selectors.my_week import get_my_visit, get_my_week
from backend.rota.services.publish import publish_rota
from backend.rota.services.see_changes import mark_changes_seen
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import carer_user_of, coordinator_of
from tests.backend.factories.clients import PackageLineFactory
from tests.backend.factories.people import ContractFactory, working_carer
from tests.backend.factories.rota import (
    PublicationFactory,
    PublishedAssignmentFactory,
    RotaFactory,
    VisitFactory,
    allocate,
)

pytestmark = pytest.mark.django_db

START = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
"""Of the default visit: 08:00 in British summer time, for 30 minutes."""

OPENS = START - timedelta(hours=48)
CLOSES = START + timedelta(minutes=30) + timedelta(hours=24)
MINUTE = timedelta(minutes=1)


def carer_in(rota: Rota) -> Carer:
    """Return a carer of a rota's branch who can sign in."""
    return working_carer(branch=rota.branch, user=carer_user_of(rota.branch))


def account_of(carer: Carer) -> User:
    """Return what a carer signs in with."""
    assert carer.user is not None
    return carer.user


def visits_of(carer: Carer, now: datetime = NOW, monday: date = MONDAY) -> list[dict[str, Any]]:
    """Return the visits of a carer's week, in order of time."""
    week = get_my_week(account_of(carer), monday, now=now)
    return [visit for day in week["days"] for visit in day["visits"]]


def test_a_week_without_a_publication_is_empty_whatever_the_draft_says() -> None:
    visit = VisitFactory()
    carer = carer_in(visit.rota)
    allocate(visit, carer)

    week = get_my_week(account_of(carer), MONDAY, now=NOW)

    assert week["publication"] is None
    assert [day["on"] for day in week["days"]] == [MONDAY + timedelta(days=n) for n in range(7)]
    assert [day["visits"] for day in week["days"]] == [[]] * 7


def test_the_week_holds_own_visits_in_order_with_hours_against_the_contract() -> None:
    rota = RotaFactory()
    anna, berta = carer_in(rota), carer_in(rota)
    publication = PublicationFactory(rota=rota)
    late, early, others = (VisitFactory(rota=rota, target_minute=60 * h) for h in (12, 8, 10))
    for visit, carer in ((late, anna), (early, anna), (others, berta)):
        PublishedAssignmentFactory(visit=visit, carer=carer, publication=publication)

    week = get_my_week(account_of(anna), MONDAY, now=NOW)

    assert [row["visit_id"] for row in visits_of(anna)] == [early.pk, late.pk]
    assert (week["minutes"], week["guaranteed_minutes"]) == (60, 1200)
    assert week["publication"] == {"number": 1, "published_at": NOW}


def test_what_no_longer_holds_is_not_shown() -> None:
    told = PublishedAssignmentFactory(carer__user=None)
    carer = told.carer
    carer.user = carer_user_of(carer.branch)
    carer.save()
    told.superseded_by = PublicationFactory(rota=told.rota, number=2)
    told.save()

    assert visits_of(carer) == []


@pytest.mark.parametrize(
    ("now", "is_open"),
    [(OPENS - MINUTE, False), (OPENS, True), (CLOSES - MINUTE, True), (CLOSES, False)],
)
def test_name_and_street_are_there_from_48_hours_before_to_24_after(
    now: datetime, *, is_open: bool
) -> None:
    visit = VisitFactory(client__name="Edith Mary Hall", client__address="3 Mill Lane, Leeds")
    carer = carer_in(visit.rota)
    PublishedAssignmentFactory(visit=visit, carer=carer)

    (row,) = visits_of(carer, now)

    expected = ("Edith Mary Hall", "3 Mill Lane") if is_open else ("Edith H.", None)
    assert (row["client_name"], row["street"]) == expected


@pytest.mark.parametrize(
    ("now", "is_open"),
    [(OPENS - MINUTE, False), (OPENS, True), (CLOSES - MINUTE, True), (CLOSES, False)],
)
def test_the_visit_itself_is_found_in_that_window_only(now: datetime, *, is_open: bool) -> None:
    visit = VisitFactory()
    carer = carer_in(visit.rota)
    PublishedAssignmentFactory(visit=visit, carer=carer)

    if is_open:
        assert get_my_visit(account_of(carer), visit.pk, now=now)["visit_id"] == visit.pk
    else:
        with pytest.raises(PublishedAssignment.DoesNotExist):
            get_my_visit(account_of(carer), visit.pk, now=now)


def test_the_window_is_in_real_hours_when_the_clocks_change() -> None:
    # Monday 08:00 summer time; 48 hours before is Saturday 07:00 winter time on the wall.
    rota = RotaFactory(week_starts_on=date(2026, 3, 30))
    visit = VisitFactory(rota=rota)
    carer = carer_in(rota)
    PublishedAssignmentFactory(visit=visit, carer=carer)
    opens = datetime(2026, 3, 28, 7, 0, tzinfo=UTC)

    with pytest.raises(PublishedAssignment.DoesNotExist):
        get_my_visit(account_of(carer), visit.pk, now=opens - MINUTE)
    assert get_my_visit(account_of(carer), visit.pk, now=opens)["visit_id"] == visit.pk


def test_the_window_follows_the_rules_in_force_on_the_weeks_monday() -> None:
    visit = VisitFactory()
    carer = carer_in(visit.rota)
    PublishedAssignmentFactory(visit=visit, carer=carer)
    values = {
        "client_hours_before": 1,
        "client_hours_after": 0,
        "key_safe_minutes_before": 5,
        "key_safe_minutes_after": 0,
        "key_safe_reveals_an_hour": 3,
    }
    enact_rules(
        organisation=visit.rota.branch.organisation,
        area=RuleArea.ACCESS,
        starts_on=MONDAY,
        values=values,
        decided_by="a vote",
        actor=None,
        now=NOW,
    )

    with pytest.raises(PublishedAssignment.DoesNotExist):
        get_my_visit(account_of(carer), visit.pk, now=START - timedelta(minutes=61))
    assert get_my_visit(account_of(carer), visit.pk, now=START - timedelta(minutes=60))


def test_at_the_door_a_carer_knows_what_to_do_and_who_else_comes() -> None:
    rota = RotaFactory()
    line = PackageLineFactory(package__client__branch=rota.branch, tasks=["Breakfast", "Tablets"])
    client = line.package.client
    client.at_the_door = "Ring twice."
    client.save()
    visit = VisitFactory(rota=rota, client=client, line=line, carers_required=2)
    publication = PublicationFactory(rota=rota)
    anna, berta = carer_in(rota), working_carer(branch=rota.branch, name="Berta")
    for carer in (anna, berta):
        PublishedAssignmentFactory(visit=visit, carer=carer, publication=publication)

    found = get_my_visit(account_of(anna), visit.pk, now=START)

    assert found["tasks"] == ["Breakfast", "Tablets"]
    assert found["at_the_door"] == "Ring twice."
    assert found["carers"] == ["Berta"]
    assert (found["address"], found["postcode"]) == (client.address, client.postcode)
    assert found["key_safe_available_from"] is None


def test_a_colleagues_visit_is_not_found() -> None:
    told = PublishedAssignmentFactory()
    colleague = carer_in(told.rota)

    with pytest.raises(PublishedAssignment.DoesNotExist):
        get_my_visit(account_of(colleague), told.visit_id, now=START)


@pytest.mark.parametrize(
    ("start", "gap", "kind"),
    [
        (8 * 60 + 34, 4, "travel"),
        (8 * 60 + 40, 10, "wait"),
        (8 * 60 + 53, 23, "wait"),
        (8 * 60 + 54, 24, "break"),
        (10 * 60 + 30, 120, "break"),
        (10 * 60 + 31, 121, "off"),
    ],
)
def test_a_gap_is_called_what_it_is(start: int, gap: int, kind: str) -> None:
    rota = RotaFactory()
    carer = carer_in(rota)
    publication = PublicationFactory(rota=rota)
    first = VisitFactory(rota=rota)
    # 500 m and a third more by road at 24 km/h, and 2 minutes to set off: 4 minutes.
    second = VisitFactory(rota=rota, target_minute=start, client__easting=431_500.0)
    for visit in (first, second):
        PublishedAssignmentFactory(visit=visit, carer=carer, publication=publication)

    before, after = visits_of(carer)

    assert (before["travel_minutes"], before["gap_minutes"]) == (None, None)
    assert (after["travel_minutes"], after["gap_minutes"]) == (4, gap)
    assert after["kind_of_gap"] == kind


def test_changes_are_marked_until_they_were_looked_at() -> None:
    rota = RotaFactory()
    anna = carer_in(rota)
    stays, moves, comes = (VisitFactory(rota=rota, target_minute=60 * h) for h in (8, 12, 16))
    office = coordinator_of(rota.branch)
    for visit in (stays, moves):
        allocate(visit, anna)
    publish_rota(rota_id=rota.pk, version=1, note="", actor=office, now=NOW)
    first = [row["changed"] for row in visits_of(anna)]
    Visit.objects.filter(pk=moves.pk).update(start_minute=725)
    allocate(comes, anna)
    publish_rota(rota_id=rota.pk, version=1, note="", actor=office, now=NOW)
    marked = {row["visit_id"]: row["changed"] for row in visits_of(anna)}
    unseen = get_my_week(account_of(anna), MONDAY, now=NOW)["changes_unseen"]

    mark_changes_seen(week=MONDAY, number=2, actor=account_of(anna), now=NOW)

    assert first == [None, None]
    assert marked == {stays.pk: None, moves.pk: "moved", comes.pk: "added"}
    assert unseen == 2
    assert [row["changed"] for row in visits_of(anna)] == [None] * 3
    assert get_my_week(account_of(anna), MONDAY, now=NOW)["changes_unseen"] == 0


def test_a_visit_taken_away_counts_as_a_change_and_is_gone() -> None:
    visit = VisitFactory()
    anna = carer_in(visit.rota)
    office = coordinator_of(visit.rota.branch)
    allocate(visit, anna)
    publish_rota(rota_id=visit.rota_id, version=1, note="", actor=office, now=NOW)
    VisitAssignment.objects.all().delete()
    Visit.objects.update(state="unallocated", start_minute=None, starts_at=None)
    publish_rota(rota_id=visit.rota_id, version=1, note="", actor=office, now=NOW)

    week = get_my_week(account_of(anna), MONDAY, now=NOW)

    assert week["changes_unseen"] == 1
    assert visits_of(anna) == []


def test_the_guarantee_is_that_of_the_contract_in_force() -> None:
    rota = RotaFactory()
    carer = carer_in(rota)
    carer.contracts.update(ends_before=MONDAY)
    ContractFactory(carer=carer, starts_on=MONDAY, guaranteed_minutes=600)

    assert get_my_week(account_of(carer), MONDAY, now=NOW)["guaranteed_minutes"] == 600


def test_a_carer_who_left_sees_nothing() -> None:
    told = PublishedAssignmentFactory()
    user = carer_user_of(told.rota.branch)
    Carer.objects.filter(pk=told.carer_id).update(user=user)
    user.grants.all().delete()

    with pytest.raises(Carer.DoesNotExist):
        get_my_week(user, MONDAY, now=NOW)


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("4 Mill Lane, Calderwick", "4 Mill Lane"),
        ("Flat 23, 4 Mill Lane, Calderwick", "Flat 23, 4 Mill Lane"),
        ("Flat 2", "Flat 2"),
        ("", ""),
    ],
)
def test_the_street_leads_to_the_door_also_of_a_flat(address: str, street: str) -> None:
    assert street_of(address) == street
