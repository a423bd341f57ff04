"""Ring for a worker. A message that is lost does no harm: the ticker rings again."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

TASK = "backend.rota.tasks.solve_run"
OUTCOMES_TASK = "backend.rota.tasks.work_out_wishes"
POLICY_WEEK_TASK = "backend.rota.tasks.look_at_policy_week"
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
    return _sent(TASK, run_id=run_id)


def ring_for_outcomes(publication_id: int) -> bool:
    """Send the message for the wishes of a publication; return whether the queue took it."""
    return _sent(OUTCOMES_TASK, publication_id=publication_id)


def ring_for_policy_week(policy_week_id: int) -> bool:
    """Send the message for a week of a policy's promise; return whether the queue took it."""
    return _sent(POLICY_WEEK_TASK, policy_week_id=policy_week_id)


def _sent(task: str, **what: int) -> bool:
    with current_app.connection_for_write() as connection:
        connection.transport_options = {**connection.transport_options, **PATIENCE}
        troubles = (OperationalError, *connection.connection_errors, *connection.channel_errors)
        try:
            current_app.send_task(task, kwargs=what, connection=connection, retry=False)
        except troubles as error:
            logger.warning("nobody could be rung for %s: %s", what, type(error).__name__)
            return False
    return True
