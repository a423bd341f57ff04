"""Ring for a worker. A message that is lost does no harm: the ticker rings again."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

TASK = "backend.rota.tasks.solve_run"
# A queue that is away or frozen must not hold up the request that rings.
PATIENCE = {
    "socket_timeout": 0.5,
    "socket_connect_timeout": 0.5,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}  # times in seconds

logger = logging.getLogger(__name__)


def ring(run_id: int) -> bool:
    """Send the message for a run; return whether the queue took it."""
    with current_app.connection_for_write() as connection:
        connection.transport_options = {**connection.transport_options, **PATIENCE}
        troubles = (OperationalError, *connection.connection_errors, *connection.channel_errors)
        try:
            current_app.send_task(
                TASK, kwargs={"run_id": run_id}, connection=connection, retry=False
            )
        except troubles as error:
            logger.warning("nobody could be rung for run %s: %s", run_id, type(error).__name__)
            return False
    return True
