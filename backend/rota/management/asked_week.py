"""The week that a command is asked for."""

from datetime import date

from django.core.management.base import CommandError
from django.utils import timezone

from backend.core.periods import NotAMondayError, Week


def asked_week(monday: date | None) -> Week:
    """Return the week that begins on a Monday, or next week."""
    try:
        return Week(monday) if monday else Week.containing(timezone.localdate()).next
    except NotAMondayError as error:
        raise CommandError(str(error)) from error
