"""The browser for the journeys is found, installed, or asked for with the one command to run."""

from pathlib import Path

import pytest

from deploy.roundtable import chromium as browser
from deploy.roundtable.terminal import FailureError


@pytest.fixture(autouse=True)
def empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose programs are those that a test puts into this folder."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ROUNDTABLE_VAR", str(tmp_path / "var"))
    return tmp_path


def program(folder: Path, name: str, script: str = "exit 0") -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_the_environment_decides(empty_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = program(empty_machine, "my-chromium")
    program(empty_machine, "chromium")
    monkeypatch.setenv("CHROMIUM", str(mine))

    assert browser.chromium() == str(mine)


def test_a_wrong_name_in_the_environment_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")

    with pytest.raises(FailureError, match="/nowhere/chromium, which is not a program"):
        browser.chromium()


def test_the_system_s_browser_is_found(empty_machine: Path) -> None:
    path = program(empty_machine, "chromium")

    assert browser.chromium() == str(path)


def test_root_installs_what_is_missing_after_fetching_the_list(
    empty_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    notes, made = empty_machine / "notes", empty_machine / "chromium"
    program(
        empty_machine,
        "apt-get",
        f'echo "$1" >> {notes}; '
        f'if [ "$1" = install ]; then printf "#!/bin/sh\\n" > {made}; /bin/chmod 755 {made}; fi',
    )

    assert browser.chromium() == str(made)
    assert notes.read_text().split() == ["update", "install"]


def test_who_may_not_install_gets_the_command(
    empty_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    program(empty_machine, "apt-get", "exit 100")
    program(empty_machine, "sudo", "echo a password is required; exit 1")

    with pytest.raises(FailureError, match=r"Run: sudo apt-get install -y .* chromium$"):
        browser.chromium()
