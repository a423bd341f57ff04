"""Section 9.1, visa hours: the most a visa allows from Monday to Sunday, in term for students."""

from collections.abc import Iterator

from backend.rota.law.record import Finding, WorkRecord, hours_text

CODE = "VISA"


def breaches(record: WorkRecord) -> Iterator[Finding]:
    """Yield a week with more paid time than the visa allows."""
    if record.visa_minutes is None:
        return
    over = record.clocks.paid - record.visa_minutes
    if over > 0:
        message = (
            f"{hours_text(record.clocks.paid)} hours of paid time; "
            f"the visa allows {hours_text(record.visa_minutes)} a week."
        )
        figures = {"paid_minutes": record.clocks.paid, "limit_minutes": record.visa_minutes}
        yield Finding(CODE, "visa_hours", record.carer, message, excess=over, figures=figures)


def warnings(record: WorkRecord) -> Iterator[Finding]:  # noqa: ARG001  # the face
    """Yield nothing: the rule only refuses."""
    yield from ()
