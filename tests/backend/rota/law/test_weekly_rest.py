"""WTR-04 in a fortnight, also when the clocks change."""

from dataclasses import replace
from datetime import date

import pytest

from backend.organisation.selectors import LawRules
from backend.rota.law import weekly_rest
from backend.rota.law.working_day import WorkingDay
from tests.backend.factories.moments import MONDAY
from tests.backend.rota.law.records import kinds, record, seeded, worked

WHOLE = (8 * 60, 20 * 60)


def _rules(mode: str, monday: date = MONDAY) -> LawRules:
    rules = seeded(monday)
    return replace(rules, working_week=replace(rules.working_week, weekly_rest_mode=mode))


def _days(*numbers: int, monday: date = MONDAY) -> list[WorkingDay]:
    return [worked(number, WHOLE, monday=monday) for number in numbers]


@pytest.mark.parametrize(("start", "missing"), [(20 * 60, []), (20 * 60 - 1, [1])])
def test_48_hours_together_in_a_fortnight_are_kept_to_the_minute(
    start: int, missing: list[int]
) -> None:
    last = _days(-7, -6, -5, -4, -3, -2, -1)
    week = [*_days(0, 1, 2), worked(4, (start, start + 60)), *_days(5, 6)]

    found = weekly_rest.breaches(record(week, last_week=last, rules=_rules("14d_48h")))

    assert [row.excess for row in found] == missing


def test_a_long_rest_last_week_is_enough_for_the_fortnight() -> None:
    week = _days(0, 1, 2, 3, 4, 5, 6)

    rested = record(week, last_week=_days(-7, -6, -3, -2, -1), rules=_rules("14d_48h"))
    unrested = record(week, last_week=_days(-7, -6, -5, -4, -2, -1), rules=_rules("14d_48h"))

    assert kinds(weekly_rest.breaches(rested)) == []
    assert [row.excess for row in weekly_rest.breaches(unrested)] == [12 * 60]


def test_two_days_apart_are_enough_where_that_was_chosen_and_one_is_not() -> None:
    rules = _rules("14d_2x24h")
    two = record(_days(0, 1, 3, 4, 5, 6), last_week=_days(-7, -6, -4, -3, -2, -1), rules=rules)
    one = record(_days(0, 1, 2, 3, 4, 5, 6), last_week=_days(-7, -6, -4, -3, -2, -1), rules=rules)

    assert kinds(weekly_rest.breaches(two)) == []
    assert [row.excess for row in weekly_rest.breaches(one)] == [12 * 60]


def test_the_hour_lost_in_spring_is_missing_from_the_rest() -> None:
    monday = date(2026, 3, 23)
    rules = _rules("14d_48h", monday)
    last = _days(-7, -6, -5, -4, -3, -2, -1, monday=monday)
    # From Friday midnight to the end of Sunday, 29 March: 48 hours by the wall, 47 lived.
    week = [*_days(0, 1, 2, 3, monday=monday), worked(4, (8 * 60, 24 * 60), monday=monday)]

    [finding] = weekly_rest.breaches(record(week, monday=monday, last_week=last, rules=rules))

    assert finding.excess == 60


def test_the_hour_won_in_autumn_does_not_make_a_short_rest_long() -> None:
    monday = date(2026, 10, 19)
    rules = _rules("14d_48h", monday)
    last = _days(-7, -6, -5, -4, -3, -2, -1, monday=monday)
    week = [
        *_days(0, 1, 2, 3, monday=monday),
        worked(4, (8 * 60, 24 * 60), monday=monday),
        worked(6, (23 * 60, 24 * 60), monday=monday),
    ]

    [finding] = weekly_rest.breaches(record(week, monday=monday, last_week=last, rules=rules))

    assert finding.excess == 60


def test_one_day_a_week_is_left_to_the_rota_and_nobody_who_is_off_is_accused() -> None:
    all_days = _days(0, 1, 2, 3, 4, 5, 6)

    assert kinds(weekly_rest.breaches(record(all_days, last_week=all_days))) == []
    assert kinds(weekly_rest.breaches(record(rules=_rules("14d_48h")))) == []
