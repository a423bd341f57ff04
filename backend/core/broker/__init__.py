"""A broker that needs no server: Celery's messages as files in one folder, for a trial."""

from pathlib import Path
from typing import Any

SCHEME = "roundtable-files"


def register_file_broker() -> None:
    """Teach kombu the broker address `roundtable-files://`; the second call changes nothing.

    Kombu takes no class path in a broker address, so the scheme is added to its table of names.
    """
    from kombu.transport import TRANSPORT_ALIASES

    TRANSPORT_ALIASES[SCHEME] = "backend.core.broker.transport:Transport"


def file_broker_options(folder: Path) -> dict[str, Any]:
    """Return Celery's `broker_transport_options` for a broker that lives in `folder`.

    Nothing is created here; the folders appear, for their owner only, at the first connection.
    """
    queue = str(folder / "queue")
    return {
        "data_folder_in": queue,
        "data_folder_out": queue,
        # Beside the queue, so that taking a message is one rename within one file system.
        "processed_folder": str(folder / "taken"),
        "store_processed": True,
        "control_folder": str(folder / "control"),
        # Seconds. A task starts within a tenth of a second, for 0.2 % of a core.
        "polling_interval": 0.1,
    }
