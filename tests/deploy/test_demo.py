"""The real `./roundtable demo`: it starts, keeps its data, and leaves no process behind."""

import http.client
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.roundtable.journeys import READY_SIGN

ROOT = Path(__file__).resolve().parents[2]
SECOND_START = 30.0  # seconds; ten on an idle machine, but here other tests run beside it

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    # One trial for the module, so its tests stay with one of pytest's workers.
    pytest.mark.xdist_group("demo"),
]


class Trial:
    """A trial under a folder of its own, as somebody at a terminal would run it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.first_screen = ""
        self.env = {**os.environ, "ROUNDTABLE_VAR": str(folder)}
        # On SQLite and files, whatever the other tests run on.
        for name in ("DATABASE_URL", "REDIS_URL", "BROKER_URL", "DJANGO_SETTINGS_MODULE"):
            self.env.pop(name, None)

    @contextmanager
    def started(self, *options: str) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
        """Start it, and yield the process and what it said once it is ready."""
        screen = self.folder / "screen"
        with (
            screen.open("wb") as output,
            subprocess.Popen(
                [
                    *(ROOT / "roundtable", "demo", "--no-browser", "--seconds", "10"),
                    *("--port", str(free_port())),
                    *options,
                ],
                env=self.env,
                stdout=output,
                stderr=subprocess.STDOUT,
            ) as process,
        ):
            try:
                wait_until(lambda: READY_SIGN in screen.read_bytes() or process.poll() is not None)
                assert process.poll() is None, screen.read_text()
                yield process, screen.read_text()
            finally:
                process.terminate()

    def said(self) -> str:
        """Return all that it printed."""
        return (self.folder / "screen").read_text()

    def processes(self) -> dict[int, str]:
        """Return every living process that runs on this folder, with its command line."""
        mark = f"ROUNDTABLE_VAR={self.folder}\0".encode()
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (entry / "environ").read_bytes():
                    words = (entry / "cmdline").read_bytes().split(b"\0")
                    found[int(entry.name)] = b" ".join(words).decode().strip()
            except (PermissionError, FileNotFoundError, ProcessLookupError):
                continue
        return {pid: words for pid, words in found.items() if words}


def free_port() -> int:
    """Return a port of this test's own: other trials on the machine look for one from 8000 on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until(true: Callable[[], bool], seconds: float = 400) -> None:
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, f"it did not happen within {seconds} s"
        time.sleep(0.1)


def status_of(address: str) -> int:
    host = address.removeprefix("http://").rstrip("/").replace("localhost", "127.0.0.1")
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("GET", "/")
    status = connection.getresponse().status
    connection.close()
    return status


def address_in(said: str) -> str:
    found = re.search(r"http://localhost:\d+/", said)
    assert found, said
    return found.group()


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """A trial that was started once, ended with Ctrl-C, and is looked at and started again."""
    trial = Trial(tmp_path_factory.mktemp("var"))
    with trial.started() as (process, said):
        assert status_of(address_in(said)) == 200
        running = " ".join(trial.processes().values())
        for part in ("uvicorn", "--queues solver", "--queues default", "manage.py ticker"):
            assert part in running
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 128 + signal.SIGINT
    trial.first_screen = trial.said()
    return trial


def test_the_first_start_loads_builds_and_shows_figures_address_and_sign_ins(trial: Trial) -> None:
    said = trial.first_screen

    for words in ("Loading the demonstration", "Building next week's rota", "coordinator", "admin"):
        assert words in said
    assert re.search(r"\d+(\.\d+)? ?%", said)


def test_ctrl_c_ends_every_process(trial: Trial) -> None:
    wait_until(lambda: trial.processes() == {}, seconds=10)


def test_a_second_start_is_quick_and_finds_the_data(trial: Trial) -> None:
    begin = time.monotonic()
    with trial.started() as (_process, said):
        seconds = time.monotonic() - begin

    assert seconds < SECOND_START
    assert "Loading" not in said
    assert "Building" not in said
    assert "coordinator" in said


def test_a_second_trial_on_the_same_data_is_refused_with_the_address_of_the_first(
    trial: Trial,
) -> None:
    with trial.started() as (_process, said):
        second = subprocess.run(
            [ROOT / "roundtable", "demo", "--no-browser"],
            env=trial.env,
            capture_output=True,
            text=True,
            check=False,
        )

    assert second.returncode == 1
    assert f"already running: {address_in(said)}" in second.stderr


def test_a_killed_command_takes_everything_with_it(trial: Trial) -> None:
    with trial.started() as (process, _said):
        assert len(trial.processes()) >= 5

        process.kill()
        process.wait(10)

    wait_until(lambda: trial.processes() == {}, seconds=20)


def test_when_a_part_dies_it_is_named_and_everything_stops(trial: Trial) -> None:
    with trial.started() as (process, _said):
        (ticker,) = (pid for pid, words in trial.processes().items() if "ticker" in words)

        os.kill(ticker, signal.SIGKILL)

        assert process.wait(30) == 1
    assert "The ticker was ended by SIGKILL" in trial.said()
    wait_until(lambda: trial.processes() == {}, seconds=10)
