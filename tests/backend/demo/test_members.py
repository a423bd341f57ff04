"""The demonstration's members own and control it, and its council was elected by them."""

import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from backend.counting.control import Verdict
from backend.demo.cooperative import MEMBER, build_cooperative
from backend.membership.models import ClassKind, LegalEntity, Membership, MembershipStatus
from backend.membership.selectors import control_statement, members_on, own_entity
from backend.membership.selectors.control_history import control_history
from backend.membership.selectors.viewers import my_memberships
from backend.organisation.models import Organisation
from backend.people.models import Carer

MONDAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def organisation(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Organisation]:
    """Build the co-operative once for all tests here, which only read, and take it away again."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_cooperative(MONDAY)
        transaction.set_rollback(True)


def test_every_carer_is_a_member_or_on_the_way(organisation: Organisation) -> None:
    roll = members_on(organisation, MONDAY)
    of_branches = [row for row in roll if row.branch_id is not None]
    probation = Membership.objects.filter(status=MembershipStatus.PROBATION).count()

    assert len(of_branches) + probation == Carer.objects.count()
    assert len(of_branches) > 0.7 * Carer.objects.count()
    assert probation > 0
    assert all(row.user_id is not None for row in roll)
    assert len({row.number for row in roll}) == len(roll)


def test_nobody_is_a_member_before_six_months_of_work(organisation: Organisation) -> None:
    early = Carer.objects.filter(starts_on__gt=MONDAY - timedelta(days=180))
    members = {row.user_id for row in members_on(organisation, MONDAY)}

    assert early.exists()
    assert not members & set(early.values_list("user_id", flat=True))


def test_the_cooperative_is_genuine_with_an_elected_council(organisation: Organisation) -> None:
    statement = control_statement(own_entity(organisation), MONDAY)

    assert statement.verdict.verdict is Verdict.GENUINE
    assert statement.is_accountable is True
    assert statement.flags == ()
    assert {row.kind: row.seats for row in statement.board} == {"worker": 15, "user": 2}


def test_each_seat_is_filled_by_one_of_its_own_voters(organisation: Organisation) -> None:
    kinds = {ClassKind.WORKER, ClassKind.USER}
    places = {
        row.membership_id: row.constituency_id
        for row in members_on(organisation, MONDAY, classes=kinds)
    }
    entity = own_entity(organisation)

    for seat in entity.seats.filter(has_vote=True):
        holder = seat.appointments.get().holder
        assert holder is not None
        assert places[holder.memberships.get().pk] == seat.constituency_id


def test_the_member_who_signs_in_has_a_number(organisation: Organisation) -> None:
    [mine] = my_memberships(organisation.users.get(username=MEMBER), MONDAY)

    assert mine.entry is not None
    assert mine.entry.shares[0].paid_pence == 100


def test_the_worked_examples_are_there(organisation: Organisation) -> None:
    names = LegalEntity.objects.filter(kept_by=organisation, kind="example").count()

    assert names == 7


def test_the_years_of_850_members_are_drawn_in_a_moment(organisation: Organisation) -> None:
    entity = own_entity(organisation)
    begin = time.process_time()

    points = control_history(entity, MONDAY)

    # Generous: it is a second on a quiet machine; a minute would be a query for each member.
    assert time.process_time() - begin < 15
    assert len(points) > 8
    assert points[-1].verdict is Verdict.GENUINE
