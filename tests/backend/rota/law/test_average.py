"""WTR-01 and WTR-02, at the limit and a minute past it."""

from dataclasses import replace

import pytest

from backend.rota.law import average
from backend.rota.law.record import WorkBefore
from backend.rota.law.working_day import WorkingDay
from tests.backend.rota.law.records import HOUR, kinds, record, seeded, worked


def _week(minutes: int) -> list[WorkingDay]:
    """Return six days that hold so many minutes of work in all."""
    each, rest = divmod(minutes, 6)
    return [worked(day, (0, each + (rest if day == 0 else 0))) for day in range(6)]


@pytest.mark.parametrize(("minutes", "broken"), [(48 * HOUR, []), (48 * HOUR + 1, ["average"])])
def test_a_first_week_may_have_48_hours_and_not_a_minute_more(
    minutes: int, broken: list[str]
) -> None:
    assert kinds(average.breaches(record(_week(minutes)))) == broken


def test_sixteen_weeks_of_fifty_hours_leave_sixteen_to_the_minute() -> None:
    before = WorkBefore(minutes=16 * 50 * HOUR, days=119)

    at_limit = record(_week(16 * HOUR), before=before)
    past = record(_week(16 * HOUR + 1), before=before)

    assert average.headroom(at_limit) == 0
    assert kinds(average.breaches(at_limit)) == []
    [finding] = average.breaches(past)
    assert (finding.code, finding.excess) == ("WTR-01", 1)
    assert finding.figures["headroom_minutes"] == -1


def test_somebody_employed_for_four_weeks_is_judged_over_four() -> None:
    before = WorkBefore(minutes=3 * 50 * HOUR, days=28)

    assert average.headroom(record(before=before)) == (4 * 48 - 150) * HOUR


@pytest.mark.parametrize(
    ("minutes", "said"), [(44 * HOUR - 1, []), (44 * HOUR, ["average_near_limit"])]
)
def test_an_average_of_44_hours_is_said(minutes: int, said: list[str]) -> None:
    assert kinds(average.warnings(record(_week(minutes)))) == said


@pytest.mark.parametrize(("minutes", "said"), [(55 * HOUR, []), (55 * HOUR + 1, ["long_week"])])
def test_a_week_above_55_hours_is_said(minutes: int, said: list[str]) -> None:
    before = WorkBefore(minutes=16 * 30 * HOUR, days=119)

    assert kinds(average.warnings(record(_week(minutes), before=before))) == said


def test_with_an_opt_out_48_hours_are_said_and_sixty_are_the_cap() -> None:
    before = WorkBefore(opted_out=True)

    below = record(_week(48 * HOUR - 1), before=before)
    at_48 = record(_week(48 * HOUR), before=before)
    at_cap = record(_week(60 * HOUR), before=before)
    past = record(_week(60 * HOUR + 1), before=before)

    assert kinds(average.warnings(below)) == []
    assert kinds(average.warnings(at_48)) == ["average_near_limit"]
    assert kinds(average.breaches(at_cap)) == []
    assert [(row.code, row.excess) for row in average.breaches(past)] == [("WTR-02", 1)]


def test_ways_from_and_to_home_are_working_time_unless_the_rules_leave_them_out() -> None:
    day = worked(0, (480, 540), home=15)
    rules = seeded()
    without = replace(rules, working_week=replace(rules.working_week, count_home_journeys=False))

    assert record([day]).clocks.working == 90
    assert record([day], rules=without).clocks.working == 60
    assert record([day]).clocks.paid == 60


def test_waiting_is_work_until_it_is_long_enough_to_be_a_break() -> None:
    short = worked(0, (480, 540), (569, 600), travel=10)
    enough = worked(0, (480, 540), (570, 601), travel=10)

    assert record([short]).clocks.working == 60 + 10 + 19 + 31
    assert record([enough]).clocks.working == 60 + 10 + 31


def test_the_way_to_the_next_visit_is_work_also_when_the_gap_is_the_carers_own() -> None:
    day = worked(0, (480, 540), (700, 760), travel=12, by_home=40)

    assert record([day]).clocks.working == 60 + 12 + 60
    assert record([day]).clocks.paid == 120
