"""Nothing that the command starts is left behind, however the command ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.roundtable.processes import child, echo, end, run
from deploy.roundtable.terminal import FailureError

ROOT = Path(__file__).resolve().parents[2]
# A program that starts another in its group, notes both, and does not stop when asked politely.
STUBBORN = """
import os, pathlib, signal, subprocess, sys, time
inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
if len(sys.argv) > 2:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {inner.pid}")
time.sleep(60)
"""


def wait_for(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 20
    while not true():
        assert time.monotonic() < give_up, "it did not happen within 20 s"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def noted(file: Path) -> list[int]:
    wait_for(lambda: file.exists() and len(file.read_text().split()) == 2)
    return [int(word) for word in file.read_text().split()]


def test_a_program_and_what_it_started_end_with_the_block(tmp_path: Path) -> None:
    with child([sys.executable, "-c", STUBBORN, str(tmp_path / "pids")]):
        pids = noted(tmp_path / "pids")
        assert all(map(is_alive, pids))

    wait_for(lambda: not any(map(is_alive, pids)))


def test_a_program_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", STUBBORN, str(tmp_path / "pids"), "stubborn"]
    with child(command) as process:
        pids = noted(tmp_path / "pids")

        end([process], grace=0.2)

        assert process.returncode == -signal.SIGKILL
        wait_for(lambda: not any(map(is_alive, pids)))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_children_end_with_the_command_however_it_ends(tmp_path: Path, how: signal.Signals) -> None:
    script = (
        "import sys\n"
        "from deploy.roundtable.processes import child, stop_on_signals\n"
        "stop_on_signals()\n"
        "with child([sys.executable, '-c', sys.argv[1], sys.argv[2]]) as process:\n"
        "    process.wait()\n"
    )
    command = [sys.executable, "-c", script, STUBBORN, str(tmp_path / "pids")]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as parent:
        outer, _inner = noted(tmp_path / "pids")

        parent.send_signal(how)
        parent.wait(20)

    wait_for(lambda: not is_alive(outer))


def test_a_failed_program_shows_the_end_of_its_own_output_only(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("from an earlier run\n")

    with pytest.raises(FailureError) as caught:
        run([sys.executable, "-c", "print('this is why'); raise SystemExit(3)"], log=log)

    assert "ended with code 3" in str(caught.value)
    assert "this is why" in str(caught.value)
    assert "earlier" not in str(caught.value)


def test_output_is_shown_at_once_and_its_end_kept(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    code, last = echo([sys.executable, "-c", "for n in range(50): print(n)\nexit(2)"], keep=3)

    assert code == 2
    assert last == ["47", "48", "49"]
    assert capfdbinary.readouterr().out.split()[:2] == [b"0", b"1"]


def test_a_program_started_while_signals_are_ignored_still_listens() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with child([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
            time.sleep(0.3)
            os.kill(process.pid, signal.SIGTERM)
            assert process.wait(10) == -signal.SIGTERM
    finally:
        signal.signal(signal.SIGTERM, before)
