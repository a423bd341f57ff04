"""Which visits packages ask for in a week: the one place that reads lines, cycles, suspensions.

The figures of commitments count these visits, and the rota makes its visits from them, so the
hours shown and the visits planned cannot disagree.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

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

    Three queries, however many branches. Every line gives at most one visit, since a line is for
    one weekday.
    """
    where = list(branches)
    lines = _lines_of_week(where, week)
    anchors = dict(lines.filter(cycle_weeks__gt=1).values_list("pk", "cycle_anchor_on"))
    suspensions = _suspensions(where, week, zone)
    for row in lines.values_list(*_COLUMNS).iterator(chunk_size=5000):
        line = _Line._make(row)
        if line.pk in anchors and not in_cycle(
            week,
            anchor_on=anchors[line.pk],
            cycle_weeks=line.cycle_weeks,
            cycle_week=line.cycle_week,
        ):
            continue
        on = week.starts_on + timedelta(days=line.weekday)
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
    """A line as read, in the order of `_COLUMNS`; no dates, whose reading takes longest."""

    pk: int
    weekday: int
    target_minute: int
    minutes: int
    carers: int
    cycle_weeks: int
    cycle_week: int
    package: int
    client: int
    funder: int
    branch: int


_COLUMNS = (
    "pk",
    "weekday",
    "target_minute",
    "minutes",
    "carers_required",
    "cycle_weeks",
    "cycle_week",
    "package_id",
    "package__client_id",
    "package__funder_id",
    "package__client__branch_id",
)


def _lines_of_week(branches: list[Branch], week: Week) -> QuerySet[PackageLine]:
    """Return the lines that are in force, and their packages too, on their day of a week."""
    on_its_day = Q()
    for weekday, day in enumerate(week.days()):
        on_its_day |= Q(weekday=weekday) & _in_force("", day) & _in_force("package__", day)
    return PackageLine.objects.filter(on_its_day, package__client__branch__in=branches).order_by(
        "pk"
    )


def _in_force(of: str, day: date) -> Q:
    no_end = Q(**{f"{of}ends_before__isnull": True})
    return Q(**{f"{of}starts_on__lte": day}) & (no_end | Q(**{f"{of}ends_before__gt": day}))


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
