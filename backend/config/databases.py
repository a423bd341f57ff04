"""Database settings from an address: SQLite for a first try, PostgreSQL in production."""

from pathlib import Path
from typing import Any

import environ

# Without these, processes that write at the same time meet "database is locked".
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": ("PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"),
}


def database_from(address: str | None, *, sqlite_file: Path) -> dict[str, Any]:
    """Return Django's settings for `address` (a database URL), or for an SQLite file."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(sqlite_file),
            "OPTIONS": SQLITE_OPTIONS,
        }
    settings: dict[str, Any] = environ.Env.db_url_config(address)
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = SQLITE_OPTIONS
    else:
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
    return settings
