"""ERA-02: hours of notice of a change, days of notice of a rota."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.core.periods import Week
from backend.rota.law.notice import days_late, short_notices
from tests.backend.rota.law.records import LONDON, seeded

STARTS_AT = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(("minutes", "short"), [(48 * 60, []), (48 * 60 - 1, [1])])
def test_a_change_is_told_48_hours_before(minutes: int, short: list[int]) -> None:
    now = STARTS_AT - timedelta(minutes=minutes)

    found = list(short_notices([(1, 2, 0, STARTS_AT)], seeded().notice, now))

    assert [row.excess for row in found] == short


def test_what_has_begun_is_told_for_the_record() -> None:
    rules = seeded().notice

    a_minute_before = short_notices([(1, 2, 0, STARTS_AT)], rules, STARTS_AT - timedelta(minutes=1))
    as_it_begins = short_notices([(1, 2, 0, STARTS_AT)], rules, STARTS_AT)

    assert [row.message for row in a_minute_before] == ["Told 0 hours before; notice is 48."]
    assert list(as_it_begins) == []


def test_over_the_spring_change_48_hours_are_48_lived_hours() -> None:
    # Sunday 29 March 2026, 08:00 summer time is 07:00 UTC; Friday 08:00 was 08:00 UTC.
    starts = datetime(2026, 3, 29, 8, 0, tzinfo=LONDON).astimezone(UTC)
    friday = datetime(2026, 3, 27, 8, 0, tzinfo=LONDON).astimezone(UTC)

    [found] = short_notices([(1, 2, 6, starts)], seeded().notice, friday)

    assert found.excess == 60


@pytest.mark.parametrize(("day", "late"), [(25, 0), (26, 1), (31, 6)])
def test_a_rota_is_out_a_week_before_it_begins(day: int, late: int) -> None:
    now = datetime(2026, 5, day, 22, 30, tzinfo=UTC)  # 23:30 in London

    assert days_late(Week(date(2026, 6, 1)), seeded().notice, now, LONDON) == late


def test_a_week_that_is_over_is_not_called_late() -> None:
    week = Week(date(2026, 6, 1))

    assert days_late(week, seeded().notice, datetime(2026, 6, 7, 22, tzinfo=UTC), LONDON) == 13
    assert days_late(week, seeded().notice, datetime(2026, 6, 8, tzinfo=UTC), LONDON) == 0
