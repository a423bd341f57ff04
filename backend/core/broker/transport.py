"""Kombu's file-system transport, hardened so that no message is lost, doubled or seen half-written.

What kombu's own does and this one does not: write a message under its final name, so that a reader
may take it unfinished; number messages by a clock that restarts with the machine; move messages
through the system's temporary folder; write the table of bindings in place; and drop a message
without a word when no queue is bound. Kombu's can be used again when it does none of these.

A message that a killed worker had already taken is gone. That is allowed: a message only rings, the
database row is the work, and the sweep rings again.
"""

import fcntl
import os
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem, virtual
from kombu.utils.encoding import bytes_to_str, str_to_bytes
from kombu.utils.json import dumps, loads

# A file that is still half-written or half-taken after this long belongs to a process that died.
ABANDONED_AFTER = 3600  # seconds

Table = list[filesystem.exchange_queue_t]


class Channel(filesystem.Channel):  # type: ignore[misc]  # kombu has no types
    """Messages as files: `queue/` waiting, `taken/` on their way out, `control/` the bindings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._queue = Path(self.data_folder_in)
        self._taken = Path(self.processed_folder)
        for folder in (self._queue, self._taken, self.control_folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._remove_abandoned()

    def _put(self, queue: str, payload: dict[str, Any], **_kwargs: Any) -> None:
        """Add a message; readers see it whole or not at all."""
        if "/" in queue:
            raise ChannelError(f"Invalid queue name: {queue!r}")
        # The name sorts by time of writing, also across a restart of the machine.
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        _write_whole(self._queue / name, str_to_bytes(dumps(payload)))

    def _get(self, queue: str) -> dict[str, Any]:
        """Take the oldest message of a queue; of several readers exactly one gets it."""
        for name in sorted(path.name for path in self._queue.iterdir()):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = self._taken / name
            try:
                (self._queue / name).rename(taken)
            except FileNotFoundError:
                continue  # another reader was first
            content = taken.read_bytes()
            taken.unlink()
            message: dict[str, Any] = loads(bytes_to_str(content))
            return message
        raise Empty

    def _lookup(
        self, exchange: str, routing_key: str, default: str | None = None
    ) -> Collection[str]:
        queues: Collection[str] = super()._lookup(exchange, routing_key, default)
        if not queues and self.typeof(exchange).type == "direct":
            raise ChannelError(f"No queue is bound to {exchange!r} with key {routing_key!r}")
        return queues

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._change_table(exchange, lambda table: table if binding in table else [binding, *table])

    def _delete(
        self, queue: str, exchange: str, routing_key: str, pattern: str, *_args: Any, **_kw: Any
    ) -> None:
        self._purge(queue)
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._change_table(exchange, lambda table: [row for row in table if row != binding])

    def _change_table(self, exchange: str, change: Callable[[Table], Table]) -> None:
        file = self._exchange_file(exchange)
        with _locked(self.control_folder / ".lock"):
            before = self.get_table(exchange)
            after = change(before)
            if after != before:
                _write_whole(file, str_to_bytes(dumps(after)))

    def _remove_abandoned(self) -> None:
        hidden = (path for path in self._queue.iterdir() if path.name.startswith("."))
        for path in (*hidden, *self._taken.iterdir()):
            try:
                # Not the time of writing: a message may have waited long before it was taken.
                if time.time() - path.stat().st_ctime > ABANDONED_AFTER:
                    path.unlink()
            except FileNotFoundError:
                continue  # its owner is alive after all, or another process tidied first


class Transport(filesystem.Transport):  # type: ignore[misc]  # kombu has no types
    """The transport behind `roundtable-files://`."""

    Channel = Channel
    driver_type = "filesystem"
    driver_name = "roundtable-files"

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        # Kombu keeps one table of declared bindings for the whole process; a second folder in the
        # same process would then never get its bindings written.
        self.state = virtual.BrokerState()


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file under a hidden name, then give it its name in one step."""
    hidden = path.with_name(f".{uuid.uuid4().hex}.{path.name}")
    try:
        handle = os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        hidden.replace(path)
    except OSError as error:
        hidden.unlink(missing_ok=True)
        raise ChannelError(f"Cannot write {path}: {error.strerror}") from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
