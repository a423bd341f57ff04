"""The processes that make up a running Roundtable, and how each is started."""

import os
import signal
from dataclasses import dataclass

from deploy.roundtable.places import BIN, PYTHON, manage
from deploy.roundtable.processes import Command

LOCAL = "127.0.0.1,::1"
QUEUES = ("solver", "default")


@dataclass(frozen=True)
class Part:
    """One process: its name on screen and in logs, its command line."""

    name: str
    command: Command
    # Sent by the kernel when the script that started it was killed.
    killed_parent_signal: signal.Signals = signal.SIGTERM


def web(*, host: str, port: int, workers: int = 1) -> Part:
    """Return the web server."""
    options = [
        "--host", host, "--port", str(port), "--workers", str(workers),
        # Addresses may hold what people searched for; the application logs without it.
        "--no-access-log",
        # A page that follows a run keeps its connection open; stopping must not wait for it.
        "--timeout-graceful-shutdown", "2",
        # Whose word counts on where a request came from, and that it came by HTTPS.
        "--forwarded-allow-ips", os.environ.get("FORWARDED_ALLOW_IPS") or LOCAL,
    ]  # fmt: skip
    return Part("web", [BIN / "uvicorn", "backend.config.asgi:application", *options])


def worker(queue: str) -> Part:
    """Return the worker of one queue.

    Each queue has a process of its own, so that building a rota never keeps short jobs waiting.
    """
    command: Command = [
        PYTHON, "-m", "celery", "-A", "backend.config.celery", "worker",
        "--queues", queue, "--hostname", f"{queue}@%h", "--concurrency", "1", "--loglevel", "INFO",
        # Workers have nothing to tell each other: the rows in the database say it all.
        "--without-gossip", "--without-mingle", "--without-heartbeat",
    ]  # fmt: skip
    # Quit is Celery's stop that does not wait for the task; its run is resumed from the row.
    return Part(f"worker for {queue}", command, signal.SIGQUIT)


def ticker() -> Part:
    """Return the ticker, which sweeps lost work and rings again."""
    return Part("ticker", manage("ticker"))
