"""WTR-04: the long rest of a fortnight, where the co-operative has chosen that.

One day in each week is the rota's own rule (H6) and is not said twice here.
"""

from collections.abc import Iterator, Sequence

from backend.core.periods import DAY_MINUTES
from backend.rota.law.record import Finding, WorkRecord, hours_text
from backend.rota.law.working_day import WorkingDay

CODE = "WTR-04"
FORTNIGHT_STARTS = -7 * DAY_MINUTES
WEEK_ENDS = 7 * DAY_MINUTES
DAY_OF_REST = DAY_MINUTES


def breaches(record: WorkRecord) -> Iterator[Finding]:
    """Yield the missing rest of the fortnight that ends with the week."""
    mode = record.rules.working_week.weekly_rest_mode
    if mode == "7d_24h" or not record.days:
        return
    rests = rests_between(record, (*record.last_week, *record.days), FORTNIGHT_STARTS)
    missing = missing_rest(rests, mode)
    if missing > 0:
        wanted = "48 hours of rest together" if mode == "14d_48h" else "two rests of 24 hours"
        message = f"{wanted} in a fortnight are missing by {hours_text(missing)}."
        yield Finding(
            CODE,
            "weekly_rest",
            record.carer,
            message[0].upper() + message[1:],
            excess=missing,
            figures={"missing_minutes": missing},
        )


def warnings(record: WorkRecord) -> Iterator[Finding]:  # noqa: ARG001  # the face
    """Yield nothing: the rule only refuses."""
    yield from ()


def rests_between(record: WorkRecord, days: Sequence[WorkingDay], since: int) -> list[int]:
    """Return the rests from a minute until the week's end, in order of time."""
    rests, before = [], since
    for day in days:
        rests.append(record.rested(before, day.start))
        before = day.end
    return [*rests, record.rested(before, WEEK_ENDS)]


def missing_rest(rests: Sequence[int], mode: str) -> int:
    """Return how many minutes the rests lack; a rest of two days holds two of one day each."""
    if mode == "14d_48h":
        return 2 * DAY_OF_REST - max(rests)
    longest = sorted((min(rest, 2 * DAY_OF_REST) for rest in rests), reverse=True)
    if longest[0] >= 2 * DAY_OF_REST:
        return 0
    first, second = (min(rest, DAY_OF_REST) for rest in [*longest, 0][:2])
    return 2 * DAY_OF_REST - first - second
