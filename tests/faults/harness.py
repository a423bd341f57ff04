"""Workers, tickers and databases of their own for tests that kill, freeze and repeat.

Each `World` is a fresh database and queue; the test process looks at the same database.
"""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from backend.config.databases import database_from
from backend.rota.models import SolverRun
from deploy.roundtable.processes import dies_with_parent
from tests.faults.slow_solver import GATES

ROOT = Path(__file__).resolve().parents[2]
CREW = 2
PATIENCE = 40.0  # seconds; a busy machine is slow, what never happens shows all the same

Value = TypeVar("Value")


@dataclass
class World:
    """Processes over one database and one queue."""

    folder: Path
    addresses: dict[str, str]
    started: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    _number: int = 0

    def crew(self, size: int = CREW) -> list["subprocess.Popen[bytes]"]:
        """Return live workers, usually two; those of an earlier test serve again.

        One that has just been started may still be getting ready: whatever is rung before that
        is rung again.
        """
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < size:
            self._number += 1
            self.workers.append(self._worker(f"worker-{self._number}"))
        return self.workers

    def holder(self) -> tuple["subprocess.Popen[bytes]", int]:
        """Return the worker that has a solver at work, and the solver's process id."""

        def found() -> tuple["subprocess.Popen[bytes]", int] | None:
            pairs = [(worker, pid) for worker in self.workers for pid in children_of(worker.pid)]
            return pairs[0] if pairs else None

        pair = until(found)
        assert pair is not None
        return pair

    @property
    def gates(self) -> Path:
        """The folder in which a file lets the slow solver of a problem go on."""
        folder = self.folder / "gates"
        folder.mkdir(exist_ok=True)
        return folder

    def let_go_on(self, run: SolverRun) -> None:
        """Let a run's solver go beyond half of the visits."""
        rota = run.rota
        (self.gates / f"branch-{rota.branch_id}-{rota.week_starts_on}").touch()

    def ticker(self) -> None:
        """Start a ticker."""
        self._start("ticker", ["backend/manage.py", "ticker"])

    def log(self, process: "subprocess.Popen[bytes]") -> bytes:
        """Return what a process wrote."""
        return self._log(self.names[process.pid]).read_bytes()

    def end(self, process: "subprocess.Popen[bytes]") -> None:
        """Kill a process with its whole group."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _worker(self, name: str) -> "subprocess.Popen[bytes]":
        command = [
            "-m", "celery", "-A", "backend.config.celery", "worker", "-Q", "solver",
            "--hostname", f"{name}@test", "--loglevel", "INFO",
            "--without-gossip", "--without-mingle", "--without-heartbeat",
        ]  # fmt: skip
        return self._start(name, command)

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _start(self, name: str, command: list[str]) -> "subprocess.Popen[bytes]":
        clean = {key: value for key, value in os.environ.items() if not key.endswith("_URL")}
        environment = {
            **clean,
            **self.addresses,
            "ROUNDTABLE_VAR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            GATES: str(self.gates),
        }
        with self._log(name).open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGKILL),
            )
        self.started.append(process)
        self.names[process.pid] = name
        return process


@contextmanager
def world_on_servers(folder: Path) -> Iterator[World]:
    """Yield a world on a new database of the tests' PostgreSQL, and on their Redis."""
    server = os.environ["DATABASE_URL"]
    name = sql.Identifier(f"faults_{uuid.uuid4().hex[:12]}")
    address, _, options = server.partition("?")
    own = (
        address.rpartition("/")[0] + f"/{name.as_string()[1:-1]}" + (f"?{options}" * bool(options))
    )
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            addresses = {"DATABASE_URL": own, "REDIS_URL": os.environ["REDIS_URL"]}
            with _world(World(folder, addresses)) as world:
                yield world
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@contextmanager
def world_on_files(folder: Path) -> Iterator[World]:
    """Yield a world on SQLite and on the broker that needs no server."""
    with _world(World(folder, {})) as world:
        yield world


@contextmanager
def _world(world: World) -> Iterator[World]:
    file = world.folder / "roundtable.sqlite3"
    database = database_from(world.addresses.get("DATABASE_URL"), sqlite_file=file)
    with _connected_to(database):
        call_command("migrate", verbosity=0)
        try:
            yield world
        finally:
            for process in world.started:
                world.end(process)


@contextmanager
def _connected_to(database: dict[str, Any]) -> Iterator[None]:
    """Have Django in this process use another database for a while."""
    usual = connections.settings["default"]
    kept = connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": database})[
        "default"
    ]
    del connections["default"]
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = usual
        connections["default"] = kept
        ContentType.objects.clear_cache()


def until(true: Callable[[], Value], patience: float = PATIENCE) -> Value:
    """Wait until something is true; return what it then is."""
    give_up = time.monotonic() + patience
    while not (value := true()):
        assert time.monotonic() < give_up, f"it did not happen within {patience} s"
        time.sleep(0.05)
    return value


def children_of(pid: int) -> list[int]:
    """Return the processes that a process started."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(word) for word in found.split()]


def is_running(pid: int) -> bool:
    """Say whether a process runs; one that waits to be buried does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@dataclass
class CostWatch:
    """Notes every best cost that was ever seen of a run, in order."""

    run_id: int
    seen: list[float] = field(default_factory=list)

    def look(self) -> SolverRun:
        """Read the run."""
        row = SolverRun.objects.defer("problem", "checkpoint").get(pk=self.run_id)
        if row.best_cost is not None and (not self.seen or self.seen[-1] != row.best_cost):
            self.seen.append(row.best_cost)
        return row

    def until(self, true: Callable[[SolverRun], object]) -> SolverRun:
        """Look again and again until something is true of the run."""

        def looked() -> SolverRun | None:
            row = self.look()
            return row if true(row) else None

        found = until(looked)
        assert found is not None
        return found
