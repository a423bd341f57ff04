"""The one clock that decides whether something was in time: the database's."""

from datetime import UTC, datetime

from django.db import connection


def database_now() -> datetime:
    """Return the moment by the database's clock, also within a transaction, in UTC.

    Web servers may be minutes apart; what asks the same database agrees.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            moment: datetime = cursor.fetchone()[0]
            return moment.astimezone(UTC)
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)
