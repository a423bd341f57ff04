"""WTR-07 with WTR-03 to WTR-05: day, week, rests, break and nights of workers under 18."""

from collections.abc import Iterator

from backend.core.periods import DAY_MINUTES
from backend.rota.law.record import Finding, WorkRecord, hours_text, night_minutes
from backend.rota.law.weekly_rest import rests_between
from backend.rota.law.working_day import WorkingDay, clocks_of, longest_break

CODE = "WTR-07"


def breaches(record: WorkRecord) -> Iterator[Finding]:
    """Yield every limit that a young worker's week passes. No average, no opt-out."""
    if not record.is_young or not record.days:
        return
    rules = record.rules.young
    before = record.last_week[-1].end if record.last_week else -7 * DAY_MINUTES
    for day in record.days:
        if record.is_young_on(day.on):
            yield from _day(record, day, before)
        before = day.end
    over = record.clocks.working - rules.max_week_minutes
    if over > 0:
        yield _finding(record, "young_week", None, over, rules.max_week_minutes, "a week")
    missing = rules.weekly_rest_minutes - max(rests_between(record, record.days, 0))
    if missing > 0:
        yield _finding(record, "young_weekly_rest", None, missing, rules.weekly_rest_minutes, "")


def warnings(record: WorkRecord) -> Iterator[Finding]:  # noqa: ARG001  # the face
    """Yield nothing: the rule only refuses."""
    yield from ()


def _day(record: WorkRecord, day: WorkingDay, before: int) -> Iterator[Finding]:
    rules = record.rules.young
    over = clocks_of([day], record.rules).working - rules.max_day_minutes
    if over > 0:
        yield _finding(record, "young_day", day, over, rules.max_day_minutes, "a day")
    missing = rules.daily_rest_minutes - record.rested(before, day.start)
    if missing > 0:
        yield _finding(record, "young_daily_rest", day, missing, rules.daily_rest_minutes, "")
    if day.end - day.start > rules.stretch_minutes and longest_break(day) < rules.break_minutes:
        missing = rules.break_minutes - longest_break(day)
        yield _finding(record, "young_break", day, missing, rules.break_minutes, "")
    at_night = sum(
        night_minutes(stop.start, stop.end, rules.night_starts_minute, rules.night_ends_minute)
        for stop in day.stops
    )
    if at_night > 0:
        yield _finding(record, "young_night", day, at_night, 0, "")


WORDS = {
    "young_day": "{excess} above the {limit} hours {per} of a worker under 18.",
    "young_week": "{excess} above the {limit} hours {per} of a worker under 18.",
    "young_daily_rest": "Rest before this day is {excess} short of the {limit} hours under 18.",
    "young_weekly_rest": "The longest rest of the week is {excess} short of {limit} hours.",
    "young_break": "A day of a worker under 18 needs a break of {limit}; {excess} are missing.",
    "young_night": "A worker under 18 works {excess} hours at night.",
}


def _finding(
    record: WorkRecord, kind: str, day: WorkingDay | None, excess: int, limit: int, per: str
) -> Finding:
    message = WORDS[kind].format(excess=hours_text(excess), limit=hours_text(limit), per=per)
    return Finding(
        CODE,
        kind,
        record.carer,
        message,
        day=None if day is None else record.day_number(day),
        excess=excess,
        figures={"limit_minutes": limit, "excess_minutes": excess},
    )
