"""A package changes from a date on; what was agreed before stays on record."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.clients.models import Client, PackageLine, PackageSuspension
from backend.clients.services import (
    LineChange,
    LineNotInForceError,
    LineReplacedError,
    OverlappingSuspensionError,
    ShortVisitError,
    change_package_line,
    confirm_pin,
    suspend_package,
)
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.clients import (
    CarePackageFactory,
    ClientFactory,
    PackageLineFactory,
)
from tests.backend.factories.organisation import BranchFactory, SkillFactory
from tests.backend.rota.callers import office_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> PackageLine:
    found: PackageLine = PackageLineFactory(ends_before=date(2027, 1, 1))
    return found


@pytest.fixture
def office(line: PackageLine) -> User:
    return coordinator_of(line.package.client.branch)


def _change(line: PackageLine, office: User, from_on: date = MONDAY, **what: object) -> PackageLine:
    change = replace(LineChange.of(line), **what)  # type: ignore[arg-type]
    return change_package_line(
        line_id=line.pk, from_on=from_on, change=change, actor=office, now=NOW
    )


def test_the_old_line_ends_where_the_new_one_starts(line: PackageLine, office: User) -> None:
    line.skills.add(SkillFactory())

    new = _change(line, office, minutes=45)

    line.refresh_from_db()
    assert (line.ends_before, line.minutes) == (MONDAY, 30)
    assert (new.starts_on, new.ends_before, new.minutes) == (MONDAY, date(2027, 1, 1), 45)
    assert new.replaces == line
    assert list(new.skills.all()) == list(line.skills.all())


def test_the_record_says_who_changed_what_but_no_tasks(line: PackageLine, office: User) -> None:
    new = _change(line, office, minutes=45, tasks=("Insulin",))

    entry = AuditEntry.objects.get(event="package_line.changed")
    assert (entry.actor, entry.subject) == (office, f"package_line:{line.pk}")
    assert entry.body["replaced_by"] == new.pk
    assert entry.body["minutes"] == 45
    assert "Insulin" not in str(entry.body)


def test_the_same_change_again_is_the_line_it_made(line: PackageLine, office: User) -> None:
    first, second = (_change(line, office, minutes=45) for _ in range(2))

    assert first == second
    assert AuditEntry.objects.filter(event="package_line.changed").count() == 1


def test_a_line_is_not_changed_twice_in_different_ways(line: PackageLine, office: User) -> None:
    new = _change(line, office, minutes=45)

    with pytest.raises(LineReplacedError) as refused:
        _change(line, office, minutes=60)

    assert refused.value.params == {"replaced_by": new.pk}
    third = _change(new, office, from_on=MONDAY + timedelta(days=7), minutes=60)
    assert third.external_id == f"{line.external_id}~3"


@pytest.mark.parametrize("on", [date(2019, 12, 31), date(2027, 1, 1)])
def test_a_line_is_changed_only_where_it_holds(line: PackageLine, office: User, on: date) -> None:
    with pytest.raises(LineNotInForceError):
        _change(line, office, from_on=on, minutes=45)


def test_a_gap_between_two_visits_outlives_a_change_of_the_first(
    line: PackageLine, office: User
) -> None:
    lunch = PackageLineFactory(
        package=line.package, target_minute=720, follows=line, gap_minutes=180
    )
    tea = PackageLineFactory(
        package=line.package, target_minute=1020, follows=lunch, gap_minutes=120
    )

    new = _change(line, office, minutes=45)

    new_lunch = PackageLine.objects.get(replaces=lunch)
    new_tea = PackageLine.objects.get(replaces=tea)
    assert (new_lunch.follows, new_lunch.gap_minutes) == (new, 180)
    assert (new_tea.follows, new_tea.gap_minutes) == (new_lunch, 120)


@pytest.mark.parametrize(
    ("minutes", "reason", "agreed_on", "is_fine"),
    [
        (30, "", None, True),
        (29, "", None, False),
        (15, "Medicine only", None, False),
        (15, "", MONDAY, False),
        (15, "   ", MONDAY, False),
        (15, "Medicine only", MONDAY, True),
    ],
)
def test_a_visit_under_half_an_hour_needs_a_reason_and_a_date(
    line: PackageLine,
    office: User,
    minutes: int,
    reason: str,
    agreed_on: date | None,
    is_fine: bool,  # noqa: FBT001  a column of the table
) -> None:
    what = {
        "minutes": minutes,
        "short_visit_reason": reason,
        "short_visit_agreed_on": agreed_on,
    }

    if is_fine:
        assert _change(line, office, MONDAY, **what).minutes == minutes
    else:
        with pytest.raises(ShortVisitError) as refused:
            _change(line, office, MONDAY, **what)
        assert refused.value.params["minimum_minutes"] == 30
        assert PackageLine.objects.count() == 1


def test_a_line_of_another_branch_is_not_found(line: PackageLine) -> None:
    with pytest.raises(PackageLine.DoesNotExist):
        _change(line, coordinator_of(BranchFactory()), minutes=45)


def test_a_change_that_cannot_be_is_told_by_field(line: PackageLine) -> None:
    body = {
        "from_on": "2026-06-01",
        "target_minute": 480,
        "earliest_minute": 500,
        "latest_minute": 520,
        "minutes": 30,
        "carers_required": 1,
        "criticality": "important",
    }

    answer = office_of(line.package.client.branch).post(
        f"/api/package-lines/{line.pk}/change", body
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "target_minute"


def test_a_suspension_is_on_record_without_its_reason(line: PackageLine, office: User) -> None:
    suspension = suspend_package(
        package_id=line.package_id,
        starts_at=NOW,
        ends_at=None,
        reason="hospital",
        actor=office,
        now=NOW,
    )

    entry = AuditEntry.objects.get(event="package.suspended")
    assert suspension.reason == "hospital"
    assert entry.body["suspension"] == suspension.pk
    assert "hospital" not in str(entry.body)


def test_the_same_suspension_again_is_the_one_there_is_and_another_is_refused(
    line: PackageLine, office: User
) -> None:
    first, again = (
        suspend_package(
            package_id=line.package_id,
            starts_at=NOW,
            ends_at=NOW + timedelta(days=2),
            reason="",
            actor=office,
            now=NOW,
        )
        for _ in range(2)
    )

    assert first == again
    with pytest.raises(OverlappingSuspensionError):
        suspend_package(
            package_id=line.package_id,
            starts_at=NOW + timedelta(days=1),
            ends_at=None,
            reason="",
            actor=office,
            now=NOW,
        )
    # Half-open: the next may start at the moment the first ends.
    suspend_package(
        package_id=line.package_id,
        starts_at=NOW + timedelta(days=2),
        ends_at=None,
        reason="",
        actor=office,
        now=NOW,
    )
    assert PackageSuspension.objects.count() == 2


def test_a_package_of_another_branch_cannot_be_suspended() -> None:
    package = CarePackageFactory()

    with pytest.raises(type(package).DoesNotExist):
        suspend_package(
            package_id=package.pk,
            starts_at=NOW,
            ends_at=None,
            reason="",
            actor=coordinator_of(BranchFactory()),
            now=NOW,
        )


def test_a_confirmed_pin_names_who_confirmed_it_and_the_record_no_place() -> None:
    client: Client = ClientFactory(pin_confirmed_at=None)
    office = coordinator_of(client.branch)

    for _ in range(2):
        confirm_pin(
            client_id=client.pk, easting=431_234.0, northing=434_567.0, actor=office, now=NOW
        )

    client.refresh_from_db()
    entry = AuditEntry.objects.get(event="client.pin_confirmed")
    assert (client.pin_confirmed_by, client.easting) == (office, 431_234.0)
    assert "431" not in str(entry.body)
