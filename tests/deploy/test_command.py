"""`./roundtable` explains itself and says in one line what is wrong."""

import subprocess
from pathlib import Path

import pytest

from deploy.roundtable.checks import PARTS
from deploy.roundtable.cli import COMMANDS, main
from deploy.roundtable.terminal import FailureError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def pytest_keeps_its_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.roundtable.cli.stop_on_signals", lambda: None)
    monkeypatch.chdir(ROOT)


def test_help_explains_every_command_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0

    lines = capsys.readouterr().out.splitlines()
    for name, entry in COMMANDS.items():
        (line,) = (line for line in lines if line.split()[:1] == [name])
        assert entry.summary in line
        assert len(line) <= 100


def test_no_command_means_help_and_an_unknown_one_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 0
    assert main(["sevre"]) == 2

    assert "no command 'sevre'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "meant"), [([], list(PARTS)), (["python"], ["python"]), (["checks", "browser"],) * 2]
)
def test_test_runs_everything_unless_parts_are_named(
    monkeypatch: pytest.MonkeyPatch, given: list[str], meant: list[str]
) -> None:
    asked: list[list[str]] = []

    def note(parts: list[str]) -> int:
        asked.append(parts)
        return 0

    monkeypatch.setattr("deploy.roundtable.cli.run_tests", note)

    assert main(["test", *given]) == 0
    assert asked == [meant]


def test_a_part_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["test", "pyhton"])

    assert "there is no part 'pyhton'" in capsys.readouterr().err


def test_a_failure_is_one_sentence_and_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*, with_tests: bool) -> None:
        raise FailureError("Python's venv is missing: sudo apt-get install python3-venv")

    monkeypatch.setattr("deploy.roundtable.cli.setup", fail)

    assert main(["setup"]) == 1
    assert capsys.readouterr().err.strip().splitlines() == [
        "Python's venv is missing: sudo apt-get install python3-venv"
    ]


def test_ci_runs_the_same_command_as_a_person() -> None:
    script = ROOT / ".ci" / "run"

    assert script.stat().st_mode & 0o111
    assert script.read_text().strip().splitlines()[-1] == "exec ./roundtable test"


def test_the_script_works_from_anywhere_and_without_the_environment(tmp_path: Path) -> None:
    done = subprocess.run(
        ["/usr/bin/env", "-i", "PATH=/usr/bin:/bin", ROOT / "roundtable", "help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "./roundtable COMMAND" in done.stdout


def test_every_command_that_starts_a_management_command_starts_one_that_exists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("deploy.roundtable.cli.setup", lambda: None)

    def become(_path: str, line: list[str], _env: object) -> None:
        started.append(line)
        raise SystemExit

    monkeypatch.setattr("deploy.roundtable.cli.os.execve", become)
    words = [
        ["migrate"], ["solve"], ["import"], ["export"], ["ticker"], ["organisation", "add"],
        *(["user", action] for action in ("add", "off", "on", "password", "grant", "revoke")),
    ]  # fmt: skip

    for line in words:
        with pytest.raises(SystemExit):
            main([*line, "--help"])

    assert len(started) == len(words)
    for line in started:
        name, given = line[2], line[3:]
        assert given == ["--help"]
        # Django's own command lies elsewhere.
        assert name == "migrate" or list(ROOT.glob(f"backend/*/management/commands/{name}.py")), (
            name
        )


@pytest.mark.parametrize("name", ["user", "organisation"])
def test_a_command_with_actions_lists_them(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name]) == 0
    assert main([name, "--help"]) == 0

    assert capsys.readouterr().out.count("  add  ") == 2


def test_an_action_that_does_not_exist_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "remove"]) == 2

    assert "no user 'remove'" in capsys.readouterr().err
