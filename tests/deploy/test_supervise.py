"""The parts of a running Roundtable live and die together."""

import sys
import time
from pathlib import Path

import pytest

from deploy.roundtable.parts import Part
from deploy.roundtable.supervise import Running, together
from deploy.roundtable.terminal import FailureError
from tests.deploy.test_processes import is_alive

SLEEPER = Part("ticker", [sys.executable, "-c", "import time; time.sleep(60)"])
FAILING = Part("web", [sys.executable, "-c", "raise SystemExit('the port is taken')"])


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROUNDTABLE_VAR", str(tmp_path))
    return tmp_path


def watch(parts: list[Part], started: list[Running]) -> None:
    with together() as running:
        running.start(*parts)
        started.append(running)
        while True:
            running.check()
            time.sleep(0.05)


def test_when_one_part_dies_it_is_named_with_its_reason_and_the_others_end() -> None:
    started: list[Running] = []

    with pytest.raises(FailureError) as caught:
        watch([SLEEPER, FAILING], started)

    assert "The web ended with code 1, so everything else was stopped." in str(caught.value)
    assert "the port is taken" in str(caught.value)
    assert not any(is_alive(process.pid) for _, process, _ in started[0].parts)


def test_all_parts_end_with_the_block() -> None:
    with together() as running:
        running.start(SLEEPER, SLEEPER)
        running.check()
        pids = [process.pid for _, process, _ in running.parts]
        assert all(map(is_alive, pids))

    assert not any(map(is_alive, pids))


def test_a_log_starts_afresh_and_holds_what_the_part_said(own_folder: Path) -> None:
    log = own_folder / "log" / "web.log"
    log.parent.mkdir()
    log.write_text("yesterday's trouble")

    with together() as running:
        running.start(FAILING)
        running.parts[0][1].wait(20)

    assert log.read_text().strip() == "the port is taken"
