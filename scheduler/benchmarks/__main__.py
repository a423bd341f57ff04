"""`python -m scheduler.benchmarks FILE...` prints what was reached; `... all` every table."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from scheduler.benchmarks import everything
from scheduler.benchmarks.machine import machine
from scheduler.benchmarks.runs import Measured, measure
from scheduler.benchmarks.tables import MEASURES, Reached, measured, table

COLUMNS = (
    "problem", "seed", "total", "open", "breaches", "rounds", "first s", "first total", "s", "MiB",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every file with every seed and print two Markdown tables, or `all` of them."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words[:1] == ["all"]:
        return everything.main(words[1:])
    parser = argparse.ArgumentParser(prog="python -m scheduler.benchmarks", description=__doc__)
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="rota-problem/1 files; with another format its folder",
    )
    parser.add_argument("--format", choices=("rota", *MEASURES), default="rota")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these instances")
    parser.add_argument("--seconds", type=float, default=60.0, help="wall time of each run")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="seeds of the search")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(words)

    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{datetime.now(UTC):%d %B %Y %H:%M} UTC, {machine()}, load before {load}, ", end="")
    print(f"{options.seconds:g} seconds on {options.threads} threads\n")
    if options.format != "rota":
        return _print_public(options)
    _print_row(*COLUMNS)
    _print_row(*("---" for _ in COLUMNS))
    runs = []
    for path in options.files:
        for seed in options.seeds:
            runs.append(measure(path, seconds=options.seconds, seed=seed, threads=options.threads))
            _print_run(runs[-1])
    _print_terms(runs)
    return 1 if any(run.breaches for run in runs) else 0


def _print_public(options: argparse.Namespace) -> int:
    """Print one table for each folder; status 1 where a plan has faults."""
    seen = list[Reached]()

    def counted(rows: Iterator[Reached]) -> Iterator[Reached]:
        for row in rows:
            seen.append(row)
            yield row

    for folder in options.files:
        rows = measured(
            options.format,
            folder,
            seconds=options.seconds,
            seeds=options.seeds,
            threads=options.threads,
            names=options.only,
        )
        for line in table(options.format, counted(rows)):
            print(line, flush=True)
    return 1 if any(row.faults for row in seen) else 0


def _print_run(run: Measured) -> None:
    _print_row(
        run.problem,
        run.seed,
        f"{run.total:,.0f}",
        run.unassigned,
        run.breaches,
        f"{run.iterations:,}",
        f"{run.first_solution:.2f}",
        f"{run.first_total:,.0f}",
        f"{run.seconds:.1f}",
        f"{run.peak_mib:,.0f}",
    )


def _print_terms(runs: Sequence[Measured]) -> None:
    print()
    _print_row("term", *(f"{run.problem}, seed {run.seed}" for run in runs))
    _print_row("---", *("---" for _ in runs))
    for term in runs[0].terms:
        _print_row(term, *(f"{run.terms[term]:,.0f}" for run in runs))


def _print_row(*cells: object) -> None:
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
