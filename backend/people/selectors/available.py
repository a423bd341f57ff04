"""Reads of carers: when they can work, less the times they are away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from backend.core.periods import DAY_MINUTES, Week, in_cycle, wall_minute
from backend.people.models import (
    Absence,
    Availability,
    Carer,
    CarerCheck,
    CheckKind,
    TravelMode,
)

HARD_CHECKS = (CheckKind.RIGHT_TO_WORK, CheckKind.DRIVING)
"""Checks that stop every visit from the day on which they run out (section 9.1)."""

Window: TypeAlias = tuple[int, int]
"""From and to (excluded), in wall-clock minutes since Monday 00:00, inside one day."""


def available_minutes(
    carers: Iterable[Carer], week: Week, zone: ZoneInfo, *, less_absences: bool = True
) -> dict[int, tuple[Window, ...]]:
    """Return the windows of a week in which each carer can work, by carer id.

    Availability of the week (cycles included) within the days of employment, less absences;
    windows that touch are one. In time order, in wall-clock minutes since Monday 00:00, each
    inside one day. Every carer asked for has an entry. Two queries, however many carers.

    Parameters
    ----------
    less_absences
        False: as if nobody were away, which is what a guarantee of hours is measured against.
    """
    people = {carer.pk: carer for carer in carers}
    found: dict[int, list[Window]] = defaultdict(list)
    for row in _availability_in(people, week):
        day = week.starts_on.toordinal() + row.weekday
        if _holds(row, date.fromordinal(day), week) and _employed(people[row.carer_id], day):
            start = row.weekday * DAY_MINUTES
            found[row.carer_id].append((start + row.from_minute, start + row.to_minute))
    away = _absent_minutes(people, week, zone) if less_absences else {}
    return {pk: _without(_joined(found[pk]), away.get(pk, ())) for pk in people}


def absences_in(
    carers: Iterable[Carer] | Iterable[int], week: Week, zone: ZoneInfo
) -> QuerySet[Absence]:
    """Return the absences that touch a week, by carer and start."""
    start, end = _moments(week, zone)
    return Absence.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=start), carer__in=list(carers), starts_at__lt=end
    ).order_by("carer", "starts_at")


def without_barred_days(
    carers: Iterable[Carer], windows: Mapping[int, tuple[Window, ...]], week: Week
) -> dict[int, tuple[Window, ...]]:
    """Take away the days on which a check without which nobody may visit has run out.

    The right to work, and for drivers the licence, insurance and MOT; both stop all visits and
    not only some, so they are no skills.
    """
    people = {carer.pk: carer for carer in carers}
    barred: dict[int, set[int]] = defaultdict(set)
    for check in CarerCheck.objects.filter(
        carer__in=list(people), kind__in=HARD_CHECKS, ends_before__lt=week.ends_before
    ):
        drives = people[check.carer_id].travel_mode == TravelMode.CAR
        if check.ends_before is not None and (check.kind != CheckKind.DRIVING or drives):
            barred[check.carer_id] |= {
                number for number, day in enumerate(week.days()) if day >= check.ends_before
            }
    return {
        carer: tuple(window for window in found if window[0] // DAY_MINUTES not in barred[carer])
        for carer, found in windows.items()
    }


def _moments(week: Week, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return (
        datetime.combine(week.starts_on, time(), zone).astimezone(UTC),
        datetime.combine(week.ends_before, time(), zone).astimezone(UTC),
    )


def _availability_in(carers: Mapping[int, Carer], week: Week) -> Iterable[Availability]:
    return Availability.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=week.starts_on),
        carer__in=carers,
        starts_on__lt=week.ends_before,
    ).order_by("carer", "weekday", "from_minute")


def _holds(row: Availability, day: date, week: Week) -> bool:
    if day < row.starts_on or (row.ends_before is not None and day >= row.ends_before):
        return False
    return in_cycle(
        week,
        anchor_on=row.cycle_anchor_on,
        cycle_weeks=row.cycle_weeks,
        cycle_week=row.cycle_week,
    )


def _employed(carer: Carer, day: int) -> bool:
    started = carer.starts_on is None or carer.starts_on.toordinal() <= day
    return started and (carer.ends_before is None or day < carer.ends_before.toordinal())


def _absent_minutes(
    carers: Mapping[int, Carer], week: Week, zone: ZoneInfo
) -> dict[int, list[Window]]:
    start, end = _moments(week, zone)
    found: dict[int, list[Window]] = defaultdict(list)
    for row in absences_in(carers, week, zone):
        first = max(row.starts_at, start)
        last = end if row.ends_at is None else min(row.ends_at, end)
        found[row.carer_id].append(
            (wall_minute(first, week.starts_on, zone), wall_minute(last, week.starts_on, zone))
        )
    return found


def _joined(windows: Iterable[Window]) -> list[Window]:
    joined: list[Window] = []
    for start, end in sorted(windows):
        same_day = joined and start // DAY_MINUTES == joined[-1][0] // DAY_MINUTES
        if same_day and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _without(windows: Iterable[Window], away: Iterable[Window]) -> tuple[Window, ...]:
    left = list(windows)
    for gone_from, gone_to in away:
        cut: list[Window] = []
        for start, end in left:
            before, after = (start, min(end, gone_from)), (max(start, gone_to), end)
            cut.extend(part for part in (before, after) if part[0] < part[1])
        left = cut
    return tuple(left)
