"""WTR-01, WTR-02: the 48-hour average over 17 weeks, and the cap of a week under an opt-out."""

from collections.abc import Iterator

from backend.rota.law.record import Finding, WorkRecord, hours_text

CODE = "WTR-01"
OPT_OUT_CODE = "WTR-02"
MINUTES_PER_HOUR = 60


def breaches(record: WorkRecord) -> Iterator[Finding]:
    """Yield an average above the limit, or with an opt-out a week above the cap."""
    worked, rules = record.clocks.working, record.rules.working_time
    if record.before.opted_out:
        cap = rules.opt_out_max_week_hours * MINUTES_PER_HOUR
        if worked > cap:
            message = f"{hours_text(worked)} hours of work; with an opt-out {hours_text(cap)}."
            yield _finding(record, OPT_OUT_CODE, "week_cap", message, worked - cap)
        return
    over = -headroom(record)
    if over > 0:
        average = hours_text(record.before.average_with(worked))
        message = (
            f"The average week becomes {average} hours; the limit is {rules.avg_hours}, "
            f"which this week passes by {hours_text(over)}."
        )
        yield _finding(record, CODE, "average", message, over)


def warnings(record: WorkRecord) -> Iterator[Finding]:
    """Yield an average that comes near, or with an opt-out passes, the limit; and a long week."""
    rules, worked = record.rules.working_time, record.clocks.working
    hours = rules.avg_hours if record.before.opted_out else rules.warn_avg_hours
    average = record.before.average_with(worked)
    is_broken = any(breaches(record))
    if record.days and average >= hours * MINUTES_PER_HOUR and not is_broken:
        left = hours_text(max(0, headroom(record)))
        message = f"The average week becomes {hours_text(average)} hours"
        message += "." if record.before.opted_out else f"; {left} are left this week."
        yield _finding(record, CODE, "average_near_limit", message, 0)
    long_week = record.rules.working_week.warn_week_hours * MINUTES_PER_HOUR
    if worked > long_week:
        message = f"A week of {hours_text(worked)} hours."
        yield _finding(record, CODE, "long_week", message, worked - long_week)


def headroom(record: WorkRecord) -> int:
    """Return the minutes left this week before the average passes its limit; may be negative."""
    limit = record.rules.working_time.avg_hours * MINUTES_PER_HOUR
    return record.before.left_of(limit) - record.clocks.working


def _finding(record: WorkRecord, code: str, kind: str, message: str, excess: int) -> Finding:
    return Finding(
        code=code,
        kind=kind,
        carer=record.carer,
        message=message,
        excess=excess,
        figures={
            "working_minutes": record.clocks.working,
            "average_minutes": round(record.before.average_with(record.clocks.working)),
            "headroom_minutes": headroom(record),
        },
    )
