"""Weeks of one carer for the rules of law, without a database."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from backend.core.periods import DAY_MINUTES, Week
from backend.organisation import rules
from backend.organisation.models import RuleArea
from backend.organisation.selectors import LawRules
from backend.organisation.services import SEED
from backend.rota.law.record import WorkRecord
from backend.rota.law.working_day import Leg, Stop, WorkingDay
from tests.backend.factories.moments import MONDAY

LONDON = ZoneInfo("Europe/London")
HOUR = 60


@cache
def seeded(on: date = MONDAY) -> LawRules:
    """Return the rules that a new organisation has on a date."""
    areas = yaml.safe_load(SEED.read_text(encoding="utf-8"))

    def values(area: RuleArea) -> Any:
        return [row["values"] for row in areas[area] if row["from"] <= on][-1]

    return LawRules(
        rota=rules.RotaPolicy.of(values(RuleArea.ROTA_POLICY)),
        working_time=rules.WorkingTime.of(values(RuleArea.WORKING_TIME)),
        working_week=rules.WorkingWeek.of(values(RuleArea.WORKING_WEEK)),
        nights=rules.NightWork.of(values(RuleArea.NIGHT_WORK)),
        young=rules.YoungWorkers.of(values(RuleArea.YOUNG_WORKERS)),
        notice=rules.Notice.of(values(RuleArea.NOTICE)),
        checks=rules.Checks.of(values(RuleArea.CHECKS)),
        pay=rules.PayRules.of(values(RuleArea.PAY_RULES)),
        quality=rules.Quality.of(values(RuleArea.QUALITY)),
        wage=rules.MinimumWage.of(values(RuleArea.MINIMUM_WAGE)),
        mileage=rules.Mileage.of(values(RuleArea.MILEAGE)),
    )


def worked(
    day: int,
    *spells: tuple[int, int],
    monday: date = MONDAY,
    travel: int = 0,
    by_home: int = 2 * DAY_MINUTES,
    home: int = 0,
    metres: float = 0.0,
) -> WorkingDay:
    """Return a day (0 is Monday, below zero the week before) of visits in minutes of the day.

    Home is out of reach in every gap unless `by_home` says otherwise.
    """
    midnight = day * DAY_MINUTES
    stops = tuple(
        Stop(visit=100 * day + n, client=n, start=midnight + start, end=midnight + end)
        for n, (start, end) in enumerate(spells)
    )
    legs = tuple(
        Leg(after.start - before.end, travel, by_home, metres) for before, after in pairwise(stops)
    )
    return WorkingDay(monday + timedelta(days=day), stops, legs, home, home)


def record(days: Sequence[WorkingDay] = (), *, monday: date = MONDAY, **fields: Any) -> WorkRecord:
    """Return the record of carer 1 for a week with these days, under the seeded rules."""
    fields.setdefault("rules", seeded(monday))
    return WorkRecord(carer=1, week=Week(monday), zone=LONDON, days=tuple(days), **fields)


def kinds(findings: Any) -> list[str]:
    """Return what was found, in order."""
    return [finding.kind for finding in findings]
