"""WTR-07, each limit on the minute and a minute past; and when somebody stops being young."""

from datetime import date
from typing import Any

import pytest

from backend.rota.law import young_workers
from backend.rota.law.record import WorkBefore, age_on
from backend.rota.law.working_day import WorkingDay
from tests.backend.rota.law.records import kinds, record, worked

SEVENTEEN = date(2008, 12, 1)


def _found(*days: WorkingDay, **fields: Any) -> list[str]:
    return kinds(young_workers.breaches(record(days, born_on=SEVENTEEN, **fields)))


@pytest.mark.parametrize(("end", "broken"), [(960, []), (961, ["young_day"])])
def test_eight_hours_a_day(end: int, broken: list[str]) -> None:
    assert _found(worked(0, (420, 660), (720, end), travel=0)) == broken


@pytest.mark.parametrize(("more", "broken"), [(0, []), (1, ["young_week"])])
def test_forty_hours_a_week_whatever_was_signed(more: int, broken: list[str]) -> None:
    days = [worked(day, (480, 720), (750, 990)) for day in range(4)]
    last = worked(4, (480, 600), (630, 750), (780, 1020 + more))

    found = _found(*days, last, before=WorkBefore(opted_out=True))

    assert found == (["young_day", *broken] if more else broken)


@pytest.mark.parametrize(("start", "broken"), [(480, []), (479, ["young_daily_rest"])])
def test_twelve_hours_between_two_days(start: int, broken: list[str]) -> None:
    assert _found(worked(0, (1140, 1200)), worked(1, (start, start + 60))) == broken


def test_twelve_hours_after_the_sunday_of_the_week_before() -> None:
    assert _found(worked(0, (480, 540)), last_week=(worked(-1, (1200, 1260)),)) == [
        "young_daily_rest"
    ]


@pytest.mark.parametrize(("end", "broken"), [(750, []), (751, ["young_break"])])
def test_half_an_hour_of_break_in_a_day_above_four_and_a_half(end: int, broken: list[str]) -> None:
    assert _found(worked(0, (480, 600), (620, end))) == broken


@pytest.mark.parametrize(("gap", "broken"), [(40, []), (39, ["young_break"])])
def test_the_break_is_net_of_the_way(gap: int, broken: list[str]) -> None:
    assert _found(worked(0, (480, 600), (600 + gap, 800), travel=10)) == broken


@pytest.mark.parametrize(
    ("spell", "broken"),
    [((1200, 1320), []), ((1201, 1321), ["young_night"]), ((359, 400), ["young_night"])],
)
def test_no_work_at_night(spell: tuple[int, int], broken: list[str]) -> None:
    assert _found(worked(0, spell)) == broken


def test_two_days_of_rest_together_each_week() -> None:
    day = (480, 600)
    two_off = [worked(n, day) for n in (0, 1, 2, 3, 4)]
    one_off = [worked(n, day) for n in (0, 1, 3, 4, 6)]

    assert _found(*two_off) == []
    assert _found(*one_off) == ["young_weekly_rest"]


def test_from_the_eighteenth_birthday_the_day_is_a_grown_ups() -> None:
    long_days = [worked(day, (420, 700), (760, 1020)) for day in (0, 1)]
    turning = record(long_days, born_on=date(2008, 6, 2))
    adult = record(long_days, born_on=date(2008, 6, 1))

    assert [(row.kind, row.day) for row in young_workers.breaches(turning)] == [("young_day", 0)]
    assert kinds(young_workers.breaches(adult)) == []
    assert kinds(young_workers.breaches(record(long_days))) == []


def test_a_leap_day_child_is_a_year_older_on_the_first_of_march() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18
