"""The week and the moment that the tests' rows are about."""

from datetime import UTC, date, datetime

MONDAY = date(2026, 6, 1)
"""The week that is planned by default: no clock change near."""

NOW = datetime(2026, 5, 28, 9, 0, tzinfo=UTC)
"""Thursday morning before `MONDAY`."""

LONG_AGO = date(2020, 1, 6)
"""A Monday before anything in the tests happens."""

WISH_PERIOD = date(2026, 5, 18)
"""The Monday from which the four weeks run in which members wish about `MONDAY`."""
