"""Once a second: sweep runs whose worker fell silent, ring for those that wait."""

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, connection

from backend.rota.solver.ticker import Ticker

EVERY_SECONDS = 1.0

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run until told to stop. Needs the database only; a queue that is away is rung later."""

    help = "Once a second: sweep runs whose worker fell silent, ring for those that wait."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tick until SIGTERM or SIGINT."""
        stop = threading.Event()

        def ask(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, ask)
        tick_until(stop, Ticker())


def tick_until(stop: threading.Event, ticker: Ticker) -> None:
    """Tick once a second until `stop` is set; a database that is away is tried again."""
    is_away = False
    while not stop.is_set():
        try:
            ticker.tick()
            is_away = False
        except (DatabaseError, InterfaceError) as error:
            if not is_away:
                logger.warning("the database is away: %s", type(error).__name__)
            is_away = True
            connection.close()
        stop.wait(EVERY_SECONDS)
