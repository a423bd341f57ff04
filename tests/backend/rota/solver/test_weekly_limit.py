"""WTR-01 and WTR-02: what the 48-hour average leaves of a week."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.core.periods import Week
from backend.organisation.rules import TravelRules
from backend.organisation.selectors import law_rules
from backend.people.models import AbsenceKind, Carer
from backend.rota.models import PublishedAssignment, Rota
from backend.rota.solver.roads import Roads
from backend.rota.solver.translate import problem_for
from backend.rota.solver.weekly_limit import WeeklyLimit, weekly_limits
from tests.backend.factories import MONDAY
from tests.backend.factories.people import (
    AbsenceFactory,
    ContractFactory,
    WorkingTimeOptOutFactory,
    working_carer,
)
from tests.backend.factories.rota import PublicationFactory, RotaFactory, VisitFactory

pytestmark = pytest.mark.django_db

HOUR = 60
SPEED = {"kmh": 24.0, "detour": 1.0, "overhead_min": 0.0}
ROADS = Roads(TravelRules(dict.fromkeys(("car", "cycle", "walk"), SPEED)))
LONDON = ZoneInfo("Europe/London")


def test_without_any_history_the_week_itself_may_have_48_hours() -> None:
    carer = working_carer()

    assert _limit(carer).minutes == 48 * HOUR


def test_sixteen_weeks_of_fifty_hours_leave_sixteen_for_this_one() -> None:
    carer = working_carer()
    _worked(carer, weeks=16, hours_a_day=10, days=5)

    limit = _limit(carer)

    assert limit.minutes == (17 * 48 - 16 * 50) * HOUR
    assert limit.average_with(16 * HOUR) == 48 * HOUR


def test_the_seventeenth_week_back_is_forgotten() -> None:
    carer = working_carer()
    _worked(carer, weeks=1, hours_a_day=10, days=7, first=17)
    _worked(carer, weeks=16, hours_a_day=8, days=6)

    assert _limit(carer).minutes == 48 * HOUR


def test_hours_above_the_average_leave_nothing_and_never_less() -> None:
    carer = working_carer()
    _worked(carer, weeks=16, hours_a_day=10, days=7)

    assert _limit(carer).minutes == 0


def test_the_way_from_home_between_visits_and_back_counts() -> None:
    carer = working_carer(home_easting=430_000.0, home_northing=434_000.0)
    # A kilometre each way at 24 km/h: 2.5 minutes, rounded up to 3.
    _worked(carer, weeks=1, hours_a_day=10, days=5, east=431_000.0)

    assert _limit(carer).worked_before == 5 * (10 * HOUR + 3 + 3)


def test_leave_in_the_past_makes_the_average_shorter_and_not_lower() -> None:
    carer = working_carer()
    _worked(carer, weeks=2, hours_a_day=10, days=5)
    first = MONDAY - timedelta(days=21)
    PublicationFactory(rota=RotaFactory(branch=carer.branch, week_starts_on=first))
    AbsenceFactory(
        carer=carer,
        kind=AbsenceKind.LEAVE,
        starts_at=datetime(first.year, first.month, first.day, tzinfo=LONDON).astimezone(UTC),
        ends_at=datetime(2026, 5, 18, tzinfo=LONDON).astimezone(UTC),
    )

    assert _limit(carer).minutes == (3 * 48 - 2 * 50) * HOUR


def test_training_does_not_make_the_average_shorter() -> None:
    carer = working_carer()
    first = MONDAY - timedelta(days=7)
    PublicationFactory(rota=RotaFactory(branch=carer.branch, week_starts_on=first))
    AbsenceFactory(
        carer=carer,
        kind=AbsenceKind.TRAINING,
        starts_at=datetime(2026, 5, 25, tzinfo=LONDON).astimezone(UTC),
        ends_at=datetime(2026, 6, 1, tzinfo=LONDON).astimezone(UTC),
    )

    assert _limit(carer).minutes == 2 * 48 * HOUR


def test_weeks_before_a_carer_started_tell_nothing_of_them() -> None:
    carer = working_carer(starts_on=MONDAY - timedelta(days=7))
    old = RotaFactory(branch=carer.branch, week_starts_on=MONDAY - timedelta(days=70))
    PublicationFactory(rota=old)

    assert _limit(carer).minutes == 2 * 48 * HOUR


def test_with_an_opt_out_the_cooperatives_own_cap_holds() -> None:
    carer = working_carer()
    _worked(carer, weeks=16, hours_a_day=10, days=6)
    WorkingTimeOptOutFactory(carer=carer, signed_on=MONDAY)

    limit = _limit(carer)

    assert (limit.minutes, limit.opted_out) == (60 * HOUR, True)


def test_an_opt_out_that_ends_inside_the_week_does_not_count_for_it() -> None:
    carer = working_carer()
    WorkingTimeOptOutFactory(carer=carer, ends_before=MONDAY + timedelta(days=6))

    limit = _limit(carer)

    assert (limit.minutes, limit.opted_out) == (48 * HOUR, False)


@pytest.mark.parametrize(
    "fields", [{"is_night_worker": True}, {"born_on": date(2008, 6, 2)}], ids=["nights", "young"]
)
def test_no_opt_out_frees_night_workers_or_anybody_under_18(fields: dict[str, Any]) -> None:
    carer = working_carer(**fields)
    _worked(carer, weeks=16, hours_a_day=10, days=5)
    WorkingTimeOptOutFactory(carer=carer)

    limit = _limit(carer)

    assert (limit.minutes, limit.opted_out) == ((17 * 48 - 16 * 50) * HOUR, False)


def test_from_the_eighteenth_birthday_on_a_monday_an_opt_out_counts() -> None:
    carer = working_carer(born_on=date(2008, 6, 1))
    WorkingTimeOptOutFactory(carer=carer)

    assert _limit(carer).opted_out


def test_waiting_between_visits_counts_in_the_weeks_before() -> None:
    carer = working_carer()
    monday = MONDAY - timedelta(days=7)
    rota = RotaFactory(branch=carer.branch, week_starts_on=monday)
    publication = PublicationFactory(rota=rota)
    for day in range(6):
        for start in (480, 480 + 5 * HOUR + 19):
            on = monday + timedelta(days=day)
            _day(rota, carer, publication, on, 5, carer.home_easting, start=start)

    assert _limit(carer).worked_before == 6 * (10 * HOUR + 19)


@pytest.mark.parametrize(
    ("maximum", "has_opt_out", "expected"),
    [(40, False, 40), (55, False, 48), (55, True, 55), (70, True, 60)],
)
def test_the_problem_takes_the_stricter_of_contract_and_law(
    *, maximum: int, has_opt_out: bool, expected: int
) -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    carer.contracts.all().delete()
    ContractFactory(carer=carer, maximum_minutes=maximum * HOUR)
    if has_opt_out:
        WorkingTimeOptOutFactory(carer=carer)

    (found,) = problem_for(rota).carers

    assert found.max_week_minutes == expected * HOUR


def _limit(carer: Carer) -> WeeklyLimit:
    limits = weekly_limits(
        [carer],
        branch=carer.branch,
        week=Week(MONDAY),
        zone=LONDON,
        law=law_rules(carer.branch, MONDAY),
        roads=ROADS,
    )
    return limits[carer.pk]


def _worked(
    carer: Carer, *, weeks: int, hours_a_day: int, days: int, first: int = 1, **where: Any
) -> None:
    """Publish days of one long visit each, at the carer's home unless told otherwise."""
    east = where.get("east", carer.home_easting)
    for back in range(first, first + weeks):
        monday = MONDAY - timedelta(days=7 * back)
        rota = RotaFactory(branch=carer.branch, week_starts_on=monday)
        publication = PublicationFactory(rota=rota)
        for day in range(days):
            _day(rota, carer, publication, monday + timedelta(days=day), hours_a_day, east)


def _day(
    rota: Rota,
    carer: Carer,
    publication: Any,
    on: date,
    hours: int,
    east: float,
    *,
    start: int = 480,
) -> PublishedAssignment:
    visit = VisitFactory(
        rota=rota,
        on=on,
        minutes=hours * HOUR,
        client__easting=east,
        client__northing=carer.home_northing,
    )
    starts_at = visit.target_at + timedelta(minutes=start - 480)
    return PublishedAssignment.objects.create(
        rota=rota,
        publication=publication,
        visit=visit,
        carer=carer,
        client=visit.client,
        on=on,
        start_minute=start,
        minutes=visit.minutes,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=visit.minutes),
    )
