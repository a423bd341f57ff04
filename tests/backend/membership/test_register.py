"""The statutory register as at a date, its copies, its file and its command."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from backend.membership.models import EventKind, Membership, MembershipStatus
from backend.membership.register_file import as_csv
from backend.membership.selectors.register import RegisterCopy, register_on
from tests.backend.factories.membership import (
    AppointmentFactory,
    MembershipEventFactory,
    SeatFactory,
    ShareClassFactory,
    ShareEntryFactory,
    member_in,
)
from tests.backend.factories.moments import LONG_AGO
from tests.backend.factories.organisation import OrganisationFactory
from tests.backend.factories.people import CarerFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
PERSON: dict[str, Any] = {
    "name": "Ana Brook",
    "address": "1 Mill Lane, Fellgate",
    "email": "ana@example.org",
    "email_use": "notices of meetings",
}


def _member_with_a_share() -> Membership:
    membership = member_in(OrganisationFactory(), **PERSON)
    share = ShareClassFactory(entity=membership.entity, name="Share", nominal_pence=5000)
    for kind, quantity, pence in (("allot", 1, 5000), ("pay", 0, 1250)):
        ShareEntryFactory(
            share_class=share,
            holder=membership.holder,
            kind=kind,
            quantity=quantity,
            amount_pence=pence,
        )
    return membership


def _leave(membership: Membership, on: date) -> None:
    MembershipEventFactory(
        membership=membership,
        kind=EventKind.CEASED,
        status=MembershipStatus.CEASED,
        cease_reason="resigned",
        on=on,
    )


def test_the_register_itself_holds_all_that_the_act_asks_for() -> None:
    membership = _member_with_a_share()
    seat = SeatFactory(entity=membership.entity, name="Secretary")
    AppointmentFactory(seat=seat, holder=membership.holder)

    register = register_on(membership.entity, DAY, copy=RegisterCopy.FULL)

    [entry] = register.members
    assert (entry.number, entry.name, entry.address, entry.email, entry.email_use) == (
        membership.number,
        *PERSON.values(),
    )
    assert (entry.entered_on, entry.ceased_on) == (LONG_AGO, None)
    [shares] = entry.shares
    assert (shares.quantity, shares.paid_pence, shares.unpaid_pence) == (1, 1250, 3750)
    [officer] = register.officers
    assert (officer.office, officer.name, officer.starts_on) == ("Secretary", "Ana Brook", LONG_AGO)


def test_members_read_no_shares_and_the_public_no_addresses() -> None:
    membership = _member_with_a_share()
    AppointmentFactory(seat=SeatFactory(entity=membership.entity), holder=membership.holder)

    members = register_on(membership.entity, DAY, copy=RegisterCopy.MEMBERS)
    public = register_on(membership.entity, DAY, copy=RegisterCopy.PUBLIC)

    assert [(row.address, row.email, row.shares) for row in members.members] == [
        (PERSON["address"], "", ())
    ]
    assert [(row.name, row.address, row.shares) for row in public.members] == [
        ("Ana Brook", "", ())
    ]
    assert [row.address for row in public.officers] == [""]
    assert "Mill Lane" not in as_csv(public)
    assert "12.50" not in as_csv(members)


def test_former_members_are_listed_when_asked_for_with_the_day_they_ceased() -> None:
    membership = _member_with_a_share()
    _leave(membership, DAY)

    def listed(day: date, *, with_former: bool) -> list[date | None]:
        register = register_on(
            membership.entity, day, copy=RegisterCopy.FULL, with_former=with_former
        )
        return [row.ceased_on for row in register.members]

    assert listed(date(2026, 5, 31), with_former=True) == [None]
    assert listed(DAY, with_former=False) == []
    assert listed(DAY, with_former=True) == [DAY]


def test_a_worker_who_left_is_off_the_register_with_the_day_of_leaving() -> None:
    carer = CarerFactory(ends_before=DAY)
    entity = member_in(carer.branch.organisation, carer=carer).entity

    assert register_on(entity, DAY, copy=RegisterCopy.FULL).members == ()
    former = register_on(entity, DAY, copy=RegisterCopy.FULL, with_former=True)
    assert [row.ceased_on for row in former.members] == [DAY]


def test_an_end_that_was_taken_back_is_gone_from_then_on_and_stays_before() -> None:
    membership = member_in(OrganisationFactory())
    _leave(membership, date(2026, 3, 1))
    MembershipEventFactory(
        membership=membership,
        kind=EventKind.REVERSAL,
        reverses=membership.events.get(kind=EventKind.CEASED),
        on=date(2026, 4, 1),
    )

    def dates(day: date) -> list[date | None]:
        register = register_on(membership.entity, day, copy=RegisterCopy.FULL, with_former=True)
        return [row.ceased_on for row in register.members]

    assert dates(date(2026, 3, 31)) == [date(2026, 3, 1)]
    assert dates(date(2026, 4, 1)) == [None]


def test_applicants_are_not_on_the_register_and_suspended_members_are() -> None:
    membership = member_in(OrganisationFactory())
    MembershipEventFactory(
        membership=membership, kind=EventKind.SUSPENDED, status="suspended", on=DAY
    )
    applicant = member_in(membership.entity.kept_by, name="Applicant")
    MembershipEventFactory(membership=applicant, kind=EventKind.APPLIED, status="applicant", on=DAY)

    register = register_on(membership.entity, DAY, copy=RegisterCopy.FULL, with_former=True)

    assert [(row.number, row.status) for row in register.members] == [
        (membership.number, "suspended")
    ]


def test_the_command_prints_a_file_that_no_spreadsheet_runs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    membership = member_in(OrganisationFactory(), name="=HYPERLINK(1)")
    SeatFactory(entity=membership.entity)

    call_command("register", as_at=DAY)

    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0][:2] == ["number", "name"]
    assert rows[1][:2] == [str(membership.number), "'=HYPERLINK(1)"]
    assert rows[2] == []
    assert rows[3] == ["office", "name", "starts_on", "ends_before", "address"]


def test_the_command_says_what_to_do_before_the_legal_form_is_recorded() -> None:
    OrganisationFactory()

    with pytest.raises(CommandError, match="found_membership"):
        call_command("register")


def test_an_organisation_is_founded_and_its_leavers_ended_by_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    organisation = OrganisationFactory(name="Fellgate")
    carer = CarerFactory(branch__organisation=organisation, ends_before=LONG_AGO)

    call_command("found_membership", "coop_society", registrar_no="RS1")
    with pytest.raises(CommandError, match="special resolution"):
        call_command("found_membership", "company_shares")
    membership = member_in(organisation, carer=carer)
    call_command("end_memberships")

    membership.refresh_from_db()
    assert membership.status == MembershipStatus.CEASED
    assert "Fellgate: 1 ended." in capsys.readouterr().out


def test_the_register_of_many_takes_no_more_queries(django_assert_num_queries: object) -> None:
    organisation = OrganisationFactory()
    members = [member_in(organisation) for _ in range(5)]
    ShareClassFactory(entity=members[0].entity)

    with django_assert_num_queries(5):  # type: ignore[operator]
        register_on(members[0].entity, DAY, copy=RegisterCopy.FULL)
