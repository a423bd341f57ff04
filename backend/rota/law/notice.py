"""ERA-02: how long before a visit its carer is told of it, or of a change to it."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from backend.core.periods import Week
from backend.organisation.rules import Notice
from backend.rota.law.record import Finding

CODE = "ERA-02"


def short_notices(
    changes: Iterable[tuple[int, int, int | None, datetime]], rules: Notice, now: datetime
) -> Iterator[Finding]:
    """Yield each change of which the carer is told less than the hours of notice before.

    What has begun is told for the record; notice of it can no longer be given.

    Parameters
    ----------
    changes
        Carer, visit, day of the week, and when it starts or would have started.
    """
    least = timedelta(hours=rules.short_hours)
    for carer, visit, day, starts_at in changes:
        short = least - (starts_at - now)
        if now < starts_at and short > timedelta():
            hours = (starts_at - now) // timedelta(hours=1)
            yield Finding(
                CODE,
                "short_notice",
                carer,
                f"Told {hours} hours before; notice is {rules.short_hours}.",
                visit=visit,
                day=day,
                excess=-(-short // timedelta(minutes=1)),
            )


def days_late(week: Week, rules: Notice, now: datetime, zone: ZoneInfo) -> int:
    """Return by how many days a week told for the first time now misses the target; 0: in time.

    A week told on the very day of the target is in time, one that is over for the record.
    """
    told_on = now.astimezone(zone).date()
    if told_on >= week.ends_before:
        return 0
    return max(0, rules.rota_days - (week.starts_on - told_on).days)
