"""Opening a week makes the visits that packages ask for, and keeps what was planned and told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.audit.services import broken_entry
from backend.clients.models import Client, Criticality, PackageLine, RiskClass
from backend.clients.services import LineChange, change_package_line
from backend.commitments.selectors import branch_commitments
from backend.core.periods import Week
from backend.organisation.models import Branch
from backend.rota.models import Rota, Visit, VisitAssignment, VisitState
from backend.rota.services.open_week import OpenedWeek, open_week
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.clients import (
    CarePackageFactory,
    ClientFactory,
    PackageLineFactory,
    PackageSuspensionFactory,
)
from tests.backend.factories.organisation import BranchFactory, SkillFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import (
    PublicationFactory,
    PublishedAssignmentFactory,
    allocate,
)

pytestmark = pytest.mark.django_db

WEEK = Week(MONDAY)
SPRING = Week(date(2026, 3, 23))
AUTUMN = Week(date(2026, 10, 19))


@pytest.fixture
def branch() -> Branch:
    found: Branch = BranchFactory()
    return found


@pytest.fixture
def office(branch: Branch) -> User:
    return coordinator_of(branch)


def _open(branch: Branch, office: User, week: Week = WEEK) -> OpenedWeek:
    return open_week(branch_id=branch.pk, week=week, actor=office, now=NOW)


def _line(branch: Branch, **fields: object) -> PackageLine:
    package = CarePackageFactory(client=ClientFactory(branch=branch))
    line: PackageLine = PackageLineFactory(package=package, **fields)
    return line


def _told(visit: Visit) -> None:
    publication = PublicationFactory(rota=visit.rota)
    for part in visit.assignments.all():
        PublishedAssignmentFactory(visit=visit, carer=part.carer, publication=publication)


def _changed(line: PackageLine, office: User, from_on: date = MONDAY, **what: int) -> PackageLine:
    return change_package_line(
        line_id=line.pk,
        from_on=from_on,
        change=replace(LineChange.of(line), **what),  # type: ignore[arg-type]
        actor=office,
        now=NOW,
    )


def test_somebody_of_another_branch_cannot_open_the_week(branch: Branch) -> None:
    with pytest.raises(Branch.DoesNotExist):
        _open(branch, coordinator_of(BranchFactory(organisation=branch.organisation)))


def test_each_line_gives_a_visit_with_all_that_it_asks_for(branch: Branch, office: User) -> None:
    line = _line(branch, weekday=2, target_minute=600, minutes=45, carers_required=2)
    line.skills.add(SkillFactory(organisation=branch.organisation, code="hoist"))

    opened = _open(branch, office)

    visit = Visit.objects.get()
    assert opened.created == 1
    assert (visit.on, visit.target_minute) == (MONDAY + timedelta(days=2), 600)
    assert (visit.earliest_minute, visit.latest_minute) == (570, 630)
    assert (visit.minutes, visit.carers_required, visit.skills) == (45, 2, ["hoist"])
    assert visit.target_at == datetime(2026, 6, 3, 9, 0, tzinfo=UTC)
    assert visit.state == VisitState.UNALLOCATED


@pytest.mark.parametrize(
    ("criticality", "risk", "priority"),
    [
        (Criticality.TIME_CRITICAL, RiskClass.R3, 1),
        (Criticality.IMPORTANT, RiskClass.R1, 1),
        (Criticality.IMPORTANT, RiskClass.R2, 2),
        (Criticality.FLEXIBLE, RiskClass.R2, 3),
        (Criticality.IMPORTANT, RiskClass.R4, 3),
        (Criticality.FLEXIBLE, RiskClass.R1, 1),
    ],
)
def test_what_would_do_most_harm_comes_first(
    branch: Branch, office: User, criticality: Criticality, risk: RiskClass, priority: int
) -> None:
    client = ClientFactory(branch=branch, risk_class=risk)
    PackageLineFactory(package=CarePackageFactory(client=client), criticality=criticality)

    _open(branch, office)

    assert Visit.objects.get().priority == priority


def test_opening_twice_changes_nothing(branch: Branch, office: User) -> None:
    _line(branch)
    first = _open(branch, office)
    version = Rota.objects.get().version

    second = _open(branch, office)

    assert (first.created, second.created, second.unchanged) == (1, 0, 1)
    assert Rota.objects.get().version == version
    assert AuditEntry.objects.filter(event="rota.opened").count() == 1
    assert broken_entry(f"branch:{branch.pk}") is None


@pytest.mark.parametrize(
    ("week", "weekday", "minute", "expected"),
    [
        # The clock goes from 01:00 to 02:00 on 29 March and back on 25 October 2026.
        (SPRING, 5, 480, datetime(2026, 3, 28, 8, 0, tzinfo=UTC)),
        (SPRING, 6, 30, datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
        (SPRING, 6, 90, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (SPRING, 6, 480, datetime(2026, 3, 29, 7, 0, tzinfo=UTC)),
        (AUTUMN, 5, 480, datetime(2026, 10, 24, 7, 0, tzinfo=UTC)),
        (AUTUMN, 6, 90, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (AUTUMN, 6, 480, datetime(2026, 10, 25, 8, 0, tzinfo=UTC)),
    ],
)
def test_eight_o_clock_stays_eight_o_clock_when_the_clocks_change(
    branch: Branch, office: User, week: Week, weekday: int, minute: int, expected: datetime
) -> None:
    _line(branch, weekday=weekday, target_minute=minute, earliest_minute=0)

    _open(branch, office, week)

    visit = Visit.objects.get()
    assert (visit.target_minute, visit.target_at) == (minute, expected)


def test_a_line_every_second_week_gives_visits_in_its_weeks_only(
    branch: Branch, office: User
) -> None:
    _line(branch, cycle_weeks=2, cycle_week=2, cycle_anchor_on=MONDAY + timedelta(days=3))

    made = []
    week = WEEK
    for _ in range(4):
        made.append(_open(branch, office, week).created)
        week = week.next

    assert made == [0, 1, 0, 1]


@given(
    cycle_weeks=st.integers(1, 8),
    offset=st.integers(-60, 60),
    position=st.integers(0, 7),
)
@settings(max_examples=60, deadline=None)
def test_over_a_whole_cycle_each_line_comes_exactly_once(
    cycle_weeks: int, offset: int, position: int
) -> None:
    from backend.core.periods import in_cycle

    cycle_week = position % cycle_weeks + 1
    weeks = [Week(MONDAY + timedelta(weeks=offset + number)) for number in range(cycle_weeks)]

    hits = [
        in_cycle(week, anchor_on=MONDAY, cycle_weeks=cycle_weeks, cycle_week=cycle_week)
        for week in weeks
    ]

    assert sum(hits) == 1


@pytest.mark.parametrize(
    ("starts", "ends", "visits"), [(0, None, 1), (1, None, 0), (-7, 0, 0), (-7, 1, 1)]
)
def test_a_line_holds_from_its_first_day_until_before_its_last(
    branch: Branch, office: User, starts: int, ends: int | None, visits: int
) -> None:
    _line(
        branch,
        starts_on=MONDAY + timedelta(days=starts),
        ends_before=None if ends is None else MONDAY + timedelta(days=ends),
    )

    assert _open(branch, office).created == visits


def test_nobody_is_sent_to_an_address_that_nobody_confirmed(branch: Branch, office: User) -> None:
    client = ClientFactory(branch=branch, pin_confirmed_at=None)
    PackageLineFactory(package=CarePackageFactory(client=client))

    opened = _open(branch, office)

    assert opened.created == 0
    assert [(row.client_id, row.visits) for row in opened.problems] == [(client.pk, 1)]


def test_visits_while_the_client_is_away_are_not_made_to_the_hour(
    branch: Branch, office: User
) -> None:
    morning = _line(branch, target_minute=480)
    PackageLineFactory(package=morning.package, target_minute=720)
    # Monday from 11:00 British summer time on.
    PackageSuspensionFactory(
        package=morning.package, starts_at=datetime(2026, 6, 1, 10, 0, tzinfo=UTC), ends_at=None
    )

    _open(branch, office)

    assert [visit.line for visit in Visit.objects.all()] == [morning]


def test_a_draft_visit_goes_when_the_client_goes_away(branch: Branch, office: User) -> None:
    line = _line(branch)
    _open(branch, office)
    allocate(Visit.objects.get(), working_carer(branch=branch, name="Ann"))
    PackageSuspensionFactory(package=line.package)

    opened = _open(branch, office)

    assert not Visit.objects.exists()
    assert opened.removed == 1
    assert [row.carer_names for row in opened.dropped] == [("Ann",)]


def test_a_published_visit_stays_as_client_away_and_is_named(branch: Branch, office: User) -> None:
    line = _line(branch)
    _open(branch, office)
    visit = allocate(Visit.objects.get(), working_carer(branch=branch))
    _told(visit)
    suspension = PackageSuspensionFactory(package=line.package)

    opened = _open(branch, office)
    again = _open(branch, office)

    visit.refresh_from_db()
    assert visit.state == VisitState.CLIENT_AWAY
    assert not visit.assignments.exists()
    assert visit.published.filter(superseded_by=None).exists()
    assert [row.what for row in opened.differences] == ["client_away"]
    assert [row.what for row in again.differences] == ["client_away"]
    assert not again.changed

    suspension.delete()
    _open(branch, office)

    visit.refresh_from_db()
    assert visit.state == VisitState.UNALLOCATED


def test_a_published_visit_is_not_touched_by_a_change_of_its_package(
    branch: Branch, office: User
) -> None:
    line = _line(branch)
    _open(branch, office)
    visit = allocate(Visit.objects.get(), working_carer(branch=branch))
    _told(visit)
    new = _changed(line, office, minutes=45)

    _open(branch, office)
    opened = _open(branch, office)

    visit.refresh_from_db()
    assert (visit.minutes, visit.state, visit.line) == (30, VisitState.ALLOCATED, new)
    assert visit.assignments.count() == 1
    difference = opened.differences[0]
    assert difference.package is not None
    assert (difference.visit_id, difference.what) == (visit.pk, "needs")
    assert (difference.published.minutes, difference.package.minutes) == (30, 45)
    assert not opened.changed


def test_a_published_visit_of_a_package_that_ended_is_not_touched_but_named(
    branch: Branch, office: User
) -> None:
    line = _line(branch)
    _open(branch, office)
    visit = allocate(Visit.objects.get(), working_carer(branch=branch))
    _told(visit)
    PackageLine.objects.filter(pk=line.pk).update(ends_before=MONDAY)

    opened = _open(branch, office)

    visit.refresh_from_db()
    assert visit.state == VisitState.ALLOCATED
    assert [(row.what, row.package) for row in opened.differences] == [("ended", None)]


def test_a_visit_once_told_and_taken_back_is_cancelled_not_deleted(
    branch: Branch, office: User
) -> None:
    line = _line(branch)
    _open(branch, office)
    visit = allocate(Visit.objects.get(), working_carer(branch=branch))
    _told(visit)
    second = PublicationFactory(rota=visit.rota, number=2)
    visit.published.update(superseded_by=second)
    PackageLine.objects.filter(pk=line.pk).update(ends_before=MONDAY)

    _open(branch, office)

    visit.refresh_from_db()
    assert visit.state == VisitState.CANCELLED
    assert not visit.assignments.exists()


def test_a_draft_follows_its_package_and_says_whom_it_lost(branch: Branch, office: User) -> None:
    line = _line(branch)
    _open(branch, office)
    visit = allocate(Visit.objects.get(), working_carer(branch=branch, name="Ann"))
    Visit.objects.update(is_locked=True)
    new = _changed(line, office, minutes=45)

    opened = _open(branch, office)

    after = Visit.objects.get()
    assert after.pk == visit.pk
    assert (after.minutes, after.line, after.state) == (45, new, VisitState.UNALLOCATED)
    assert not after.is_locked
    assert not VisitAssignment.objects.exists()
    assert [(row.visit_id, row.carer_names, row.was_locked) for row in opened.dropped] == [
        (visit.pk, ("Ann",), True)
    ]


def test_a_change_that_leaves_a_visit_as_it_is_keeps_its_carers(
    branch: Branch, office: User
) -> None:
    line = _line(branch)
    _open(branch, office)
    allocate(Visit.objects.get(), working_carer(branch=branch))
    new = change_package_line(
        line_id=line.pk,
        from_on=MONDAY,
        change=replace(LineChange.of(line), tasks=("Breakfast",)),
        actor=office,
        now=NOW,
    )

    opened = _open(branch, office)

    visit = Visit.objects.get()
    assert visit.line == new
    assert visit.assignments.count() == 1
    assert not opened.dropped


def test_a_change_in_the_middle_of_the_week_leaves_the_days_before(
    branch: Branch, office: User
) -> None:
    monday, friday = _line(branch), _line(branch, weekday=4)
    _open(branch, office)
    for line in (monday, friday):
        _changed(line, office, from_on=MONDAY + timedelta(days=2), minutes=60)

    _open(branch, office)

    assert list(Visit.objects.order_by("on").values_list("minutes", flat=True)) == [30, 60]


def test_the_visits_made_add_up_to_the_hours_owed(branch: Branch, office: User) -> None:
    for weekday in range(7):
        _line(branch, weekday=weekday, carers_required=1 + weekday % 2, minutes=30 + 15 * weekday)
    away = _line(branch)
    PackageSuspensionFactory(package=away.package)

    _open(branch, office)

    planned = sum(visit.minutes * visit.carers_required for visit in Visit.objects.all())
    assert planned == branch_commitments(branch, WEEK).owed.carer_minutes


def test_visits_made_by_hand_are_left_alone(branch: Branch, office: User) -> None:
    from tests.backend.factories.rota import RotaFactory, VisitFactory

    visit = VisitFactory(rota=RotaFactory(branch=branch))

    _open(branch, office)

    assert list(Visit.objects.all()) == [visit]


@pytest.mark.slow
def test_a_branch_week_of_4300_visits_opens_within_three_seconds(
    branch: Branch, office: User
) -> None:
    clients = Client.objects.bulk_create(ClientFactory.build_batch(300, branch=branch))
    funder = CarePackageFactory(client=clients[0]).funder
    packages = [
        CarePackageFactory.build(client=client, funder=funder, external_id=f"p{number}")
        for number, client in enumerate(clients)
    ]
    type(packages[0]).objects.bulk_create(packages)
    PackageLine.objects.bulk_create(
        PackageLineFactory.build(
            package=packages[number % 300],
            external_id=f"l{number}",
            weekday=number % 7,
            target_minute=480 + number % 600,
        )
        for number in range(4300)
    )

    start = process_time()
    opened = _open(branch, office)
    first = process_time() - start
    start = process_time()
    again = _open(branch, office)
    second = process_time() - start

    print(f"4,300 visits: {first:.2f} s, again {second:.2f} s")  # noqa: T201  shown with -s
    assert (opened.created, again.unchanged) == (4300, 4300)
    assert first < 3
    assert second < 3
