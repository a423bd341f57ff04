"""Who is on a ballot's roll on a date."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from backend.membership.models import (
    ClassKind,
    EntityKind,
    EventKind,
    MembershipEvent,
    MembershipStatus,
    ShareEntryKind,
    Voting,
)
from backend.membership.selectors import members_on
from backend.organisation.models import RuleArea
from tests.backend.factories import NOW
from tests.backend.factories.accounts import UserFactory
from tests.backend.factories.membership import (
    ConstituencyFactory,
    LegalEntityFactory,
    MemberClassFactory,
    MembershipEventFactory,
    MembershipFactory,
    ShareClassFactory,
    ShareEntryFactory,
    member_in,
)
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory
from tests.backend.factories.people import CarerFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


def test_a_member_is_on_the_roll_with_number_branch_constituency_and_sign_in() -> None:
    branch = BranchFactory()
    user = UserFactory(organisation=branch.organisation)
    carer = CarerFactory(branch=branch, user=user)
    membership = member_in(branch.organisation, branch=branch, name="Ana", carer=carer)
    constituency = ConstituencyFactory(member_class=membership.member_class, branch=branch)

    [entry] = members_on(branch.organisation, DAY)

    assert (entry.number, entry.name, entry.user_id) == (membership.number, "Ana", user.pk)
    assert (entry.branch_id, entry.constituency_id) == (branch.pk, constituency.pk)


def test_members_without_a_constituency_of_their_branch_vote_with_the_rest() -> None:
    branch = BranchFactory()
    membership = member_in(branch.organisation, branch=branch)
    rest = ConstituencyFactory(member_class=membership.member_class, branch=None)

    assert [row.constituency_id for row in members_on(branch.organisation, DAY)] == [rest.pk]


@pytest.mark.parametrize(
    ("kind", "status", "entries"),
    [
        (EventKind.APPLIED, MembershipStatus.APPLICANT, 0),
        (EventKind.PROBATION_BEGAN, MembershipStatus.PROBATION, 0),
        (EventKind.SUSPENDED, MembershipStatus.SUSPENDED, 0),
        (EventKind.RESTORED, MembershipStatus.MEMBER, 1),
    ],
)
def test_only_members_in_good_standing_are_on_the_roll(
    kind: EventKind, status: MembershipStatus, entries: int
) -> None:
    organisation = OrganisationFactory()
    membership = member_in(organisation)
    MembershipEventFactory(membership=membership, kind=kind, status=status, on=DAY)

    assert len(members_on(organisation, DAY)) == entries


def test_the_roll_of_an_earlier_day_has_who_left_since_and_where_they_worked_then() -> None:
    here = BranchFactory()
    there = BranchFactory(organisation=here.organisation)
    membership = member_in(here.organisation, branch=here, since=date(2026, 1, 5))
    MembershipEventFactory(
        membership=membership, kind=EventKind.MOVED, branch=there, on=date(2026, 3, 2)
    )
    MembershipEventFactory(
        membership=membership,
        kind=EventKind.CEASED,
        status=MembershipStatus.CEASED,
        cease_reason="left_employment",
        branch=there,
        on=date(2026, 5, 1),
    )

    def branches(day: date) -> list[int | None]:
        return [row.branch_id for row in members_on(here.organisation, day)]

    assert branches(date(2026, 1, 4)) == []
    assert branches(date(2026, 1, 5)) == [here.pk]
    assert branches(date(2026, 4, 30)) == [there.pk]
    assert branches(date(2026, 5, 1)) == []


def test_other_classes_other_bodies_and_other_organisations_are_left_out() -> None:
    organisation = OrganisationFactory()
    worker = member_in(organisation)
    user = member_in(organisation, kind=ClassKind.USER)
    member_in(OrganisationFactory())
    example = LegalEntityFactory(kept_by=organisation, kind=EntityKind.EXAMPLE)
    MembershipEventFactory(
        membership=MembershipFactory(member_class=MemberClassFactory(entity=example))
    )

    assert [row.number for row in members_on(organisation, DAY)] == [worker.number]
    both = members_on(organisation, DAY, classes={ClassKind.WORKER, ClassKind.USER})
    assert [row.number for row in both] == [worker.number, user.number]


def test_a_class_without_votes_is_on_no_roll() -> None:
    organisation = OrganisationFactory()
    membership = member_in(organisation)
    membership.member_class.voting = Voting.NONE
    membership.member_class.save()

    assert members_on(organisation, DAY) == []


def test_the_database_refuses_to_change_or_remove_what_happened() -> None:
    event = MembershipEventFactory()
    entry = ShareEntryFactory()

    for change in (
        lambda: MembershipEvent.objects.update(on=DAY),
        event.delete,
        lambda: type(entry).objects.filter(pk=entry.pk).update(amount_pence=1),
        entry.delete,
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_a_member_votes_from_the_first_payment_for_the_share_or_as_the_rules_say() -> None:
    organisation = OrganisationFactory()
    membership = member_in(organisation)
    share = ShareClassFactory(entity=membership.entity, nominal_pence=5000)

    def entry(kind: ShareEntryKind, quantity: int, pence: int) -> None:
        ShareEntryFactory(
            share_class=share,
            holder=membership.holder,
            kind=kind,
            quantity=quantity,
            amount_pence=pence,
        )

    entry(ShareEntryKind.ALLOT, 1, 5000)
    assert members_on(organisation, DAY) == []

    entry(ShareEntryKind.PAY, 0, 1000)
    assert len(members_on(organisation, DAY)) == 1

    rules = organisation.rule_sets.get(area=RuleArea.MEMBERSHIP)
    rules.values["votes_from"] = "full_payment"
    rules.save()
    assert members_on(organisation, DAY) == []

    entry(ShareEntryKind.PAY, 0, 4000)
    assert len(members_on(organisation, DAY)) == 1

    share.entries.model.objects.create(
        share_class=share,
        holder=membership.holder,
        kind=ShareEntryKind.FORFEIT,
        quantity=1,
        amount_pence=5000,
        on=DAY,
        recorded_at=NOW,
    )
    assert members_on(organisation, DAY) == []

    rules.values["votes_from"] = "admission"
    rules.save()
    assert len(members_on(organisation, DAY)) == 1


def test_a_carer_who_has_left_is_off_the_roll_though_nobody_recorded_it() -> None:
    carer = CarerFactory(ends_before=DAY)
    organisation = carer.branch.organisation
    member_in(organisation, carer=carer)

    assert len(members_on(organisation, DAY - timedelta(days=1))) == 1
    assert members_on(organisation, DAY) == []


def test_a_roll_of_many_members_takes_no_more_queries(django_assert_num_queries: object) -> None:
    organisation = OrganisationFactory()
    members = [member_in(organisation) for _ in range(5)]
    ShareClassFactory(entity=members[0].entity)

    with django_assert_num_queries(7):  # type: ignore[operator]
        assert members_on(organisation, DAY) == []
