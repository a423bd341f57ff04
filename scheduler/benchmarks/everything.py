"""All tables of docs/benchmarks.md, one after another, by one command that may be interrupted."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from scheduler.benchmarks import public, weeks
from scheduler.benchmarks.machine import machine
from scheduler.benchmarks.records import Records
from scheduler.benchmarks.weeks import Bench

Rows = Iterator[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large and how long everything is.

    `long_seconds` is None where branch weeks are planned once only.
    """

    branch_hours: int
    seeds: tuple[int, ...]
    searches: tuple[int, ...]
    seconds: float
    long_seconds: float | None
    bound_hours: tuple[int, ...]
    bound_seconds: float
    group: tuple[int, int]
    group_seconds: float
    growth: tuple[tuple[int, int], ...]
    growth_seconds_an_hour: float
    public_seconds: float
    public_most: int | None
    public_runs: int | None


FULL: Final = Sizes(
    branch_hours=3000,
    seeds=(1, 2, 7),
    searches=(1, 2, 3),
    seconds=60,
    long_seconds=None,
    bound_hours=(60, 100, 150, 200, 300, 400),
    bound_seconds=60,
    group=(6, 18_000),
    group_seconds=240,
    growth=((1, 400), (1, 1000), (1, 3000), (3, 9000), (6, 18_000)),
    growth_seconds_an_hour=0.01,
    public_seconds=60,
    public_most=None,
    public_runs=None,
)
QUICK: Final = Sizes(
    branch_hours=60,
    seeds=(1, 2),
    searches=(1,),
    seconds=1,
    long_seconds=None,
    bound_hours=(20,),
    bound_seconds=4,
    group=(2, 80),
    group_seconds=2,
    growth=((1, 20), (1, 40)),
    growth_seconds_an_hour=0.01,
    public_seconds=1,
    public_most=1,
    public_runs=1,
)
"""Says whether everything works, and nothing about how good anything is."""


def tables(bench: Bench, sizes: Sizes) -> Mapping[str, tuple[str, Callable[[], Rows]]]:
    """Return every table by its name: its heading, and what measures its rows."""
    parts, hours = sizes.group

    def branches(seconds: float) -> Rows:
        return weeks.branches(bench, sizes.branch_hours, sizes.seeds, sizes.searches, seconds)

    def of_set(name: str) -> Callable[[], Rows]:
        return lambda: public.public(
            bench,
            name,
            longest=sizes.public_seconds,
            most=sizes.public_most,
            runs=sizes.public_runs,
        )

    found: dict[str, tuple[str, Callable[[], Rows]]] = {
        "branches": (
            f"Branch weeks and their first plan, {sizes.seconds:g} s",
            lambda: branches(sizes.seconds),
        )
    }
    long = sizes.long_seconds
    if long is not None:
        found["long"] = (f"Branch weeks, {long:g} s", lambda: branches(long))
    return {
        **found,
        "bounds": (
            f"Small weeks: how far from the best, {sizes.bound_seconds:g} s",
            lambda: weeks.bounds(bench, sizes.bound_hours, sizes.seeds, sizes.bound_seconds),
        ),
        "group": (
            f"The group and its branches alone, {sizes.group_seconds:g} s together",
            lambda: weeks.group(bench, hours, parts, sizes.seeds[-1], sizes.group_seconds),
        ),
        **{name: (f"Public set {name}", of_set(name)) for name in public.PUBLIC},
        "growth": (
            "Growth: seconds to within 5 % of a run of twenty times as long",
            lambda: weeks.growth(
                bench, sizes.growth, sizes.seeds[-1], sizes.growth_seconds_an_hour
            ),
        ),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables that were asked for; what was measured before is not measured again."""
    parser = argparse.ArgumentParser(prog="python -m scheduler.benchmarks all", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with the problems")
    parser.add_argument("--quick", action="store_true", help="tiny sizes: does everything work?")
    parser.add_argument("--long", action="store_true", help="branch weeks for 600 s as well")
    parser.add_argument("--only", nargs="+", metavar="TABLE", help="these tables alone")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=Path("var/benchmarks"))
    parser.add_argument("--peer-python", default=sys.executable, help="one that imports vroom")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    sizes = QUICK if options.quick else FULL
    if options.long:
        sizes = Sizes(**{**_fields(sizes), "long_seconds": 10 * sizes.seconds})
    bench = Bench(
        shared=options.shared.resolve(),
        folder=options.folder.resolve(),
        records=Records(options.folder / "results.jsonl"),
        threads=options.threads,
        peer_python=options.peer_python,
    )
    known = tables(bench, sizes)
    unknown = sorted(set(options.only or ()) - set(known))
    if unknown:
        parser.error(f"no table {', '.join(unknown)}; there are {', '.join(known)}")
    for name in options.only or known:
        heading, measure = known[name]
        _print_table(heading, measure(), options.threads)
    return 0


def _fields(sizes: Sizes) -> dict[str, Any]:
    return {name: getattr(sizes, name) for name in Sizes.__dataclass_fields__}


def _print_table(heading: str, rows: Rows, threads: int) -> None:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\n## {heading}\n")
    print(f"{datetime.now(UTC):%d %B %Y %H:%M} UTC, {machine()}, {threads} threads,", end=" ")
    print(f"load before {load}.\n", flush=True)
    columns = next(rows)
    _print_row(columns)
    _print_row(["---"] * len(columns))
    for row in rows:
        _print_row(row)


def _print_row(cells: Sequence[Any]) -> None:
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)
