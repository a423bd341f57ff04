"""WTR-01 and WTR-02: the work a carer may do in a week so that the 48-hour average holds.

The average runs over 17 weeks, this one the last. Left out of both sums: days before the carer
started and before the branch's first published week, days of leave and sickness, and days under
an opt-out. So the limit is never laxer than the law's own sum, which puts later days in their
place. Working time is counted as in `backend/rota/law/working_day.py`.

Nights know no opt-out (WTR-06), nor does anybody under 18 (WTR-07): of such carers the days under
one count, and their limit is no higher for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.db.models import F, Max, Min, Q, QuerySet

from backend.core.periods import DAY_MINUTES, WEEK_DAYS, Week
from backend.organisation.models import Branch
from backend.organisation.rules import WorkingTime
from backend.organisation.selectors import LawRules
from backend.people.models import Absence, AbsenceKind, Carer, WorkingTimeOptOut
from backend.rota.law.night_work import weekly_minutes
from backend.rota.law.record import WorkBefore, age_on
from backend.rota.law.working_day import Stop, clocks_of
from backend.rota.models import PublishedAssignment, Rota
from backend.rota.solver.roads import Roads
from backend.rota.solver.working_days import Traveller, working_days
from scheduler import Place

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

    @property
    def before(self) -> WorkBefore:
        """What the rules of law are told of the weeks before."""
        return WorkBefore(self.worked_before, self.reference_days, opted_out=self.opted_out)

    def average_with(self, minutes: int) -> float:
        """Return the average minutes a week when `minutes` are worked in this one."""
        return self.before.average_with(minutes)


def weekly_limits(
    carers: Sequence[Carer],
    *,
    branch: Branch,
    week: Week,
    zone: ZoneInfo,
    law: LawRules,
    roads: Roads,
) -> dict[int, WeeklyLimit]:
    """Return the limit of each carer for a week, by carer id. Five queries at most."""
    first = _first_known_day(branch, week, law.working_time)
    away = _days_left_out(carers, first, week, zone)
    opted_out = _opted_out_days(
        [carer for carer in carers if not _is_bound(carer, week, law)], first, week
    )
    most = _most_work(carers, first, week, roads)
    past = {
        carer.pk: _days(max(first, carer.starts_on or first), week.starts_on)
        - (away[carer.pk] - most[carer.pk].keys())
        - opted_out[carer.pk]
        for carer in carers
    }
    worked = {pk: _sum(most[pk], past[pk]) for pk in past}
    rules = law.working_time
    near = [carer for carer in carers if _could_warn(worked[carer.pk], past[carer.pk], rules)]
    exact = _worked(near, first, week, law, roads)
    worked.update({pk: _sum(work, past[pk]) for pk, work in exact.items()})
    whole_week = set(week.days())
    return {
        carer.pk: _limit(
            worked[carer.pk],
            len(past[carer.pk]),
            law,
            is_out=whole_week <= opted_out[carer.pk],
            is_night=carer.is_night_worker,
        )
        for carer in carers
    }


def _is_bound(carer: Carer, week: Week, law: LawRules) -> bool:
    """Say whether no opt-out frees a carer from the average."""
    is_young = carer.born_on and age_on(carer.born_on, week.starts_on) < law.young.adult_age
    return carer.is_night_worker or bool(is_young)


def _limit(
    worked: int, past_days: int, law: LawRules, *, is_out: bool, is_night: bool
) -> WeeklyLimit:
    rules, days = law.working_time, past_days + WEEK_DAYS
    before = WorkBefore(worked, days)
    left = before.left_of(rules.avg_hours * MINUTES_PER_HOUR)
    if is_night:
        left = min(left, before.left_of(weekly_minutes(law.nights.average_hours)))
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
    found: dict[int, set[date]] = defaultdict(set)
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


def _most_work(carers: Sequence[Carer], first: date, week: Week, roads: Roads) -> DayWork:
    """Return what each day's working time cannot be above, from one row of each day.

    From the first start to the last end, and twice the way from home to the farthest corner of
    the square in which the day's clients live.
    """
    people = {carer.pk: carer for carer in carers}
    found: DayWork = {carer.pk: {} for carer in carers}
    for carer, on, start, end, *corners in (
        _history(carers, first, week)
        .values_list("carer", "on")
        .annotate(
            start=Min("start_minute"),
            end=Max(F("start_minute") + F("minutes")),
            west=Min("client__easting"),
            east=Max("client__easting"),
            south=Min("client__northing"),
            north=Max("client__northing"),
        )
        .order_by()
    ):
        west, east, south, north = corners
        home = people[carer].home_easting, people[carer].home_northing
        farthest = Place(
            "corner",
            max((west, east), key=lambda x: abs(x - home[0])),
            max((south, north), key=lambda y: abs(y - home[1])),
        )
        way = roads.straight_minutes(Place("home", *home), farthest, people[carer].travel_mode)
        # Where no straight way can tell, anything may be: then the exact minutes are worked out.
        found[carer][on] = DAY_MINUTES if way is None else end - start + 2 * way
    return found


def _worked(
    carers: Sequence[Carer], first: date, week: Week, law: LawRules, roads: Roads
) -> DayWork:
    """Return the exact working time of the few carers whose average could come near the limit.

    The others' ways are not worked out: even if all of each day were work, and this week were as
    long as a week may be, they would stay below the average at which the rules warn.
    """
    if not carers:
        return {}
    stops: dict[int, list[tuple[Stop, Place]]] = defaultdict(list)
    # Months of visits lead to few doors.
    places: dict[int, Place] = {}
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
        at = week.minute_of(on, start)
        if client not in places:
            places[client] = Place(f"k{client}", east, north)
        stops[carer].append((Stop(0, client, at, at + minutes), places[client]))
    return {
        carer.pk: {
            day.on: clocks_of([day], law).working
            for day in working_days(
                stops[carer.pk],
                traveller(carer, roads),
                monday=week.starts_on,
                rules=law,
            )
        }
        for carer in carers
    }


def traveller(carer: Carer, roads: Roads) -> Traveller:
    """Return where a carer's ways begin and end."""
    home = Place(f"h{carer.pk}", carer.home_easting, carer.home_northing)
    return Traveller(home, carer.travel_mode, roads)


def _history(carers: Iterable[Carer], first: date, week: Week) -> QuerySet[PublishedAssignment]:
    return PublishedAssignment.objects.filter(
        carer__in=carers,
        superseded_by__isnull=True,
        on__gte=first,
        on__lt=week.starts_on,
    )
