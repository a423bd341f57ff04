"""Half-open periods of dates and the wall-clock arithmetic of a local week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_MINUTES = 1440
WEEK_DAYS = 7


class NotAMondayError(ValueError):
    """A week was named by a date that is not its Monday."""


@dataclass(frozen=True, slots=True)
class Week:
    """A rota week: Monday 00:00 to the next Monday 00:00, local time.

    `starts_on` is the Monday. Minutes are wall-clock minutes since Monday 00:00, so 08:00
    stays 08:00 when the clocks change.
    """

    starts_on: date

    def __post_init__(self) -> None:
        if self.starts_on.weekday() != 0:
            message = f"a week starts on a Monday; {self.starts_on:%a %d %b %Y} is not one"
            raise NotAMondayError(message)

    @classmethod
    def containing(cls, day: date) -> "Week":
        """Return the week in which a date falls."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def ends_before(self) -> date:
        """The Monday after."""
        return self.starts_on + timedelta(days=WEEK_DAYS)

    @property
    def next(self) -> "Week":
        """The week after."""
        return Week(self.ends_before)

    def days(self) -> Iterator[date]:
        """Yield the seven dates, Monday first."""
        for offset in range(WEEK_DAYS):
            yield self.starts_on + timedelta(days=offset)

    def minute_of(self, day: date, minute: int) -> int:
        """Return minutes since Monday 00:00 of a wall-clock minute of a date."""
        return (day - self.starts_on).days * DAY_MINUTES + minute


def in_cycle(week: Week, *, anchor_on: date, cycle_weeks: int, cycle_week: int) -> bool:
    """Say whether a week is number `cycle_week` (from 1) of a cycle of `cycle_weeks`.

    Week number 1 is the one that holds `anchor_on`; the cycle runs on before it, too.
    """
    weeks_since = (week.starts_on - Week.containing(anchor_on).starts_on).days // WEEK_DAYS
    return weeks_since % cycle_weeks + 1 == cycle_week


def at_wall_minute(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the UTC moment of a wall-clock minute of a local date.

    A minute that the spring change skips means the same distance after the change (01:30
    becomes 02:30 summer time); one that happens twice in autumn means the first.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def wall_minute(moment: datetime, day: date, zone: ZoneInfo) -> int:
    """Return the wall-clock minutes of a moment since 00:00 of `day`; may be negative."""
    wall = moment.astimezone(zone).replace(tzinfo=None)
    return int((wall - datetime.combine(day, time())).total_seconds() // 60)


def clock_change(week: Week, zone: ZoneInfo) -> tuple[int, int] | None:
    """Return when a clock change falls in a week and by how much, or None.

    Returns
    -------
    tuple of int
        Wall-clock minute since Monday 00:00 at which the clock jumps, and the minutes it
        jumps: +60 forward in spring, -60 back in autumn.
    """
    for day in week.days():
        start = datetime.combine(day, time(), zone).utcoffset()
        end = datetime.combine(day + timedelta(days=1), time(), zone).utcoffset()
        if start is None or end is None or start == end:
            continue
        shift = int((end - start).total_seconds() // 60)
        for minute in range(0, DAY_MINUTES, 15):
            here = datetime.combine(day, time(), zone) + timedelta(minutes=minute)
            # The skipped hour of spring counts as after the jump, the doubled one as before it.
            here = here.replace(fold=int(shift > 0))
            if here.utcoffset() != start:
                return week.minute_of(day, minute), shift
    return None
