"""Which visits packages ask for in a week: the one place that reads lines, cycles, suspensions.

The figures of commitments count these visits, and the rota makes its visits from them, so the
hours shown and the visits planned cannot disagree.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from django.db.models import Q

from backend.clients.models import PackageLine, PackageSuspension
from backend.core.periods import Week, at_wall_minute, in_cycle
from backend.organisation.models import Branch

Suspensions: TypeAlias = dict[int, list[tuple[datetime, datetime | None]]]


class OwedVisit(NamedTuple):
    """One visit that a package line asks for on a date.

    `is_suspended`: the client is away at its target, so nobody is to come. A named tuple and
    not a dataclass, since a whole organisation's week has tens of thousands.
    """

    branch: int
    client: int
    package: int
    funder: int
    line: int
    on: date
    target_minute: int
    minutes: int
    carers: int
    is_suspended: bool

    @property
    def carer_minutes(self) -> int:
        """Minutes of care: length times carers."""
        return self.minutes * self.carers


def owed_visits(branches: Iterable[Branch], week: Week, zone: ZoneInfo) -> Iterator[OwedVisit]:
    """Yield what the packages of `branches` ask for in a week, by line.

    Two queries, however many branches. Every line gives at most one visit, since a line is for
    one weekday.
    """
    where = list(branches)
    suspensions = _suspensions(where, week, zone)
    for line in _lines_of_week(where, week):
        on = week.starts_on + timedelta(days=line.weekday)
        if not _asks_on(line, on, week):
            continue
        away = suspensions.get(line.package)
        yield OwedVisit(
            branch=line.branch,
            client=line.client,
            package=line.package,
            funder=line.funder,
            line=line.pk,
            on=on,
            target_minute=line.target_minute,
            minutes=line.minutes,
            carers=line.carers,
            is_suspended=away is not None
            and _is_away(away, at_wall_minute(on, line.target_minute, zone)),
        )


class _Line(NamedTuple):
    """A line as read, in the order of `_COLUMNS`."""

    pk: int
    weekday: int
    target_minute: int
    minutes: int
    carers: int
    starts_on: date
    ends_before: date | None
    cycle_anchor_on: date
    cycle_weeks: int
    cycle_week: int
    package: int
    package_starts_on: date
    package_ends_before: date | None
    client: int
    funder: int
    branch: int


_COLUMNS = (
    "pk",
    "weekday",
    "target_minute",
    "minutes",
    "carers_required",
    "starts_on",
    "ends_before",
    "cycle_anchor_on",
    "cycle_weeks",
    "cycle_week",
    "package_id",
    "package__starts_on",
    "package__ends_before",
    "package__client_id",
    "package__funder_id",
    "package__client__branch_id",
)


def _lines_of_week(branches: list[Branch], week: Week) -> Iterator[_Line]:
    rows = (
        PackageLine.objects.filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=week.starts_on),
            Q(package__ends_before__isnull=True) | Q(package__ends_before__gt=week.starts_on),
            starts_on__lt=week.ends_before,
            package__starts_on__lt=week.ends_before,
            package__client__branch__in=branches,
        )
        .order_by("pk")
        .values_list(*_COLUMNS)
    )
    return map(_Line._make, rows.iterator(chunk_size=5000))


def _asks_on(line: _Line, on: date, week: Week) -> bool:
    in_force = line.starts_on <= on and (line.ends_before is None or on < line.ends_before)
    agreed = line.package_starts_on <= on and (
        line.package_ends_before is None or on < line.package_ends_before
    )
    # Nearly every line is for every week; the arithmetic of cycles is left out for those.
    return (
        in_force
        and agreed
        and (
            line.cycle_weeks == 1
            or in_cycle(
                week,
                anchor_on=line.cycle_anchor_on,
                cycle_weeks=line.cycle_weeks,
                cycle_week=line.cycle_week,
            )
        )
    )


def _suspensions(branches: list[Branch], week: Week, zone: ZoneInfo) -> Suspensions:
    # A day more on both sides: the exact moments are compared visit by visit.
    start = datetime.combine(week.starts_on, time(), zone).astimezone(UTC) - timedelta(days=1)
    end = datetime.combine(week.ends_before, time(), zone).astimezone(UTC) + timedelta(days=1)
    found: Suspensions = defaultdict(list)
    for package, starts_at, ends_at in PackageSuspension.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=start),
        starts_at__lt=end,
        package__client__branch__in=branches,
    ).values_list("package_id", "starts_at", "ends_at"):
        found[package].append((starts_at, ends_at))
    return found


def _is_away(periods: list[tuple[datetime, datetime | None]], moment: datetime) -> bool:
    return any(
        starts_at <= moment and (ends_at is None or moment < ends_at)
        for starts_at, ends_at in periods
    )
