"""How carers ended the week before: it bounds their first start in this one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max

from backend.core.periods import DAY_MINUTES, WEEK_DAYS, Week
from backend.rota.models import PublishedAssignment, VisitAssignment

NOT_WORKED = -WEEK_DAYS * DAY_MINUTES
"""`last_end` of a carer who had no visit in the week before: its Monday 00:00."""

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class LastWeek:
    """A carer's end of the week before, in minutes from this Monday 00:00 (zero or negative)."""

    last_end: int = NOT_WORKED
    worked_weekend: bool = False


def last_weeks(carers: Iterable[int], week: Week) -> dict[int, LastWeek]:
    """Return how each carer who worked in the week before ended it, by carer id.

    What was published counts, in whatever branch; where a branch has not published that week, its
    draft.
    """
    before, people = Week(week.starts_on - timedelta(days=WEEK_DAYS)), list(carers)
    rows = [*_told(people, before), *_drafted(people, before)]
    ends: dict[int, dict[date, int]] = defaultdict(dict)
    for carer, on, end in rows:
        ends[carer][on] = max(end, ends[carer].get(on, 0))
    return {carer: _ending(days, week) for carer, days in ends.items()}


def _ending(days: dict[date, int], week: Week) -> LastWeek:
    last = max(days)
    weekend = any(day.weekday() >= SATURDAY for day in days)
    return LastWeek(min(0, week.minute_of(last, days[last])), weekend)


def _told(carers: Collection[int], week: Week) -> Iterable[tuple[int, date, int]]:
    return (
        PublishedAssignment.objects.filter(
            carer__in=carers,
            superseded_by__isnull=True,
            on__gte=week.starts_on,
            on__lt=week.ends_before,
        )
        .values_list("carer", "on")
        .annotate(end=Max(F("start_minute") + F("minutes")))
        .order_by()
    )


def _drafted(carers: Collection[int], week: Week) -> Iterable[tuple[int, date, int]]:
    return (
        VisitAssignment.objects.filter(
            carer__in=carers,
            visit__rota__week_starts_on=week.starts_on,
            visit__rota__publications__isnull=True,
            visit__start_minute__isnull=False,
        )
        .values_list("carer", "visit__on")
        .annotate(end=Max(F("visit__start_minute") + F("visit__minutes")))
        .order_by()
    )
