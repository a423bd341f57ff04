"""When a carer can work in a week: patterns, cycles, absences, employment, checks."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from backend.core.periods import Week
from backend.people.models import Carer, CheckKind, TravelMode
from backend.people.selectors import (
    Window,
    available_minutes,
    contracts_in_force,
    opted_out_on,
    without_barred_days,
)
from backend.people.selectors.available import _without
from tests.backend.factories import MONDAY
from tests.backend.factories.people import (
    AbsenceFactory,
    AvailabilityFactory,
    CarerCheckFactory,
    CarerFactory,
    ContractFactory,
    WorkingTimeOptOutFactory,
    working_carer,
)

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
WEEK = Week(MONDAY)
DAY = 1440


def _windows(carer: Carer, week: Week = WEEK) -> tuple[Window, ...]:
    return available_minutes([carer], week, LONDON)[carer.pk]


def test_a_pattern_gives_its_minutes_of_the_week() -> None:
    row = AvailabilityFactory(weekday=2, from_minute=420, to_minute=600)

    assert _windows(row.carer) == ((2 * DAY + 420, 2 * DAY + 600),)


def test_windows_that_touch_are_one() -> None:
    carer = CarerFactory()
    for start, end in ((420, 600), (600, 720), (700, 800)):
        AvailabilityFactory(carer=carer, from_minute=start, to_minute=end)

    assert _windows(carer) == ((420, 800),)


def test_alternating_weeks_alternate() -> None:
    carer = CarerFactory()
    anchor = MONDAY + timedelta(days=2)
    for week in (1, 2):
        AvailabilityFactory(
            carer=carer,
            cycle_weeks=2,
            cycle_week=week,
            cycle_anchor_on=anchor,
            from_minute=week * 60,
            to_minute=600,
        )

    assert _windows(carer) == ((60, 600),)
    assert _windows(carer, WEEK.next) == ((120, 600),)
    assert _windows(carer, WEEK.next.next) == ((60, 600),)


def test_leave_cuts_a_day_to_the_minute_in_local_time() -> None:
    carer = CarerFactory()
    AvailabilityFactory(carer=carer, from_minute=420, to_minute=1320)
    AbsenceFactory(
        carer=carer,
        starts_at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC),  # 10:00 in British summer time
        ends_at=datetime(2026, 6, 1, 11, 0, tzinfo=UTC),
    )

    assert _windows(carer) == ((420, 600), (720, 1320))


def test_sickness_without_an_end_holds_on() -> None:
    carer = working_carer()
    AbsenceFactory(carer=carer, starts_at=datetime(2026, 5, 1, tzinfo=UTC), ends_at=None)

    assert _windows(carer) == ()
    assert _windows(carer, WEEK.next) == ()


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [(None, None, range(7)), (2, None, range(2, 7)), (None, 5, range(5)), (7, None, ())],
)
def test_nobody_works_before_the_first_or_after_the_last_day(
    starts: int | None, ends: int | None, days: range
) -> None:
    carer = working_carer(
        starts_on=None if starts is None else MONDAY + timedelta(days=starts),
        ends_before=None if ends is None else MONDAY + timedelta(days=ends),
    )

    assert [start // DAY for start, _ in _windows(carer)] == list(days)


def test_everybody_asked_for_has_an_entry() -> None:
    carer = CarerFactory()

    assert available_minutes([carer], WEEK, LONDON) == {carer.pk: ()}


@pytest.mark.parametrize(
    ("kind", "mode", "days"),
    [
        (CheckKind.RIGHT_TO_WORK, TravelMode.WALK, [0, 1]),
        (CheckKind.DRIVING, TravelMode.CAR, [0, 1]),
        (CheckKind.DRIVING, TravelMode.WALK, [0, 1, 2, 3, 4, 5, 6]),
        (CheckKind.DBS, TravelMode.CAR, [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_a_check_that_runs_out_inside_the_week_stops_the_days_from_then_on(
    kind: CheckKind, mode: TravelMode, days: list[int]
) -> None:
    carer = working_carer(travel_mode=mode)
    CarerCheckFactory(carer=carer, kind=kind, ends_before=MONDAY + timedelta(days=2))

    left = without_barred_days([carer], available_minutes([carer], WEEK, LONDON), WEEK)

    assert [start // DAY for start, _ in left[carer.pk]] == days


def test_the_contract_of_the_monday_counts_or_else_the_first_to_begin() -> None:
    carer, starter = CarerFactory(), CarerFactory()
    ContractFactory(carer=carer, guaranteed_minutes=600, ends_before=MONDAY + timedelta(days=3))
    ContractFactory(carer=carer, guaranteed_minutes=900, starts_on=MONDAY + timedelta(days=3))
    ContractFactory(carer=starter, guaranteed_minutes=300, starts_on=MONDAY + timedelta(days=1))

    this = contracts_in_force([carer, starter], WEEK)
    following = contracts_in_force([carer, starter], WEEK.next)

    assert (this[carer.pk].guaranteed_minutes, this[starter.pk].guaranteed_minutes) == (600, 300)
    assert following[carer.pk].guaranteed_minutes == 900
    assert contracts_in_force([carer], Week(date(2019, 1, 7))) == {}


@pytest.mark.parametrize(("ends", "holds"), [(None, True), (1, True), (0, False)])
def test_an_opt_out_holds_until_the_day_it_ends(ends: int | None, holds: bool) -> None:  # noqa: FBT001  a column of the table
    row = WorkingTimeOptOutFactory(
        ends_before=None if ends is None else MONDAY + timedelta(days=ends)
    )

    assert (row.carer_id in opted_out_on([row.carer], MONDAY)) is holds


WINDOWS = st.lists(
    st.tuples(st.integers(0, 200), st.integers(1, 60)).map(lambda pair: (pair[0], sum(pair))),
    max_size=6,
)


@given(windows=WINDOWS, away=WINDOWS)
@hypothesis_settings(deadline=None)
def test_what_is_left_is_what_was_there_less_what_is_away(
    windows: list[Window], away: list[Window]
) -> None:
    def minutes(periods: Iterable[Window]) -> set[int]:
        return {minute for start, end in periods for minute in range(start, end)}

    assert minutes(_without(windows, away)) == minutes(windows) - minutes(away)
