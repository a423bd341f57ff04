"""Members suspended, moved, leaving; and entries taken back."""

from datetime import date, timedelta

import pytest

from backend.membership.models import CeaseReason, EventKind, Membership, MembershipStatus
from backend.membership.selectors import members_on
from backend.membership.services.events import NotNowError
from backend.membership.services.standing import (
    NotTheLastEventError,
    OthersBranchError,
    cease_membership,
    end_memberships_of_leavers,
    move_member,
    restore_member,
    reverse_event,
    suspend_member,
)
from tests.backend.factories import NOW
from tests.backend.factories.membership import MembershipEventFactory, member_in
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory
from tests.backend.factories.people import CarerFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


def _voters(membership: Membership, day: date = DAY) -> int:
    return len(members_on(membership.entity.kept_by, day))


def _cease(membership: Membership, on: date = DAY) -> Membership:
    return cease_membership(
        membership_id=membership.pk,
        reason=CeaseReason.RESIGNED,
        reference="letter of 20 May",
        on=on,
        actor=None,
        now=NOW,
    )


def test_a_suspended_member_has_no_vote_until_restored() -> None:
    membership = member_in(OrganisationFactory())
    when = {"membership_id": membership.pk, "reference": "council", "actor": None, "now": NOW}

    for _ in range(2):
        suspend_member(on=DAY, **when)  # type: ignore[arg-type]
    assert _voters(membership) == 0

    for _ in range(2):
        restore_member(on=DAY + timedelta(days=1), **when)  # type: ignore[arg-type]
    assert _voters(membership, DAY + timedelta(days=1)) == 1
    assert membership.events.count() == 3


def test_a_member_moves_with_the_vote_to_a_branch_of_the_same_organisation() -> None:
    membership = member_in(OrganisationFactory())
    there = BranchFactory(organisation=membership.entity.kept_by)
    when = {"membership_id": membership.pk, "on": DAY, "actor": None, "now": NOW}

    for _ in range(2):
        move_member(branch=there, **when)  # type: ignore[arg-type]

    assert [row.branch_id for row in members_on(there.organisation, DAY)] == [there.pk]
    assert membership.events.filter(kind=EventKind.MOVED).count() == 1
    with pytest.raises(OthersBranchError):
        move_member(branch=BranchFactory(), **when)  # type: ignore[arg-type]


def test_a_former_member_keeps_the_number_and_cannot_be_suspended() -> None:
    membership = member_in(OrganisationFactory())

    for _ in range(2):
        _cease(membership)

    membership.refresh_from_db()
    assert membership.status == MembershipStatus.CEASED
    assert membership.number is not None
    assert (_voters(membership, DAY - timedelta(days=1)), _voters(membership)) == (1, 0)
    with pytest.raises(NotNowError):
        suspend_member(membership_id=membership.pk, reference="", on=DAY, actor=None, now=NOW)


def test_leaving_employment_ends_membership_the_same_day_and_an_application_lapses() -> None:
    branch = BranchFactory()
    leaver = member_in(branch.organisation, carer=CarerFactory(branch=branch, ends_before=DAY))
    applicant = member_in(branch.organisation, carer=CarerFactory(branch=branch, ends_before=DAY))
    Membership.objects.filter(pk=applicant.pk).update(status=MembershipStatus.PROBATION)
    staying = member_in(
        branch.organisation,
        carer=CarerFactory(branch=branch, ends_before=DAY + timedelta(days=1)),
    )

    def sweep() -> set[int]:
        ended = end_memberships_of_leavers(
            organisation=branch.organisation, today=DAY, actor=None, now=NOW
        )
        return {membership.pk for membership in ended}

    assert sweep() == {leaver.pk, applicant.pk}
    assert sweep() == set()
    event = leaver.events.get(kind=EventKind.CEASED)
    assert (event.on, event.cease_reason) == (DAY, CeaseReason.LEFT_EMPLOYMENT)
    applicant.refresh_from_db()
    assert applicant.status == MembershipStatus.LAPSED
    assert [row.membership_id for row in members_on(branch.organisation, DAY)] == [staying.pk]


def test_what_was_recorded_after_somebody_left_stands_before_the_end() -> None:
    carer = CarerFactory(ends_before=DAY)
    membership = member_in(carer.branch.organisation, carer=carer)
    later = DAY + timedelta(days=3)
    MembershipEventFactory(
        membership=membership,
        kind=EventKind.MOVED,
        on=later,
        branch=carer.branch,
    )

    end_memberships_of_leavers(
        organisation=carer.branch.organisation, today=later, actor=None, now=NOW
    )

    assert membership.events.get(kind=EventKind.CEASED).on == later
    assert _voters(membership, DAY) == 0


def test_an_end_recorded_by_mistake_is_taken_back_from_a_day_on() -> None:
    membership = member_in(OrganisationFactory())
    _cease(membership)
    mistake = membership.events.get(kind=EventKind.CEASED)
    found_out = DAY + timedelta(days=10)

    for _ in range(2):
        reverse_event(
            membership_id=membership.pk,
            event_id=mistake.pk,
            reference="wrong person",
            on=found_out,
            actor=None,
            now=NOW,
        )

    membership.refresh_from_db()
    assert membership.status == MembershipStatus.MEMBER
    assert membership.events.count() == 3
    # What was recorded in between stays as it was recorded.
    assert (_voters(membership), _voters(membership, found_out)) == (0, 1)


def test_only_the_last_event_is_taken_back_and_never_the_first() -> None:
    membership = member_in(OrganisationFactory())
    first = membership.events.get()
    take_back = {
        "membership_id": membership.pk,
        "event_id": first.pk,
        "reference": "",
        "on": DAY,
        "actor": None,
        "now": NOW,
    }

    with pytest.raises(NotTheLastEventError):
        reverse_event(**take_back)  # type: ignore[arg-type]
    _cease(membership)
    with pytest.raises(NotTheLastEventError):
        reverse_event(**take_back)  # type: ignore[arg-type]
