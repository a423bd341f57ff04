"""The hours of a visa, counted from Monday to Sunday."""

import pytest

from backend.rota.law import visa_hours
from tests.backend.rota.law.records import HOUR, kinds, record, worked


@pytest.mark.parametrize(("more", "broken"), [(0, []), (1, ["visa_hours"])])
def test_twenty_hours_and_not_a_minute_more(more: int, broken: list[str]) -> None:
    days = [worked(day, (480, 720)) for day in range(4)]
    week = [*days, worked(4, (480, 720 + more), home=30)]

    assert kinds(visa_hours.breaches(record(week, visa_minutes=20 * HOUR))) == broken


def test_waiting_is_paid_and_counts() -> None:
    day = worked(0, (0, 600), (620, 1210), travel=0)

    assert kinds(visa_hours.breaches(record([day], visa_minutes=20 * HOUR))) == ["visa_hours"]


def test_without_a_visa_limit_nothing_is_counted() -> None:
    assert kinds(visa_hours.breaches(record([worked(0, (0, 1440))]))) == []
