"""The solver as a child process: a fresh interpreter that cannot outlive or outweigh its parent."""

import ctypes
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
LOWEST_PRIORITY = 19
CHUNK = 65536  # bytes
# Loaded beforehand: nothing should be looked up between fork and exec.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """A solver that runs by itself and tells of its progress in lines on a pipe.

    It has its own process group, so that it can be ended with all it started; the kernel ends it
    when the worker is killed. It computes only when nobody else needs the processor.
    """

    def __init__(self, command: Sequence[str], *, memory_bytes: int, errors: Path) -> None:
        with errors.open("wb") as file:
            self._process = subprocess.Popen(  # noqa: S603  the command is a setting
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=file,
                start_new_session=True,
                preexec_fn=_prepare(memory_bytes),
            )
        self._errors = errors
        self._rest = b""
        self._began = self._heard = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self._began

    @property
    def silent_for(self) -> float:
        """Seconds since it said something."""
        return time.monotonic() - self._heard

    def lines(self, timeout: float) -> list[bytes] | None:
        """Wait up to `timeout` seconds for lines; None once it has said its last."""
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101  asked for above
        if not select.select([pipe], [], [], max(0.0, timeout))[0]:
            return []
        chunk = os.read(pipe.fileno(), CHUNK)
        if not chunk:
            return None
        self._heard = time.monotonic()
        *whole, self._rest = (self._rest + chunk).split(b"\n")
        return whole

    def ask_to_stop(self) -> None:
        """Ask for the best so far."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)

    def end(self, grace: float = 0.0) -> int:
        """Kill it after `grace` seconds; return its exit code, negative for a signal."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(grace)
        # The group may outlive its first process.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        if self._process.stdout:
            self._process.stdout.close()
        return self._process.wait()

    def death(self) -> str:
        """Say how it ended, for whoever wonders why a run failed."""
        code = self._process.returncode
        if code is not None and code < 0:
            return f"the solver was ended by {signal.Signals(-code).name}"
        return f"the solver ended with code {code}: {self.last_words()}"

    def last_words(self) -> str:
        """Return the last line it wrote to its standard error."""
        text = self._errors.read_text(errors="replace").strip()
        return text.splitlines()[-1] if text else ""


def _prepare(memory_bytes: int) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
        if os.getppid() != parent:
            os._exit(1)  # the worker died before it could be watched
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        os.nice(LOWEST_PRIORITY)
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        # What it holds is about people: nothing of it may land in a core file.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    return prepare
