"""NICE-01: a visit shorter than half an hour needs a reason and a date on which it was agreed."""

from datetime import date

from backend.core.errors import RefusalError
from backend.organisation.rules import Quality


class ShortVisitError(RefusalError):
    """A line is shorter than the rules allow without a reason and a date of agreement.

    `minimum_minutes` is the length from which none is needed.
    """

    code = "clients.short_visit_needs_reason"


def check_short_visit(*, minutes: int, reason: str, agreed_on: date | None, rules: Quality) -> None:
    """Refuse a short line that does not say why and when it was agreed.

    Raises
    ------
    ShortVisitError
        The reason or the date is missing.
    """
    if minutes < rules.min_visit_min and not (reason.strip() and agreed_on):
        raise ShortVisitError(minutes=minutes, minimum_minutes=rules.min_visit_min)
