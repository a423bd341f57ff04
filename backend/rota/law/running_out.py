"""Section 9.1 and 9.2: checks and training that run out soon, or a DBS that has lapsed."""

from collections.abc import Iterator

from backend.rota.law.record import Finding, RunsOut, WorkRecord

CODE = "REG-19"


def breaches(record: WorkRecord) -> Iterator[Finding]:
    """Yield a lapsed DBS check, where the co-operative refuses work without one."""
    if record.rules.checks.dbs == "hard" and record.days:
        yield from _lapsed_dbs(record)


def warnings(record: WorkRecord) -> Iterator[Finding]:
    """Yield what runs out soon after the week's Monday, for carers who work in it."""
    if not record.days:
        return
    if record.rules.checks.dbs == "warn":
        yield from _lapsed_dbs(record)
    checks, monday = record.rules.checks, record.week.starts_on
    for row in record.running_out:
        left = (row.before - monday).days
        if row.kind == "right_to_work" and 0 <= left <= checks.right_to_work_warn_days:
            message = f"The right to work must be checked again within {left} days."
            yield _finding(record, "right_to_work_ends", message, row)
        if row.kind == "training" and 0 <= left <= checks.training_warn_days:
            message = f"Training runs out within {left} days; {_at_stake(row.visits)}."
            yield _finding(record, "training_ends", message, row)


def _at_stake(visits: int) -> str:
    match visits:
        case 0:
            return "no visit of the week needs it after that"
        case 1:
            return "1 visit is at stake"
    return f"{visits} visits are at stake"


def _lapsed_dbs(record: WorkRecord) -> Iterator[Finding]:
    for row in record.running_out:
        if row.kind == "dbs" and any(day.on >= row.before for day in record.days):
            yield _finding(record, "dbs_lapsed", "The criminal record check has lapsed.", row)


def _finding(record: WorkRecord, kind: str, message: str, row: RunsOut) -> Finding:
    figures: dict[str, int | str] = {"ends_before": row.before.isoformat(), "visits": row.visits}
    return Finding(CODE, kind, record.carer, message, excess=1, figures=figures)
