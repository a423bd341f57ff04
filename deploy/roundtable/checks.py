"""`./roundtable test`: every check, from fast to slow, and what each took."""

import filecmp
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from deploy.roundtable import journeys
from deploy.roundtable.chromium import chromium
from deploy.roundtable.places import BIN, FRONTEND, NODE_BIN, PYTHON, ROOT, environment, manage
from deploy.roundtable.processes import Command, child, echo, run
from deploy.roundtable.setup import require_venv, setup
from deploy.roundtable.terminal import FailureError, say, table

PARTS = ("checks", "python", "frontend", "browser")
TEST_SETTINGS = {"DJANGO_SETTINGS_MODULE": "backend.config.settings.test"}
OPENAPI = ROOT / "backend" / "openapi.yaml"
GENERATED = FRONTEND / "src" / "api" / "generated"
NPM = BIN / "npm"


@dataclass
class Outcome:
    """How one step went."""

    name: str
    seconds: float
    passed: bool
    last_lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """One thing that must hold; `check` returns whether it does, and its last lines of output."""

    name: str
    part: str
    check: Callable[[Mapping[str, str]], tuple[bool, list[str]]]


def run_tests(parts: Sequence[str]) -> int:
    """Run the steps of the given parts, all of them even after a failure; return the exit code."""
    require_venv()
    steps = [step for step in (SET_UP, *STEPS) if step.part in parts or step is SET_UP]
    if "browser" in parts:
        chromium()  # before the long part, so that a missing browser is known at once
    outcomes = []
    needs_services = any(part in parts for part in ("checks", "python", "browser"))
    with ExitStack() as stack:
        addresses: dict[str, str] = {}
        for step in steps:
            outcomes.append(_run(step, addresses))
            if step is SET_UP and needs_services:
                addresses = stack.enter_context(services())
    return _summary(outcomes)


def run_one(name: str) -> int:
    """Run one kind of check over Python and TypeScript: lint, types or fences."""
    setup(with_tests=True)
    python, typescript = BY_HAND[name]
    codes = [echo(python)[0], echo(typescript, cwd=FRONTEND)[0]]
    return max(codes)


def fix_format() -> int:
    """Lay out Python and TypeScript."""
    setup(with_tests=True)
    for command in ("format", "."), ("check", "--fix-only", "--select", "I", "."):
        run([BIN / "ruff", *command])
    run([NPM, "run", "format"], cwd=FRONTEND)
    return 0


def renew_schema() -> int:
    """Write what is generated from the code: the OpenAPI file, and from it the TypeScript."""
    setup(with_tests=True)
    _write_openapi(OPENAPI)
    run([NPM, "run", "api"], cwd=FRONTEND)
    return 0


@contextmanager
def services() -> Iterator[dict[str, str]]:
    """Yield the addresses of PostgreSQL and Redis, started for this block where none is given."""
    command: Command = [PYTHON, "-m", "tests.services"]
    with child(command, env=environment(), pipe=True) as process:
        lines = []
        for line in process.stdout or ():
            lines.append(line.decode())
            if line.startswith(b"{"):
                break
        else:
            raise FailureError(f"The test services did not start:\n{''.join(lines)}")
        yield json.loads(lines[-1])


def _run(step: Step, addresses: Mapping[str, str]) -> Outcome:
    say(f"\n== {step.name} " + "=" * (70 - len(step.name)))
    begin = time.monotonic()
    try:
        passed, last_lines = step.check(addresses)
    except FailureError as failure:
        say(str(failure))
        passed, last_lines = False, str(failure).splitlines()
    return Outcome(step.name, time.monotonic() - begin, passed, last_lines)


def _summary(outcomes: Sequence[Outcome]) -> int:
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        say(f"\n== the end of {outcome.name}, which failed " + "=" * 20)
        say("\n".join(outcome.last_lines))
    tests = next((outcome for outcome in outcomes if outcome.name == PYTEST), None)
    if tests and tests.last_lines:
        say(f"\n{tests.last_lines[-1]}")
    rows = [
        (outcome.name, f"{outcome.seconds:7.1f} s", "passed" if outcome.passed else "FAILED")
        for outcome in outcomes
    ]
    total = sum(outcome.seconds for outcome in outcomes)
    rows.append(("all", f"{total:7.1f} s", f"{len(failed)} failed" if failed else "passed"))
    say("\n" + table(rows))
    return 1 if failed else 0


