"""Let the database look at its tables again after many rows were added at once."""

from django.db import connection


def refresh_statistics() -> None:
    """Tell the planner how large the tables are now.

    It learns that by itself within minutes. Until then it takes a table that has just been
    filled for an empty one, and reads thousands of rows the slow way: minutes instead of
    seconds. May be called inside a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
