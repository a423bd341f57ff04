"""On which days carers worked in the weeks before: what voted limits across weeks ask for."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from backend.core.periods import WEEK_DAYS, Week
from backend.rota.models import PublishedAssignment, VisitAssignment

WEEKS_BACK = 3
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkedBefore:
    """A carer's days in a row up to the Sunday before, and weekends worked of the last three."""

    days_in_a_row: int = 0
    weekends: int = 0


def worked_before(carers: Iterable[int], week: Week) -> dict[int, WorkedBefore]:
    """Return the three weeks before a week of each carer who worked in them, by carer id.

    What was published counts, in whatever branch; where a branch has not published one of those
    weeks, its draft. Two queries, however many carers there are. A row that is longer than three
    weeks counts as three.
    """
    people, since = list(carers), week.starts_on - timedelta(days=WEEKS_BACK * WEEK_DAYS)
    days: dict[int, set[date]] = defaultdict(set)
    for carer, on in _told(people, since, week.starts_on):
        days[carer].add(on)
    for carer, on in _drafted(people, since, week.starts_on):
        days[carer].add(on)
    return {carer: _summed(worked, week) for carer, worked in days.items()}


def _summed(worked: Collection[date], week: Week) -> WorkedBefore:
    row, day = 0, week.starts_on - timedelta(days=1)
    while day in worked:
        row, day = row + 1, day - timedelta(days=1)
    weekends = {day - timedelta(days=day.weekday()) for day in worked if day.weekday() >= SATURDAY}
    return WorkedBefore(row, len(weekends))


def _told(people: Collection[int], since: date, before: date) -> Iterable[tuple[int, date]]:
    return (
        PublishedAssignment.objects.filter(
            carer__in=people, superseded_by__isnull=True, on__gte=since, on__lt=before
        )
        .values_list("carer", "on")
        .distinct()
        .order_by()
    )


def _drafted(people: Collection[int], since: date, before: date) -> Iterable[tuple[int, date]]:
    return (
        VisitAssignment.objects.filter(
            carer__in=people,
            visit__rota__week_starts_on__gte=since,
            visit__rota__week_starts_on__lt=before,
            visit__rota__publications__isnull=True,
            visit__start_minute__isnull=False,
        )
        .values_list("carer", "visit__on")
        .distinct()
        .order_by()
    )
