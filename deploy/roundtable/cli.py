"""The commands of `./roundtable`: what each is called, what it says of itself, what it starts."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.counting.command import main as count
from backend.retention.cases import KINDS as RETENTION
from backend.surplus.cases import KINDS as SURPLUS
from deploy.roundtable.checks import PARTS, fix_format, renew_schema, run_one, run_tests
from deploy.roundtable.demo import DemoOptions, demo
from deploy.roundtable.parts import QUEUES, ticker, web, worker
from deploy.roundtable.places import PYTHON, ROOT, environment, manage
from deploy.roundtable.processes import StoppedError, stop_on_signals
from deploy.roundtable.setup import setup
from deploy.roundtable.terminal import FailureError, complain, say, table

Arguments = list[str]
CALLED_FROM = Path.cwd()
"""Where files named on the command line are looked for; `main` leaves this folder."""


@dataclass(frozen=True)
class Entry:
    """One command: a line for `help`, and the function that gets the words behind it."""

    summary: str
    start: Callable[[Arguments], int]


def main(words: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    name, *arguments = words or ["help"]
    name = {"-h": "help", "--help": "help"}.get(name, name)
    entry = COMMANDS.get(name)
    if entry is None:
        complain(f"There is no command {name!r}; ./roundtable help lists them.")
        return 2
    os.chdir(ROOT)
    stop_on_signals()
    try:
        return entry.start(arguments)
    except FailureError as failure:
        complain(f"\n{failure}")
        return 1
    except StoppedError as stopped:
        say("\nStopped.")
        return stopped.exit_code


def _help(_arguments: Arguments) -> int:
    say("Usage: ./roundtable COMMAND [options]    (COMMAND --help lists its options)\n")
    say(table([(name, entry.summary) for name, entry in COMMANDS.items()]))
    return 0


def _parser(name: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog=f"./roundtable {name}", description=COMMANDS[name].summary, allow_abbrev=False
    )


def _setup(arguments: Arguments) -> int:
    parser = _parser("setup")
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    setup(with_tests=parser.parse_args(arguments).tests)
    say("Everything is in place.")
    return 0


def _demo(arguments: Arguments) -> int:
    parser = _parser("demo")
    parser.add_argument("--reset", action="store_true", help="throw the trial's data away first")
    parser.add_argument("--all", action="store_true", help="all six branches instead of one")
    parser.add_argument("--port", type=int, help="instead of 8000 or the next one that is free")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--seconds", type=int, default=60, help="time for building one rota")
    given = parser.parse_args(arguments)
    return demo(
        DemoOptions(
            reset=given.reset,
            all_branches=given.all,
            port=given.port,
            browser=not given.no_browser,
            seconds=given.seconds,
        )
    )


def _test(arguments: Arguments) -> int:
    parser = _parser("test")
    parser.add_argument("part", nargs="*", help=f"only these: {', '.join(PARTS)}")
    parts = parser.parse_args(arguments).part
    for part in parts:
        if part not in PARTS:
            parser.error(f"there is no part {part!r}; there are {', '.join(PARTS)}")
    return run_tests(parts or list(PARTS))


def _count(arguments: Arguments) -> int:
    return count(arguments, folder=CALLED_FROM, more_kinds=(*SURPLUS, *RETENTION))


def _one(step: str) -> Callable[[Arguments], int]:
    def start(arguments: Arguments) -> int:
        _parser(step).parse_args(arguments)
        return run_one(step)

    return start


def _replace(*command: str | Path) -> Callable[[Arguments], int]:
    """Return a command that becomes another program, which then gets signals itself."""

    def start(arguments: Arguments) -> int:
        setup()
        sys.stdout.flush()
        line = [str(word) for word in (*command, *arguments)]
        os.execve(line[0], line, environment())  # noqa: S606  no shell is wanted

    return start


def _serve(arguments: Arguments) -> int:
    parser = _parser("serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="number of processes")
    given = parser.parse_args(arguments)
    return _replace(*web(host=given.host, port=given.port, workers=given.workers).command)([])


def _worker(arguments: Arguments) -> int:
    parser = _parser("worker")
    parser.add_argument("queue", choices=QUEUES)
    return _replace(*worker(parser.parse_args(arguments).queue).command)([])


def _actions(name: str, **actions: tuple[str, str]) -> Callable[[Arguments], int]:
    """Return a command that is followed by what to do: word, management command, what it says."""

    def start(arguments: Arguments) -> int:
        action, *rest = arguments or ["--help"]
        if action in actions:
            command, _ = actions[action]
            return _replace(*manage(command))(rest)
        if action not in ("-h", "--help"):
            complain(f"There is no {name} {action!r}; ./roundtable {name} lists what there is.")
            return 2
        say(f"Usage: ./roundtable {name} ACTION [options]    (ACTION --help lists its options)\n")
        say(table([(word, summary) for word, (_, summary) in actions.items()]))
        return 0

    return start


ORGANISATION = _actions(
    "organisation",
    add=("add_organisation", "Add an organisation, with the rules every new one starts with"),
)
USER = _actions(
    "user",
    add=("add_user", "Add somebody who can sign in, with a first role; prints a password"),
    off=("deactivate_user", "Shut somebody out; every session ends"),
    on=("reactivate_user", "Let somebody in again"),
    password=("set_password", "Give somebody a new password"),
    grant=("grant_role", "Give somebody a further role"),
    revoke=("revoke_role", "Take a role away"),
)
TRAVEL = _actions(
    "travel",
    refresh=("travel_refresh", "Ask the route service for the times that branches lack"),
    state=("travel_state", "Show where travel times come from, and how old they are"),
)
COMMANDS = {
    "demo": Entry("Try Roundtable: a made-up co-operative, a built rota, sign-ins", _demo),
    "setup": Entry("Install what is needed into this folder; done already by the others", _setup),
    "test": Entry(f"Run everything that must hold, or parts of it: {', '.join(PARTS)}", _test),
    "serve": Entry("Run the web server", _serve),
    "worker": Entry("Run a worker for one queue: solver (builds rotas) or default", _worker),
    "ticker": Entry(
        "Run the ticker: sweeps lost work and rings again", _replace(*ticker().command)
    ),
    "migrate": Entry("Bring the database up to date", _replace(*manage("migrate"))),
    "organisation": Entry("Add an organisation", ORGANISATION),
    "user": Entry("Add people, shut them out, change roles and passwords", USER),
    "solve": Entry("Build a branch's rota for a week", _replace(*manage("solve_week"))),
    "travel": Entry("Fetch travel times from a route service, and see how they are", TRAVEL),
    "import": Entry(
        "Import branches from a workbook; --dry-run only says what it would do",
        _replace(*manage("import_branch")),
    ),
    "export": Entry("Export a branch as a workbook", _replace(*manage("export_branch"))),
    "count": Entry("Count a vote from a file, without a database: papers or cases", _count),
    "manage": Entry("Any other management command", _replace(*manage())),
    "scheduler": Entry("Solve and check problem files", _replace(PYTHON, "-m", "scheduler")),
    "check": Entry("The checks that take seconds, without tests", lambda _: run_tests(["checks"])),
    "format": Entry("Lay the source out as the house style says", lambda _: fix_format()),
    "lint": Entry("Look for mistakes and style", _one("lint")),
    "types": Entry("Check the types", _one("types")),
    "fences": Entry("Check who imports whom", _one("fences")),
    "schema": Entry("Write openapi.yaml and the TypeScript made from it", lambda _: renew_schema()),
    "help": Entry("This list", _help),
}
