"""`./roundtable test` runs every step, repeats why one failed, and fails if any did."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.roundtable import checks
from deploy.roundtable.checks import Step
from deploy.roundtable.terminal import FailureError

Check = Callable[[Mapping[str, str]], tuple[bool, list[str]]]


def holds(_addresses: Mapping[str, str]) -> tuple[bool, list[str]]:
    return True, ["12 passed"]


def does_not_hold(_addresses: Mapping[str, str]) -> tuple[bool, list[str]]:
    return False, ["line 3 is too long"]


def breaks(_addresses: Mapping[str, str]) -> tuple[bool, list[str]]:
    raise FailureError("the server did not start")


@contextmanager
def no_services() -> Iterator[dict[str, str]]:
    yield {}


def run(monkeypatch: pytest.MonkeyPatch, *steps: Check) -> int:
    monkeypatch.setattr(checks, "SET_UP", Step("set up", "all", holds))
    monkeypatch.setattr(checks, "STEPS", tuple(Step(s.__name__, "python", s) for s in steps))
    monkeypatch.setattr(checks, "services", no_services)
    return checks.run_tests(["python"])


def test_it_succeeds_when_everything_holds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, holds) == 0

    assert capsys.readouterr().out.splitlines()[-1].split()[0] == "all"


@pytest.mark.parametrize(
    ("bad", "why"), [(does_not_hold, "line 3 is too long"), (breaks, "the server did not start")]
)
def test_after_a_failure_the_rest_still_runs_and_the_reason_is_repeated_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], bad: Check, why: str
) -> None:
    assert run(monkeypatch, bad, holds) == 1

    said = capsys.readouterr().out
    end = said[said.index("== the end of") :]
    assert why in end
    assert [line.split()[-1] for line in end.splitlines() if " s  " in line] == [
        "passed",
        "FAILED",
        "passed",
        "failed",
    ]


def test_every_part_that_can_be_named_has_steps() -> None:
    assert {step.part for step in checks.STEPS} == set(checks.PARTS)


def test_changed_added_and_removed_files_are_all_differences(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, names in ((before, "abc"), (after, "acd")):
        (folder / "model").mkdir(parents=True)
        for name in names:
            (folder / "model" / name).write_text(f"{folder.name} {name}" if name == "c" else name)

    found = checks._differences(before, after)

    assert found == [Path("model", name) for name in "bcd"]
