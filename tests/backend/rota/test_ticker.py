"""The ticker rings for runs that nobody takes, without flooding the queue or needing it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from backend.config.celery import app
from backend.rota.management.commands import ticker as command
from backend.rota.models import RunState, SolverRun
from backend.rota.solver.bell import ring
from backend.rota.solver.ticker import Ticker
from tests.backend.factories.rota import SolverRunFactory

pytestmark = pytest.mark.django_db


class Bell:
    """Notes for whom it was rung, and when."""

    def __init__(self, clock: "Clock | None" = None) -> None:
        self.clock = clock or Clock()
        self.rung: list[tuple[int, float]] = []

    def __call__(self, run_id: int) -> bool:
        """Take note."""
        self.rung.append((run_id, self.clock()))
        return True


class Clock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def test_a_new_run_is_rung_again_only_when_nobody_came_and_then_ever_more_slowly() -> None:
    run = SolverRunFactory()
    clock = Clock()
    bell = Bell(clock)
    ticker = Ticker(rings=bell, clock=clock)

    for _ in range(120):
        ticker.tick()
        clock.now += 1

    rung = [moment for _, moment in bell.rung]
    gaps = [later - earlier for earlier, later in pairwise(rung)]
    assert {run_id for run_id, _ in bell.rung} == {run.pk}
    assert rung[0] == 1003.0
    assert gaps == [3, 6, 12, *[20] * (len(gaps) - 3)]


def test_a_run_that_came_back_from_a_dead_worker_is_rung_at_once() -> None:
    run = SolverRunFactory(claims=1)
    bell = Bell()

    Ticker(rings=bell).tick()

    assert [run_id for run_id, _ in bell.rung] == [run.pk]


def test_a_run_that_is_being_solved_is_not_rung() -> None:
    SolverRunFactory(state=RunState.RUNNING)
    bell = Bell()

    Ticker(rings=bell).tick()

    assert bell.rung == []


@pytest.fixture
def frozen_server() -> Iterator[int]:
    """The port of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("state", ["gone", "frozen"])
def test_a_queue_that_is_away_holds_up_nobody_for_long(state: str, frozen_server: int) -> None:
    port = 1 if state == "gone" else frozen_server
    usual = app.conf.broker_url
    app.conf.broker_url = app.conf.broker_write_url = f"redis://127.0.0.1:{port}/0"
    began = time.monotonic()
    try:
        assert ring(SolverRunFactory().pk) is False
    finally:
        app.conf.broker_url = app.conf.broker_write_url = usual

    # Half a second for each of two tries, and what a busy machine adds; it was four and seven.
    assert time.monotonic() - began < 3.5


def test_a_database_that_is_away_for_a_moment_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop = threading.Event()
    ticks: list[int] = []

    class Shaky(Ticker):
        def tick(self) -> None:
            ticks.append(1)
            if len(ticks) == 1:
                raise OperationalError("away")
            stop.set()

    monkeypatch.setattr(command, "EVERY_SECONDS", 0.01)
    monkeypatch.setattr(connection, "close", lambda: None)

    command.tick_until(stop, Shaky())

    assert len(ticks) == 2


def test_the_ticker_ends_at_once_when_it_is_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()
    monkeypatch.setattr(command, "EVERY_SECONDS", 60.0)
    try:
        call_command("ticker")
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)

    assert not SolverRun.objects.exists()


def test_neither_web_server_nor_worker_loads_what_only_the_solver_needs() -> None:
    code = "import sys, django; django.setup(); import backend.rota.tasks; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert "backend.rota.tasks" in loaded
    assert "ortools" not in loaded
