"""Running programs so that none is ever left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from deploy.roundtable.places import ROOT, environment
from deploy.roundtable.terminal import FailureError

Command = Sequence[str | Path]
PR_SET_PDEATHSIG = 1
GRACE = 8.0  # seconds a program has to stop before it is killed


class StoppedError(BaseException):
    """The person pressed Ctrl-C, or the script was told to end.

    Not an `Exception`, like `KeyboardInterrupt`: nothing but the clean-up may catch it.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


def stop_on_signals() -> None:
    """Turn Ctrl-C, a closed terminal and a request to end into `StoppedError`."""

    def stop(number: int, _frame: FrameType | None) -> None:
        # Once is enough: a second Ctrl-C must not interrupt the clean-up.
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise StoppedError(number)

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, stop)


def dies_with_parent(stop_signal: signal.Signals) -> Callable[[], None]:
    """Return what a child runs before its program: the kernel ends it when its parent is gone.

    The parent may be killed without a chance to clean up; on systems other than Linux its children
    then stay.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def prepare() -> None:
        # Signals that the parent ignores while it cleans up would be ignored by the child too.
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_DFL)
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, int(stop_signal))
        if os.getppid() != parent:
            os._exit(1)

    return prepare


@contextmanager
def child(
    command: Command,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    log: Path | None = None,
    killed_parent_signal: signal.Signals = signal.SIGTERM,
    pipe: bool = False,
    quiet: bool = False,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in a process group of its own, which is ended when the block is left.

    Parameters
    ----------
    log
        File that takes its output; None leaves the output at the terminal.
    pipe
        Gives its output to the caller, and of two kinds the complaints only where no `log`
        takes them.
    quiet
        Drops its output, but not its complaints and progress.
    killed_parent_signal
        What the kernel sends it if this script is killed.
    """
    settings = dict(env or environment())
    if log or pipe:
        settings["NO_COLOR"] = "1"
    file = log.open("ab") if log else None
    try:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=cwd,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if pipe else subprocess.DEVNULL if quiet else file,
            stderr=file or (subprocess.STDOUT if pipe else None),
            # Ctrl-C in the terminal reaches this script alone, which then ends its children.
            start_new_session=True,
            preexec_fn=dies_with_parent(killed_parent_signal),
        )
    finally:
        if file:
            file.close()
    try:
        yield process
    finally:
        end([process])
        if process.stdout:
            process.stdout.close()


def end(processes: Sequence[subprocess.Popen[bytes]], grace: float = GRACE) -> None:
    """Ask programs to stop, all at once, and kill what has not stopped after `grace` seconds."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    give_up = time.monotonic() + grace
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, give_up - time.monotonic()))
    for process in processes:
        # The group may outlive its first program, so it is killed in any case.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def run(
    command: Command,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    log: Path | None = None,
) -> None:
    """Run a program to its end.

    Raises
    ------
    FailureError
        It ended with an error; with a `log` the message holds the last lines of it.
    """
    with running(command, env=env, cwd=cwd, log=log):
        pass


@contextmanager
def running(
    command: Command,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    log: Path | None = None,
) -> Iterator[None]:
    """Run a program beside the block and wait for it at the end of the block; fails as `run`."""
    begin = log.stat().st_size if log and log.exists() else 0
    with child(command, env=env, cwd=cwd, log=log) as process:
        yield
        code = process.wait()
    if code:
        words = " ".join([Path(command[0]).name, *map(str, command[1:])])
        raise FailureError(f"{words} {ending(code)}{tail(log, begin) if log else ''}")


def echo(
    command: Command, *, env: Mapping[str, str] | None = None, cwd: Path = ROOT, keep: int = 30
) -> tuple[int, list[str]]:
    """Run a program with its output at the terminal; return its exit code and the last lines."""
    last: deque[str] = deque(maxlen=keep)
    with child(command, env=env, cwd=cwd, pipe=True) as process:
        for line in process.stdout or ():
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            last.append(line.decode(errors="replace").rstrip())
        return process.wait(), list(last)


def ending(code: int) -> str:
    """Say in words how a program ended."""
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with code {code}"


def tail(log: Path, begin: int = 0, lines: int = 25) -> str:
    """Return the last lines that were added to a log since `begin` (bytes), below each other."""
    with log.open("rb") as file:
        file.seek(begin)
        text = file.read().decode(errors="replace").splitlines()
    return "".join(f"\n    {line}" for line in text[-lines:])
