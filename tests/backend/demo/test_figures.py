"""The demonstration co-operative has the size and the mix that it is said to have."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from backend.clients.models import CarePackage, Client, KeySafeCode, PackageLine
from backend.commitments.selectors import OwedVisit, organisation_commitments, owed_visits
from backend.core.periods import Week
from backend.core.sealing import unseal
from backend.demo.cooperative import build_cooperative
from backend.demo.figures import (
    CARER_MINUTES_A_WEEK,
    DAY_SHAPE,
    DOUBLE_UP_SHARE,
    LENGTH_SHARES,
)
from backend.organisation.models import Branch, Organisation
from backend.organisation.selectors import zone_of
from backend.people.models import Absence, Availability, Carer, CarerSkill, Contract
from backend.rota.models import CarerWish, Decline, Preference

MONDAY = date(2026, 11, 23)
NEXT_WEEK = Week(MONDAY).next
TWO_POINTS = 0.02

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def organisation(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Organisation]:
    """Build the co-operative once for all tests here, which only read, and take it away again."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_cooperative(MONDAY)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visits(organisation: Organisation) -> list[OwedVisit]:
    """Return the visits owed in the week after the current one."""
    branches = list(organisation.branches.all())
    found = owed_visits(branches, NEXT_WEEK, zone_of(organisation))
    return [visit for visit in found if not visit.is_suspended]


def test_850_carers_in_six_branches_are_owed_to_18_000_hours_of_care(
    organisation: Organisation,
) -> None:
    whole, branches = organisation_commitments(organisation, NEXT_WEEK)

    assert Carer.objects.count() == 850
    assert len(branches) == 6
    assert whole.owed.carer_minutes == pytest.approx(CARER_MINUTES_A_WEEK, rel=0.01)
    assert whole.gap_minutes > 0
    assert whole.suspended_minutes > 0
    assert len([row for row in whole.owed.by_funder if row.visits]) >= 9


def test_each_branch_is_owed_its_share_of_hours(organisation: Organisation) -> None:
    _, branches = organisation_commitments(organisation, NEXT_WEEK)

    for row in branches:
        share = CARER_MINUTES_A_WEEK * row.guaranteed.carers / 850
        assert row.owed.carer_minutes == pytest.approx(share, rel=0.02)


def test_the_mix_of_lengths_is_that_of_council_packages(visits: list[OwedVisit]) -> None:
    counts = Counter(visit.minutes for visit in visits)

    assert set(counts) == set(LENGTH_SHARES)
    for minutes, share in LENGTH_SHARES.items():
        assert counts[minutes] / len(visits) == pytest.approx(share, abs=TWO_POINTS)
    assert 34 <= sum(visit.minutes for visit in visits) / len(visits) <= 36


def test_one_visit_in_five_needs_two_carers(visits: list[OwedVisit]) -> None:
    doubles = sum(visit.carers == 2 for visit in visits)

    assert doubles / len(visits) == pytest.approx(DOUBLE_UP_SHARE, abs=TWO_POINTS)


def test_the_day_has_its_four_peaks(visits: list[OwedVisit]) -> None:
    for first, last, share in DAY_SHAPE.values():
        found = sum(first <= visit.target_minute <= last for visit in visits)

        assert found / len(visits) == pytest.approx(share, abs=TWO_POINTS)


def test_clients_have_one_to_four_calls_a_day(visits: list[OwedVisit]) -> None:
    calls = Counter((visit.client, visit.on) for visit in visits)
    # A client with help at home paid by the family has one call more on that day.
    shares = Counter(min(count, 4) for count in calls.values())

    assert set(shares) == {1, 2, 3, 4}
    assert max(calls.values()) <= 5
    assert shares[4] > shares[3]


def test_weeks_differ_by_alternating_lines_suspensions_and_changes() -> None:
    assert PackageLine.objects.filter(cycle_weeks=2).count() > 50
    assert Availability.objects.filter(cycle_weeks=2).count() > 200
    assert PackageLine.objects.filter(
        replaces__isnull=False,
        starts_on__gte=NEXT_WEEK.starts_on,
        starts_on__lt=NEXT_WEEK.ends_before,
    ).exists()
    assert CarePackage.objects.filter(suspensions__ends_at__isnull=True).exists()


def test_some_training_runs_out_and_some_carers_are_away_in_the_week_to_build() -> None:
    expiring = CarerSkill.objects.filter(
        ends_before__gt=NEXT_WEEK.starts_on, ends_before__lt=NEXT_WEEK.ends_before
    )
    away = Absence.objects.filter(
        starts_at__date__range=(NEXT_WEEK.starts_on, MONDAY + timedelta(13))
    )

    for branch in Branch.objects.all():
        assert 1 <= expiring.filter(carer__branch=branch).count() <= 6
        assert away.filter(carer__branch=branch).count() >= 4
    assert set(away.values_list("kind", flat=True)) >= {"leave", "sickness", "training"}


def test_guaranteed_hours_are_less_than_the_care_owed_and_can_be_worked() -> None:
    for branch in Branch.objects.all():
        rows = Contract.objects.filter(carer__branch=branch, ends_before__isnull=True)
        guaranteed = sum(row.guaranteed_minutes for row in rows)
        share = CARER_MINUTES_A_WEEK * branch.carers.count() / 850

        assert 0.6 * share < guaranteed < share < sum(row.maximum_minutes for row in rows)


def test_nobody_shares_a_name_and_no_postcode_is_a_real_one() -> None:
    names = [
        *Carer.objects.values_list("name", flat=True),
        *Client.objects.values_list("name", flat=True),
    ]
    postcodes = [
        *Carer.objects.values_list("home_postcode", flat=True),
        *Client.objects.values_list("postcode", flat=True),
    ]

    assert len(set(names)) == len(names)
    assert all(postcode.startswith("X") for postcode in postcodes)


def test_every_client_can_be_rostered_and_says_what_a_carer_must_know() -> None:
    for client in Client.objects.all():
        assert client.pin_confirmed_at is not None
        assert client.at_the_door
        assert client.contingency_plan


def test_short_visits_say_why_and_when_it_was_agreed() -> None:
    short = PackageLine.objects.filter(minutes__lt=30)

    assert short.exists()
    assert not short.filter(short_visit_agreed_on__isnull=True).exists()
    assert not short.filter(short_visit_reason="").exists()


def test_a_time_critical_call_keeps_its_distance_from_the_one_before() -> None:
    followers = PackageLine.objects.filter(follows__isnull=False).select_related("follows")

    assert followers.count() > 500
    for line in followers:
        before = line.follows
        assert before is not None
        assert before.weekday == line.weekday
        # The gap can be kept inside the two windows.
        assert before.earliest_minute + before.minutes + line.gap_minutes <= line.latest_minute


def test_familiar_carers_are_not_listed_but_wishes_and_declines_are() -> None:
    assert not Preference.objects.exists()
    assert 40 < Decline.objects.count() < 200
    assert CarerWish.objects.values("kind").distinct().count() == 6


def test_key_safe_codes_are_sealed_for_their_own_client() -> None:
    row = KeySafeCode.objects.order_by("pk").first()

    assert row is not None
    code = unseal(
        bytes(row.sealed), table="clients_keysafecode", column="sealed", row=str(row.client_id)
    )
    assert code.isdigit()
    assert len(code) == 4
