"""The browser journeys, walked through a trial that `./roundtable demo` has started."""

import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.roundtable.chromium import chromium
from deploy.roundtable.places import BIN, FRONTEND, ROOT, environment
from deploy.roundtable.processes import Command, child, echo, ending, tail
from deploy.roundtable.terminal import FailureError, say
from deploy.roundtable.trial import NAME, Trial

READY_WITHIN = 300  # seconds
BUILD_FOR = 20  # seconds of search for the trial's rota; the journeys need a rota, not the best
READY_SIGN = b"Ctrl-C ends it"


def on_files(_addresses: Mapping[str, str]) -> tuple[bool, list[str]]:
    """Walk the journeys on SQLite and the broker that needs no server."""
    return _walk({"DATABASE_URL": "", "REDIS_URL": "", "BROKER_URL": ""})


def on_servers(addresses: Mapping[str, str]) -> tuple[bool, list[str]]:
    """Walk the main journey on PostgreSQL and Redis."""
    return _walk({**addresses, "BROKER_URL": ""}, "--grep", "@main")


def _walk(where: dict[str, str], *only: str) -> tuple[bool, list[str]]:
    with tempfile.TemporaryDirectory(prefix="roundtable-") as folder, _trial(folder, where) as env:
        code, last_lines = echo([BIN / "npm", "run", "e2e", "--", *only], env=env, cwd=FRONTEND)
    return code == 0, last_lines


@contextmanager
def _trial(folder: str, where: dict[str, str]) -> Iterator[dict[str, str]]:
    """Start a trial on data of its own; yield the environment in which journeys find it."""
    mine = {**where, "ROUNDTABLE_VAR": folder}
    command: Command = [ROOT / "roundtable", "demo", "--no-browser", "--seconds", str(BUILD_FOR)]
    log = Path(folder, "trial.log")
    with child(command, env={**os.environ, **mine}, log=log) as process:
        say("  starting a trial for the journeys")
        give_up = time.monotonic() + READY_WITHIN
        while READY_SIGN not in log.read_bytes():
            if process.poll() is not None:
                raise FailureError(f"The trial {ending(process.returncode)}{tail(log)}")
            if time.monotonic() > give_up:
                raise FailureError(f"The trial was not ready in {READY_WITHIN} s{tail(log)}")
            time.sleep(0.2)
        note = Path(folder, NAME)
        yield environment(
            BASE_URL=Trial.load(note).address.rstrip("/"),
            SIGN_INS=str(note),
            CHROMIUM=chromium(),
        )
