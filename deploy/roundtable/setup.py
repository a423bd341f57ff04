"""Making the environment: Python packages, front end, search engine; each only when it changed."""

import fcntl
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

from deploy.roundtable import stamps
from deploy.roundtable.pip_settings import uv_settings
from deploy.roundtable.places import (
    BIN,
    FRONTEND,
    PYTHON,
    REQUIREMENTS,
    ROOT,
    VENV,
    environment,
    logs,
    var,
)
from deploy.roundtable.processes import Command, run, running
from deploy.roundtable.terminal import FailureError, say, step

# From small to large: what running needs, and what the tests need on top.
LEVELS = ("base", "dev")
MADE_HERE = frozenset(
    {"node_modules", "dist", "test-results", "playwright-report", "__pycache__", "_build"}
)
# Changes to these alone do not change what the browser gets.
NOT_BUILT = MADE_HERE | {"e2e", "testing", "playwright.config.ts", "README.md"}
PIP: Command = [
    PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes",
]  # fmt: skip
NPM_FILES = ("package.json", "package-lock.json", ".npmrc")


def setup(*, with_tests: bool = False) -> None:
    """Make everything that is missing or out of date; under a second when nothing is.

    Raises
    ------
    FailureError
        Names what to install or shows what went wrong; the next call goes on from there.
    """
    require_venv()
    start = time.monotonic()
    with _alone():
        changed = _python_packages("dev" if with_tests else "base")
        with _engine() as compiling:
            changed |= _front_end_packages() | _front_end() | compiling
    if changed:
        say(f"Set up in {time.monotonic() - start:.1f} s.")


def require_venv() -> None:
    """Refuse to start where Debian's venv package is missing."""
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise FailureError("Python's venv is missing: sudo apt-get install python3-venv")


@contextmanager
def _alone() -> Iterator[None]:
    """Let one set-up run at a time; a second one waits and then finds everything done."""
    with (var() / "setup.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  waiting for another set-up of this checkout to finish")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _python_packages(level: str) -> bool:
    present, _, _ = stamps.read(VENV).partition(" ")
    if present in LEVELS:
        # An environment that can run the tests stays one.
        level = max(present, level, key=LEVELS.index)
    lock = REQUIREMENTS / f"{level}.txt"
    stamp = f"{level} {stamps.fingerprint([lock])}"
    if PYTHON.exists() and stamps.read(VENV) == stamp:
        return False
    log = logs() / "setup.log"
    if not (BIN / "pip").exists() or not PYTHON.exists():
        with step("Making the Python environment"):
            run([sys.executable, "-m", "venv", VENV], log=log)
    stamps.remove(VENV)
    with step("Installing the Python packages"):
        _install_uv(lock, log)
        _sync(lock, log)
    stamps.write(VENV, stamp)
    return True


def _install_uv(lock: Path, log: Path) -> None:
    """Install uv itself with pip, at the version and with the hashes of the lock."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(locked_entry(lock.read_text(), "uv"))
        file.flush()
        run([*PIP, "-r", file.name], env=environment(), log=log)


def locked_entry(lock: str, package: str) -> str:
    """Return the lines of one package in the text of a lock, with its version and hashes."""
    entry = re.search(rf"^{re.escape(package)}==(?:.*\\\n)*.*\n", lock, re.MULTILINE)
    if entry is None:
        raise FailureError(f"The lock does not name {package}.")
    return entry.group()


def _sync(lock: Path, log: Path) -> None:
    """Make the environment equal to the lock, with uv or else, slower, with pip."""
    try:
        run(
            [BIN / "uv", "pip", "sync", "--require-hashes", lock],
            env=environment(**uv_settings()),
            log=log,
        )
    except FailureError:
        # A package index that only pip knows how to reach, such as one behind a keyring.
        run([*PIP, "-r", lock], env=environment(), log=log)


def _front_end_packages() -> bool:
    modules = FRONTEND / "node_modules"
    stamp = stamps.fingerprint(FRONTEND / name for name in NPM_FILES)
    if stamps.read(modules) == stamp:
        return False
    with step("Installing the front end's packages"):
        stamps.remove(modules)
        run([BIN / "npm", "ci"], cwd=FRONTEND, env=environment(), log=logs() / "setup.log")
    stamps.write(modules, stamp)
    return True


def _front_end() -> bool:
    built = FRONTEND / "dist"
    stamp = stamps.fingerprint([FRONTEND], besides=NOT_BUILT)
    if stamps.read(built) == stamp:
        return False
    with step("Building the front end"):
        stamps.remove(built)
        run(
            # Not `build`, which also holds the size to its limit: a check, not a need.
            [BIN / "npm", "run", "bundle"],
            cwd=FRONTEND,
            env=environment(),
            log=logs() / "setup.log",
        )
    stamps.write(built, stamp)
    return True


@contextmanager
def _engine() -> Iterator[bool]:
    """Compile the search engine, which takes one core a minute, while the block uses the other.

    Yields
    ------
    bool
        Whether there is anything to compile.
    """
    built = ROOT / "scheduler" / "improve" / "_build"
    stamp = stamps.fingerprint([ROOT / "scheduler"], besides=MADE_HERE)
    if stamps.read(built) == stamp:
        yield False
        return
    stamps.remove(built)
    log = logs() / "engine.log"
    with ExitStack() as stack:
        stack.enter_context(running([PYTHON, "-m", "scheduler", "build"], log=log))
        yield True
        with step("Compiling the search engine"):
            stack.close()
    stamps.write(built, stamp)