def _command(
    *command: str | Path, cwd: Path = ROOT, more: Mapping[str, str] = MappingProxyType({})
) -> Callable[[Mapping[str, str]], tuple[bool, list[str]]]:
    def check(addresses: Mapping[str, str]) -> tuple[bool, list[str]]:
        code, last_lines = echo(command, env=environment(**addresses, **more), cwd=cwd)
        return code == 0, last_lines

    return check


def _write_openapi(file: Path) -> None:
    command: Command = manage("spectacular", "--validate", "--fail-on-warn", "--file", str(file))
    run(command, env=environment(**TEST_SETTINGS))


def _set_up(_addresses: Mapping[str, str]) -> tuple[bool, list[str]]:
    setup(with_tests=True)
    return True, []


def _check_schema(_addresses: Mapping[str, str]) -> tuple[bool, list[str]]:
    """Compare what is committed with what the code gives; nothing in the checkout changes."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, "openapi.yaml")
        _write_openapi(fresh)
        stale = [] if _same(fresh, OPENAPI) else [str(OPENAPI.relative_to(ROOT))]
        kept = Path(folder, "generated")
        shutil.copytree(GENERATED, kept)
        try:
            run([NPM, "run", "api"], cwd=FRONTEND)
            stale += [str(path) for path in _differences(kept, GENERATED)]
        finally:
            shutil.rmtree(GENERATED)
            shutil.copytree(kept, GENERATED)
    for path in stale:
        say(f"out of date: {path}")
    words = "Run ./roundtable schema and commit." if stale else "What is generated is up to date."
    say(words)
    return not stale, [*stale, words]


def _same(one: Path, other: Path) -> bool:
    return other.exists() and filecmp.cmp(one, other, shallow=False)


def _differences(before: Path, after: Path) -> list[Path]:
    names = {
        path.relative_to(folder)
        for folder in (before, after)
        for path in folder.rglob("*")
        if path.is_file()
    }
    return sorted(
        name
        for name in names
        if not (before / name).exists() or not _same(before / name, after / name)
    )


# For work on one thing; the steps below are what counts.
BY_HAND: dict[str, tuple[Command, Command]] = {
    "lint": ([BIN / "ruff", "check", "."], [NODE_BIN / "biome", "check", "."]),
    "types": ([BIN / "mypy"], [NODE_BIN / "tsc", "--noEmit"]),
    "fences": ([BIN / "lint-imports"], [BIN / "node", "scripts/fences.mjs"]),
}
PYTEST = "pytest"
# A front end that cannot be built fails here and does not keep the others from being checked.
SET_UP = Step("set up", "all", _set_up)
STEPS = (
    Step("format", "checks", _command(BIN / "ruff", "format", "--check", ".")),
    Step("lint", "checks", _command(BIN / "ruff", "check", ".")),
    Step("fences", "checks", _command(BIN / "lint-imports")),
    Step("schema", "checks", _check_schema),
    Step(
        "migrations",
        "checks",
        _command(*manage("makemigrations", "--check", "--dry-run"), more=TEST_SETTINGS),
    ),
    Step(
        "front end: format, lint, types, fences",
        "checks",
        _command(NPM, "run", "check", cwd=FRONTEND),
    ),
    Step(
        "front end: size",
        "checks",
        _command(BIN / "node", "scripts/check-size.mjs", cwd=FRONTEND),
    ),
    Step("types", "checks", _command(BIN / "mypy")),
    Step("front end: tests", "frontend", _command(NPM, "test", cwd=FRONTEND)),
    Step(
        PYTEST,
        "python",
        _command(
            PYTHON,
            "-m",
            "pytest",
            "-n",
            "2",
            "--dist",
            "loadgroup",
            "-m",
            "not benchmark",
            "--durations",
            "10",
        ),
    ),
    Step("journeys on SQLite and files", "browser", journeys.on_files),
    Step("journeys on PostgreSQL and Redis", "browser", journeys.on_servers),
)
