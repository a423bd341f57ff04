"""WTR-01 and WTR-02: the work a carer may do in a week so that the 48-hour average holds.

The average runs over 17 weeks, this one the last. Left out of both sums: days before the carer
started and before the branch's first published week, days of leave and sickness, and days under
an opt-out. So the limit is never laxer than the law's own sum, which puts later days in their
place. Working time is visits, travel between them, and the journeys from and to home.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.db.models import Min, Q, QuerySet, Sum

from backend.core.periods import DAY_MINUTES, WEEK_DAYS, Week
from backend.organisation.models import Branch
from backend.organisation.rules import WorkingTime
from backend.people.models import Absence, AbsenceKind, Carer, WorkingTimeOptOut
from backend.rota.models import PublishedAssignment, Rota
from backend.rota.solver.roads import Roads
from scheduler import Place

MOST_WORK_FOR_CONTACT = 2
"""No carer's working time is more than this many times the visit minutes; see `_worked`.

Travel is a fifth of the day in towns and half of the visit minutes at worst in the country.
"""

MINUTES_PER_HOUR = 60

DayWork: TypeAlias = dict[int, dict[date, int]]
"""Minutes by carer and date."""


@dataclass(frozen=True, slots=True)
class WeeklyLimit:
    """What the working-time rules leave of a week.

    Attributes
    ----------
    minutes
        The most that may be worked in the week.
    worked_before
        Minutes that count in the weeks of the average before this one; never too few, exact
        where it could matter.
    reference_days
        Days that the average is taken over, this week's included.
    opted_out
        Whether an opt-out holds on every day of the week.
    """

    minutes: int
    worked_before: int
    reference_days: int
    opted_out: bool

    def average_with(self, minutes: int) -> float:
        """Return the average minutes a week when `minutes` are worked in this one."""
        return (self.worked_before + minutes) * WEEK_DAYS / self.reference_days


def weekly_limits(
    carers: Sequence[Carer],
    *,
    branch: Branch,
    week: Week,
    zone: ZoneInfo,
    rules: WorkingTime,
    roads: Roads,
) -> dict[int, WeeklyLimit]:
    """Return the limit of each carer for a week, by carer id. Five queries at most."""
    first = _first_known_day(branch, week, rules)
    away = _days_left_out(carers, first, week, zone)
    opted_out = _opted_out_days(carers, first, week)
    contact = _contact_minutes(carers, first, week)
    past = {
        carer.pk: _days(max(first, carer.starts_on or first), week.starts_on)
        - (away[carer.pk] - contact[carer.pk].keys())
        - opted_out[carer.pk]
        for carer in carers
    }
    most = {pk: MOST_WORK_FOR_CONTACT * _sum(contact[pk], past[pk]) for pk in past}
    near = [carer for carer in carers if _could_warn(most[carer.pk], past[carer.pk], rules)]
    exact = _worked(near, first, week, roads)
    most.update({pk: _sum(work, past[pk]) for pk, work in exact.items()})
    whole_week = set(week.days())
    return {
        pk: _limit(most[pk], len(past[pk]), rules, is_out=whole_week <= opted_out[pk])
        for pk in past
    }


def _limit(worked: int, past_days: int, rules: WorkingTime, *, is_out: bool) -> WeeklyLimit:
    days = past_days + WEEK_DAYS
    left = rules.avg_hours * MINUTES_PER_HOUR * days // WEEK_DAYS - worked
    cap = rules.opt_out_max_week_hours * MINUTES_PER_HOUR
    return WeeklyLimit(
        minutes=cap if is_out else max(0, left),
        worked_before=worked,
        reference_days=days,
        opted_out=is_out,
    )


def _could_warn(most: int, past: set[date], rules: WorkingTime) -> bool:
    """Say whether even one long week could lift the average to where the rules warn."""
    long_week = rules.opt_out_max_week_hours * MINUTES_PER_HOUR
    warn = rules.warn_avg_hours * MINUTES_PER_HOUR
    return bool(past) and (most + long_week) * WEEK_DAYS > warn * (len(past) + WEEK_DAYS)


def _days(first: date, before: date) -> set[date]:
    return {first + timedelta(days=n) for n in range((before - first).days)}


def _sum(work: Mapping[date, int], days: set[date]) -> int:
    return sum(minutes for day, minutes in work.items() if day in days)


def _first_known_day(branch: Branch, week: Week, rules: WorkingTime) -> date:
    """Return where the average begins: the full period, or the first week that was published."""
    start = week.starts_on - timedelta(days=WEEK_DAYS * (rules.ref_weeks - 1))
    found = Rota.objects.filter(
        branch=branch,
        publications__isnull=False,
        week_starts_on__gte=start,
        week_starts_on__lt=week.starts_on,
    ).aggregate(first=Min("week_starts_on"))["first"]
    return found or week.starts_on


def _days_left_out(
    carers: Sequence[Carer], first: date, week: Week, zone: ZoneInfo
) -> dict[int, set[date]]:
    found: dict[int, set[date]] = {carer.pk: set() for carer in carers}
    start = datetime.combine(first, datetime.min.time(), zone)
    end = datetime.combine(week.starts_on, datetime.min.time(), zone)
    for row in Absence.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=start),
        carer__in=carers,
        kind__in=[AbsenceKind.LEAVE, AbsenceKind.SICKNESS],
        starts_at__lt=end,
    ).order_by("pk"):
        day = max(row.starts_at.astimezone(zone).date(), first)
        last = min(row.ends_at or end, end) - timedelta(microseconds=1)
        while day <= last.astimezone(zone).date():
            found[row.carer_id].add(day)
            day += timedelta(days=1)
    return found


def _opted_out_days(carers: Sequence[Carer], first: date, week: Week) -> dict[int, set[date]]:
    found: dict[int, set[date]] = {carer.pk: set() for carer in carers}
    for row in WorkingTimeOptOut.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=first),
        carer__in=carers,
        signed_on__lt=week.ends_before,
    ).order_by("pk"):
        day = max(row.signed_on, first)
        while day < min(row.ends_before or week.ends_before, week.ends_before):
            found[row.carer_id].add(day)
            day += timedelta(days=1)
    return found


def _contact_minutes(carers: Sequence[Carer], first: date, week: Week) -> DayWork:
    found: DayWork = {carer.pk: {} for carer in carers}
    for carer, on, minutes in (
        _history(carers, first, week)
        .values_list("carer", "on")
        .annotate(sum=Sum("minutes"))
        .order_by()
    ):
        found[carer][on] = minutes
    return found


def _worked(carers: Sequence[Carer], first: date, week: Week, roads: Roads) -> DayWork:
    """Return visits and all journeys of the few carers whose average could come near the limit.

    The others' travel is not worked out: even if it doubled their time, and this week were as
    long as a week may be, they would stay below the average at which the rules warn.
    """
    if not carers:
        return {}
    people = {carer.pk: carer for carer in carers}
    stops: dict[tuple[int, date], list[tuple[int, int, Place]]] = defaultdict(list)
    for carer, on, start, minutes, client, east, north in (
        _history(carers, first, week)
        .values_list(
            "carer",
            "on",
            "start_minute",
            "minutes",
            "client",
            "client__easting",
            "client__northing",
        )
        .order_by("carer", "on", "start_minute")
    ):
        stops[carer, on].append((start, start + minutes, Place(f"k{client}", east, north)))
    found: DayWork = {carer.pk: {} for carer in carers}
    for (carer, on), day in stops.items():
        found[carer][on] = _day_work(people[carer], on, day, roads)
    return found


def _day_work(carer: Carer, on: date, stops: Sequence[tuple[int, int, Place]], roads: Roads) -> int:
    mode, midnight = carer.travel_mode, on.weekday() * DAY_MINUTES
    home = Place("home", carer.home_easting, carer.home_northing)
    (first, _, first_place), (_, last, last_place) = stops[0], stops[-1]
    journeys = roads.minutes_before(home, first_place, mode, midnight + first)
    journeys += roads.minutes(last_place, home, mode, midnight + last)
    for (_, end, a), (_, _, b) in pairwise(stops):
        journeys += roads.minutes(a, b, mode, midnight + end)
    return journeys + sum(end - start for start, end, _ in stops)


def _history(carers: Iterable[Carer], first: date, week: Week) -> QuerySet[PublishedAssignment]:
    return PublishedAssignment.objects.filter(
        carer__in=carers,
        superseded_by__isnull=True,
        on__gte=first,
        on__lt=week.starts_on,
    )
