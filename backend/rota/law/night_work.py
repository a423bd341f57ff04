"""WTR-06: nights of night workers: the average, the absolute limit, the health assessment."""

from collections.abc import Iterator
from datetime import date

from backend.core.periods import DAY_MINUTES, WEEK_DAYS
from backend.rota.law.record import Finding, WorkRecord, hours_text, night_minutes
from backend.rota.law.working_day import WorkingDay, work_spells

CODE = "WTR-06"
WORKED_DAYS = WEEK_DAYS - 1
"""The average counts days without the weekly day of rest (regulation 6(5))."""


def breaches(record: WorkRecord) -> Iterator[Finding]:
    """Yield an average night above the limit, 24 hours with too much work, and, where the
    co-operative refuses it, night visits without a health assessment.
    """
    if record.is_night_worker:
        yield from _average(record)
    if record.is_night_worker and record.has_night_hazard:
        yield from _too_much_in_a_day(record)
    if record.rules.nights.assessment == "hard":
        yield from _without_assessment(record)


def warnings(record: WorkRecord) -> Iterator[Finding]:
    """Yield night visits without a health assessment, where that does not refuse them."""
    if record.rules.nights.assessment == "warn":
        yield from _without_assessment(record)


def weekly_minutes(average_hours: int) -> int:
    """Return what an average of hours for each worked day is in a week."""
    return average_hours * 60 * WORKED_DAYS


def _average(record: WorkRecord) -> Iterator[Finding]:
    limit = weekly_minutes(record.rules.nights.average_hours)
    over = record.clocks.working - record.before.left_of(limit)
    if over > 0:
        average = record.before.average_with(record.clocks.working) / WORKED_DAYS
        message = (
            f"Works nights {hours_text(average)} hours a day on average; "
            f"the limit is {record.rules.nights.average_hours}."
        )
        figures = {"average_minutes": round(average)}
        yield Finding(CODE, "night_average", record.carer, message, excess=over, figures=figures)


def _too_much_in_a_day(record: WorkRecord) -> Iterator[Finding]:
    limit = record.rules.nights.hazard_hours * 60
    nights = [day for day in record.days if _at_night(record, day)]
    if not nights:
        return
    days = (*record.last_week[-1:], *record.days)
    spells = [spell for day in days for spell in work_spells(day, record.rules)]
    for day in nights:
        most = max(
            _worked_within(spells, start, start + DAY_MINUTES)
            for start, _ in spells
            if start - DAY_MINUTES < day.end and day.start < start + DAY_MINUTES
        )
        if most > limit:
            message = (
                f"{hours_text(most)} hours of work in 24 around a night with a special hazard; "
                f"the limit is {record.rules.nights.hazard_hours}."
            )
            yield Finding(
                CODE,
                "night_hazard",
                record.carer,
                message,
                day=record.day_number(day),
                excess=most - limit,
                figures={"worked_minutes": most},
            )


def _worked_within(spells: list[tuple[int, int]], start: int, end: int) -> int:
    return sum(max(0, min(b, end) - max(a, start)) for a, b in spells)


def _without_assessment(record: WorkRecord) -> Iterator[Finding]:
    done, months = record.night_assessed_on, record.rules.nights.assessment_months
    for day in record.days:
        if not _at_night(record, day):
            continue
        if done is None or day.on >= months_later(done, months):
            message = f"Visits at night, and no health assessment of the last {months} months."
            first = next(s for s in day.stops if _stop_at_night(record, s.start, s.end))
            yield Finding(
                CODE,
                "night_assessment",
                record.carer,
                message,
                visit=first.visit,
                day=record.day_number(day),
                excess=1,
            )


def months_later(on: date, months: int) -> date:
    """Return the same day so many months later; the last of the month where there is none."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    for day in range(on.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, on.day)


def _at_night(record: WorkRecord, day: WorkingDay) -> bool:
    return any(_stop_at_night(record, stop.start, stop.end) for stop in day.stops)


def _stop_at_night(record: WorkRecord, start: int, end: int) -> bool:
    nights = record.rules.nights
    return night_minutes(start, end, nights.starts_minute, nights.ends_minute) > 0
