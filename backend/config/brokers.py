"""Celery's broker settings: Redis where there is one, otherwise files in a folder."""

from pathlib import Path
from typing import Any

from backend.core.broker import file_broker_options, register_file_broker

# The longest a lost message lies unseen; the ticker rings sooner, so this is a second net.
REDIS_OPTIONS = {
    "visibility_timeout": 300,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    "health_check_interval": 15,
}


def broker_settings(address: str | None, var: Path) -> dict[str, Any]:
    """Return the Celery settings for a broker address; None means files under `var`."""
    if address and not address.startswith("roundtable-files:"):
        return {"CELERY_BROKER_URL": address, "CELERY_BROKER_TRANSPORT_OPTIONS": REDIS_OPTIONS}
    register_file_broker()
    return {
        "CELERY_BROKER_URL": "roundtable-files://",
        "CELERY_BROKER_TRANSPORT_OPTIONS": file_broker_options(var / "broker"),
    }
