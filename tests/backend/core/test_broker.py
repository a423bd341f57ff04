"""The serverless broker keeps every message, once, in order and away from other people's eyes."""

import os
import stat
import time
from collections import Counter
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection, Exchange, Producer, Queue
from kombu.exceptions import ChannelError
from kombu.simple import SimpleQueue

from backend.core.broker.transport import ABANDONED_AFTER
from tests.backend.core.broker_traffic import QUEUE, connect, read, write

WRITERS, READERS, EACH = 4, 3, 400
EXCHANGES = 60


def queued(folder: Path) -> list[Path]:
    return sorted((folder / "queue").iterdir())


def test_a_crowd_of_writers_and_readers_loses_and_doubles_nothing(tmp_path: Path) -> None:
    processes = get_context("spawn")
    stop = tmp_path / "stop"
    received = [tmp_path / f"received-{reader}" for reader in range(READERS)]
    readers = [
        processes.Process(target=read, args=(tmp_path / "b", file, stop)) for file in received
    ]
    writers = [
        processes.Process(target=write, args=(tmp_path / "b", n, EACH)) for n in range(WRITERS)
    ]

    for process in (*readers, *writers):
        process.start()
    for process in writers:
        process.join(120)
    stop.touch()
    for process in readers:
        process.join(120)

    assert [process.exitcode for process in (*writers, *readers)] == [0] * (WRITERS + READERS)
    seen = Counter(line for file in received for line in file.read_text().splitlines())
    assert seen == Counter(f"{w} {n}" for w in range(WRITERS) for n in range(EACH))
    assert queued(tmp_path / "b") == []
    assert list((tmp_path / "b" / "taken").iterdir()) == []


def test_messages_arrive_in_the_order_of_sending_also_after_a_restart_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The clock since start-up is small again after a restart; the wall clock is not.
    since_start = iter([9_000_000.0, 3.0, 4.0])
    monkeypatch.setattr("kombu.transport.filesystem.monotonic", lambda: next(since_start))
    with connect(tmp_path) as connection, SimpleQueue(connection, QUEUE) as queue:
        for word in ("before", "after", "later"):
            queue.put(word)

        assert [queue.get_nowait().payload for _ in range(3)] == ["before", "after", "later"]


def test_a_half_written_message_is_not_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen_while_writing = []
    sync = os.fsync

    def look_then_sync(handle: int) -> None:
        with connect(tmp_path) as other, SimpleQueue(other, QUEUE) as queue:
            try:
                seen_while_writing.append(queue.get_nowait())
            except Empty:
                seen_while_writing.append(None)
        sync(handle)

    with connect(tmp_path) as connection, SimpleQueue(connection, QUEUE) as queue:
        queue.queue.declare()
        monkeypatch.setattr("os.fsync", look_then_sync)
        queue.put("whole")
        monkeypatch.undo()

        assert seen_while_writing == [None]
        assert queue.get_nowait().payload == "whole"


def test_a_full_disk_is_reported_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with connect(tmp_path) as connection, SimpleQueue(connection, QUEUE) as queue:
        queue.queue.declare()
        monkeypatch.setattr("os.fsync", no_space)

        with pytest.raises(ChannelError, match="No space left on device"):
            queue.put("lost")

    assert queued(tmp_path) == []


def test_an_unacknowledged_message_returns_when_its_reader_stops(tmp_path: Path) -> None:
    with connect(tmp_path) as connection, SimpleQueue(connection, QUEUE) as queue:
        queue.put("again")
    with connect(tmp_path) as connection, SimpleQueue(connection, QUEUE) as queue:
        queue.get_nowait()  # and never acknowledged
    with connect(tmp_path) as connection, SimpleQueue(connection, QUEUE) as queue:
        message = queue.get_nowait()

        assert message.payload == "again"
        message.ack()


def test_a_message_for_no_queue_is_refused_instead_of_dropped(tmp_path: Path) -> None:
    with connect(tmp_path) as connection, connection.channel() as channel:
        producer = Producer(channel, exchange=Exchange("solver", type="direct"))

        with pytest.raises(ChannelError, match="No queue is bound to 'solver'"):
            producer.publish({"id": 1}, routing_key="nobody")


def test_a_second_folder_in_the_same_process_gets_its_own_bindings(tmp_path: Path) -> None:
    exchange = Exchange("solver", type="direct")
    solver = Queue("solver", exchange, routing_key="solver")

    for folder in (tmp_path / "one", tmp_path / "two"):
        with connect(folder) as connection, connection.channel() as channel:
            Producer(channel).publish(
                {"id": 1}, exchange=exchange, routing_key="solver", declare=[solver]
            )

        assert len(queued(folder)) == 1


def bind_everywhere(folder: Path, queue: str, together: Barrier) -> None:
    with connect(folder) as connection, connection.channel() as channel:
        for number in range(EXCHANGES):
            together.wait(60)
            exchange = Exchange(f"exchange{number}", type="direct")
            Queue(queue, exchange, routing_key=queue)(channel).declare()


def test_processes_that_bind_at_the_same_time_keep_each_others_bindings(tmp_path: Path) -> None:
    context, queues = get_context("spawn"), {"default", "solver", "notify"}
    together = context.Barrier(len(queues))
    processes = [
        context.Process(target=bind_everywhere, args=(tmp_path, queue, together))
        for queue in queues
    ]

    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0]
    with connect(tmp_path) as connection, connection.channel() as channel:
        for number in range(EXCHANGES):
            assert {row.queue for row in channel.get_table(f"exchange{number}")} == queues


def test_only_the_owner_can_look_into_the_folders(tmp_path: Path) -> None:
    folder = tmp_path / "broker"
    with connect(folder) as connection, SimpleQueue(connection, QUEUE) as queue:
        queue.put("private")

        for part in ("queue", "taken", "control"):
            assert stat.S_IMODE((folder / part).stat().st_mode) == 0o700
        assert [stat.S_IMODE(file.stat().st_mode) for file in queued(folder)] == [0o600]


def test_what_a_dead_process_left_is_removed_but_not_what_is_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_channel(folder: Path) -> None:
        with connect(folder) as connection, connection.channel():
            pass

    open_channel(tmp_path)
    leftovers = [tmp_path / "queue" / ".half", tmp_path / "taken" / "1.bells.msg"]
    for file in leftovers:
        file.write_text("{")

    open_channel(tmp_path)
    assert all(file.exists() for file in leftovers)

    later = time.time() + ABANDONED_AFTER + 1
    monkeypatch.setattr("backend.core.broker.transport.time.time", lambda: later)
    open_channel(tmp_path)
    assert not any(file.exists() for file in leftovers)


def test_an_unknown_scheme_is_not_registered_by_accident() -> None:
    with pytest.raises(KeyError, match="No such transport"), Connection("other-files://") as other:
        other.connect()
