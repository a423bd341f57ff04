"""WTR-06: what counts as night, the average, 24 hours with a hazard, the assessment."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backend.rota.law import night_work
from backend.rota.law.night_work import months_later
from backend.rota.law.record import WorkBefore, night_minutes
from tests.backend.factories.moments import MONDAY
from tests.backend.rota.law.records import HOUR, kinds, record, seeded, worked

ASSESSED = MONDAY - timedelta(days=100)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (22 * 60, 23 * 60, 0),
        (22 * 60, 23 * 60 + 1, 1),
        (359, 420, 1),
        (360, 420, 0),
        (0, 1440, 420),
    ],
)
def test_the_night_is_from_eleven_to_six(start: int, end: int, minutes: int) -> None:
    assert night_minutes(start, end, 23 * 60, 6 * 60) == minutes


@pytest.mark.parametrize(("minutes", "broken"), [(480, []), (481, ["night_average"])])
def test_a_night_worker_works_eight_hours_a_day_on_average(minutes: int, broken: list[str]) -> None:
    before = WorkBefore(minutes=16 * 48 * HOUR, days=119, opted_out=True)
    days = [worked(day, (0, 480)) for day in range(5)]
    week = record([*days, worked(5, (0, minutes))], is_night_worker=True, before=before)

    assert kinds(night_work.breaches(week)) == broken


@pytest.mark.parametrize(("end", "broken"), [(23 * 60 + 30, []), (23 * 60 + 31, [1, 1])])
def test_with_a_hazard_eight_hours_in_any_24_are_the_limit(end: int, broken: list[int]) -> None:
    # 7.5 hours by Tuesday noon, in the 24 hours that begin with Monday's last half hour.
    days = [worked(0, (23 * 60, end)), worked(1, (0, 450))]
    week = record(days, is_night_worker=True, has_night_hazard=True, night_assessed_on=ASSESSED)

    assert [row.excess for row in night_work.breaches(week)] == broken


def test_sunday_of_the_week_before_counts_into_the_first_24_hours() -> None:
    week = record(
        [worked(0, (0, 241))],
        last_week=(worked(-1, (20 * 60, 24 * 60)),),
        is_night_worker=True,
        has_night_hazard=True,
    )

    assert [row.excess for row in night_work.breaches(week)] == [1]


def test_long_days_without_a_night_are_not_the_hazard_rules_business() -> None:
    week = record([worked(0, (480, 1080))], is_night_worker=True, has_night_hazard=True)

    assert kinds(night_work.breaches(week)) == []


@pytest.mark.parametrize(
    ("assessed", "said"),
    [
        (None, ["night_assessment"]),
        (date(2025, 6, 1), ["night_assessment"]),
        (date(2025, 6, 2), []),
    ],
)
def test_a_night_visit_without_a_health_assessment_of_the_year_is_said(
    assessed: date | None, said: list[str]
) -> None:
    week = record([worked(0, (23 * 60 + 30, 24 * 60))], night_assessed_on=assessed)

    assert kinds(night_work.warnings(week)) == said
    assert kinds(night_work.breaches(week)) == []


def test_a_cooperative_may_refuse_nights_without_an_assessment() -> None:
    rules = seeded()
    strict = replace(rules, nights=replace(rules.nights, assessment="hard"))
    week = record([worked(0, (23 * 60 + 30, 24 * 60))], rules=strict)

    assert kinds(night_work.breaches(week)) == ["night_assessment"]
    assert kinds(night_work.warnings(week)) == []


def test_a_year_after_the_29th_of_february_is_the_28th() -> None:
    assert months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_later(date(2026, 8, 31), 1) == date(2026, 9, 30)
    assert months_later(date(2025, 12, 15), 1) == date(2026, 1, 15)
