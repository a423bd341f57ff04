"""Real Celery workers over the serverless broker run every task once, soon, and stop in order."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TASKS = 60


@contextmanager
def worker(folder: Path, name: str) -> Iterator["subprocess.Popen[bytes]"]:
    command = [
        sys.executable, "-m", "celery", "-A", "tests.backend.core.broker_tasks", "worker",
        "--hostname", f"{name}@test", "--concurrency", "1", "--loglevel", "INFO",
        "--without-gossip", "--without-mingle", "--without-heartbeat",
    ]  # fmt: skip
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "BROKER_TEST_FOLDER": str(folder)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(lambda: b"ready." in (folder / f"{name}.log").read_bytes())
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait_until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 30
    while not true():
        assert time.monotonic() < give_up, "it did not happen within 30 s"
        time.sleep(0.05)


def lines(folder: Path) -> list[list[str]]:
    return [line.split() for file in folder.glob("ran-*") for line in file.read_text().splitlines()]


def send(folder: Path, numbers: range, *, pause: float = 0.0) -> None:
    """Send from a process of its own, as the web server would."""
    code = (
        "import sys, time\n"
        "from tests.backend.core.broker_tasks import note\n"
        "first, last, pause = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])\n"
        "for number in range(first, last):\n"
        "    note.delay(number=number, sent_at=time.time())\n"
        "    time.sleep(pause)\n"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(numbers.start), str(numbers.stop), str(pause)],
        cwd=ROOT,
        env={**os.environ, "BROKER_TEST_FOLDER": str(folder)},
        check=True,
    )


@pytest.mark.slow
def test_two_workers_share_the_tasks_and_start_them_within_a_breath(tmp_path: Path) -> None:
    with ExitStack() as stack:
        processes = [stack.enter_context(worker(tmp_path, name)) for name in ("one", "two")]

        send(tmp_path, range(TASKS))
        wait_until(lambda: len(lines(tmp_path)) >= TASKS)
        send(tmp_path, range(TASKS, TASKS + 10), pause=0.15)
        wait_until(lambda: len(lines(tmp_path)) >= TASKS + 10)
        time.sleep(0.3)  # a doubled task would show now

    assert [process.returncode for process in processes] == [0, 0]
    ran = lines(tmp_path)
    assert Counter(int(number) for number, _ in ran) == Counter(range(TASKS + 10))
    waits = sorted(float(wait) for number, wait in ran if int(number) >= TASKS)
    assert waits[len(waits) // 2] < 0.5


@pytest.mark.slow
def test_what_was_sent_while_no_worker_ran_is_done_later(tmp_path: Path) -> None:
    send(tmp_path, range(5))

    with worker(tmp_path, "late"):
        wait_until(lambda: len(lines(tmp_path)) >= 5)

    assert sorted(int(number) for number, _ in lines(tmp_path)) == list(range(5))
    assert list((tmp_path / "broker" / "queue").iterdir()) == []
