"""`./roundtable demo`: a trial on this machine, from nothing to a built rota and sign-ins."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from deploy.roundtable.parts import QUEUES, ticker, web, worker
from deploy.roundtable.places import logs, manage, var
from deploy.roundtable.processes import child, ending, tail
from deploy.roundtable.setup import setup
from deploy.roundtable.supervise import Running, together
from deploy.roundtable.terminal import FailureError, say, step
from deploy.roundtable.trial import Trial, trial_file

HOST = "127.0.0.1"
FIRST_PORT = 8000
READY_WITHIN = 60  # seconds
UP_TO_DATE = "No migrations to apply"


@dataclass(frozen=True)
class DemoOptions:
    """What was asked for on the command line; `port` None takes the first free one from 8000."""

    reset: bool
    all_branches: bool
    port: int | None
    browser: bool
    seconds: int


def demo(options: DemoOptions) -> int:
    """Run the trial until Ctrl-C; the data stays under `var/` for the next start."""
    begin = time.monotonic()
    setup()
    with _only_one(), ExitStack() as stack:
        if options.reset:
            _forget()
        _port(options.port)  # a taken one is said before the long part
        trial = _prepare(options)
        running = stack.enter_context(together())
        # Chosen at the last moment: loading takes a minute, in which another could take it.
        port = _port(options.port)
        with step("Starting web server, workers and ticker"):
            # The page first: on few cores, all four at once would keep it waiting.
            running.start(web(host=HOST, port=port))
            _wait_for_web(port, running)
            running.start(*map(worker, QUEUES), ticker())
        trial.address = f"http://localhost:{port}/"
        _build(trial, options, running)
        trial.save()
        say(f"\nReady after {time.monotonic() - begin:.0f} s.\n\n{trial.description()}\n")
        say("Ctrl-C ends it; ./roundtable demo starts it again with the same data.")
        if options.browser:
            _open_browser(trial.address)
        while True:
            running.check()
            time.sleep(0.2)


@contextmanager
def _only_one() -> Iterator[None]:
    """Refuse a second trial on the same data."""
    with (var() / "demo.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            address = Trial.load().address
            raise FailureError(f"A trial is already running: {address}") from None
        yield


def _forget() -> None:
    """Remove the trial's files; a database elsewhere is emptied when it is loaded again."""
    for file in (*var().glob("roundtable.sqlite3*"), trial_file()):
        file.unlink(missing_ok=True)
    shutil.rmtree(var() / "broker", ignore_errors=True)


def _port(wanted: int | None) -> int:
    if wanted is not None:
        if not _is_free(wanted):
            raise FailureError(f"Port {wanted} is in use; choose another with --port.")
        return wanted
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        if _is_free(port):
            return port
    raise FailureError(f"No port from {FIRST_PORT} on is free; choose one with --port.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # A port that an earlier run has just left counts as free, as it does for the server.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _prepare(options: DemoOptions) -> Trial:
    """Bring the database up to date and load what is missing of the co-operative."""
    database = os.environ.get("DATABASE_URL", "")
    with step("Preparing the database"):
        # A database that was exchanged or emptied behind our back has something to apply.
        as_it_was = UP_TO_DATE in _output("migrate", "--no-input")
    trial = Trial.load()
    if as_it_was and not options.reset and trial.has(database, all_branches=options.all_branches):
        return trial
    choices = [
        *(["--all"] if options.all_branches else []),
        *(["--reset"] if options.reset else []),
    ]
    with step("Loading the demonstration co-operative"):
        told = _output("load_demo", "--json", *choices)
    trial.loaded(json.loads(told), database, all_branches=options.all_branches)
    trial.save()
    return trial


def _output(*words: str) -> str:
    """Run a management command and return what it prints; its complaints go to the log."""
    log = logs() / "demo.log"
    begin = log.stat().st_size if log.exists() else 0
    with child(manage(*words), log=log, pipe=True) as process:
        told = process.stdout.read().decode() if process.stdout else ""
        code = process.wait()
    if code:
        raise FailureError(f"manage.py {words[0]} {ending(code)}{tail(log, begin)}")
    return told


def _wait_for_web(port: int, running: Running) -> None:
    give_up = time.monotonic() + READY_WITHIN
    while time.monotonic() < give_up:
        running.check()
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.1)
    raise FailureError(f"The web server did not answer within {READY_WITHIN} s.")


def _build(trial: Trial, options: DemoOptions, running: Running) -> None:
    """Have the worker build next week's rota for each branch that has none yet."""
    for branch in trial.branches_to_build(all_branches=options.all_branches):
        say(f"  Building next week's rota of {branch}")
        figures = var() / "figures.json"
        words = [branch, "--week", trial.next_week, "--seconds", str(options.seconds)]
        bar = ["--progress"] if sys.stdout.isatty() else []
        command = manage("solve_week", *words, *bar, "--figures", str(figures))
        with child(command, quiet=True) as process:
            while process.poll() is None:
                running.check()
                time.sleep(0.2)
        if process.returncode:
            raise FailureError(f"The rota of {branch} was not built; see {logs()}.")
        trial.built[branch] = json.loads(figures.read_text())
        trial.save()


def _open_browser(address: str) -> None:
    """Open the page where there is a desktop; elsewhere a browser would take the terminal over."""
    opener = shutil.which("xdg-open") or shutil.which("open")
    if opener and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        subprocess.run([opener, address], capture_output=True, check=False)
