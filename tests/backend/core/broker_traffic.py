"""Writers and readers for the broker's stress test, each run in a process of its own."""

import time
from pathlib import Path
from queue import Empty

from kombu import Connection
from kombu.simple import SimpleQueue

from backend.core.broker import SCHEME, file_broker_options, register_file_broker

QUEUE = "bells"
# Every fifth message is large: those are the ones a reader of half-written files loses.
PADDING = "x" * 200_000


def connect(folder: Path) -> Connection:
    """Return a connection to the broker in `folder`."""
    register_file_broker()
    return Connection(f"{SCHEME}://", transport_options=file_broker_options(folder))


def write(folder: Path, writer: int, count: int) -> None:
    """Send `count` numbered messages."""
    with connect(folder) as connection, SimpleQueue(connection, QUEUE) as queue:
        for number in range(count):
            queue.put({"id": [writer, number], "padding": PADDING if number % 5 == 0 else ""})


def read(folder: Path, received: Path, stop: Path) -> None:
    """Note the id of every message in the file `received` until the file `stop` exists."""
    with (
        connect(folder) as connection,
        SimpleQueue(connection, QUEUE) as queue,
        received.open("w") as notes,
    ):
        while True:
            # Asked before looking, so that nothing sent before the sign is left behind.
            last_look = stop.exists()
            try:
                message = queue.get_nowait()
            except Empty:
                if last_look:
                    return
                time.sleep(0.01)
                continue
            writer, number = message.payload["id"]
            notes.write(f"{writer} {number}\n")
            message.ack()
