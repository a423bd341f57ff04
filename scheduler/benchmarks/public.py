"""The public sets, planned by the command line and judged by the scorer of each set."""

import csv
import json
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any, Final

from scheduler.benchmarks.formats import FORMATS
from scheduler.benchmarks.processes import BenchmarkError, Command, run
from scheduler.benchmarks.records import Record
from scheduler.benchmarks.weeks import Bench

HHCRSP_SECONDS: Final = {"A": 5, "B": 5, "C": 30, "D": 30, "E": 30, "F": 60, "G": 60}


@dataclass(frozen=True, slots=True)
class PublicSet:
    """A set's columns: its best known value, the scorer's figure, and the seconds of a row.

    `runs` is how many seeds of the search are needed, as its authors took the mean of several.
    """

    target: str
    figure: str
    flags: tuple[str, ...]
    seconds_of: Callable[[Mapping[str, str]], float]
    runs: int = 3


PUBLIC: Final[Mapping[str, PublicSet]] = {
    "hhcrsp": PublicSet(
        "best_known", "cost", ("--json",), lambda row: HHCRSP_SECONDS[row["instance"][0]]
    ),
    "uhhc": PublicSet(
        "sa_best_of_10", "cost", ("--json",), lambda row: float(row["sa_mean_seconds"]), runs=5
    ),
    "phhcrsp": PublicSet("best_total_workload", "total_workload", (), lambda _: 60),
}


def public(
    bench: Bench, name: str, *, longest: float, most: int | None, runs: int | None
) -> Iterator[Sequence[Any]]:
    """Yield one of rows 5 to 7: each instance, then the means.

    Parameters
    ----------
    longest
        No instance gets more seconds than this.
    most
        Only so many instances, the first ones; None for all.
    runs
        Of each; None for as many as the set needs.
    """
    yield "instance", "s", "best known", "mean", "gap %", "best gap %", "sound"
    kind = PUBLIC[name]
    seeds = range(1, 1 + (runs or kind.runs))
    with (bench.shared / name / "best_known.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))[:most]
    gaps, best_gaps, all_sound = [], [], True
    for row in rows:
        seconds = min(longest, kind.seconds_of(row))
        judged = [_judged(bench, name, row["instance"], seconds, seed) for seed in seeds]
        target = float(row[kind.target])
        costs = [run["cost"] for run in judged]
        is_sound = all(run["feasible"] for run in judged)
        gap, best = 100 * (mean(costs) / target - 1), 100 * (min(costs) / target - 1)
        gaps.append(gap)
        best_gaps.append(best)
        all_sound = all_sound and is_sound
        yield (
            row["instance"],
            f"{seconds:g}",
            f"{target:,.3f}",
            f"{mean(costs):,.3f}",
            f"{gap:+.2f}",
            f"{best:+.2f}",
            "yes" if is_sound else "NO",
        )
    sound = "yes" if all_sound else "NO"
    yield f"mean of {len(rows)}", "", "", "", f"{mean(gaps):+.2f}", f"{mean(best_gaps):+.2f}", sound


def _judged(bench: Bench, name: str, instance: str, seconds: float, seed: int) -> Record:
    """Return one run of an instance; what is not sound has no cost."""
    kind = PUBLIC[name]
    source = bench.shared / name / "instances" / f"{instance}{FORMATS[name].suffix}"
    answer = bench.folder / f"{name}-{instance}-{seed}.json"

    def measure() -> Record:
        command: Command = [sys.executable, "-m", "scheduler", "solve", source, "-o", answer]
        command += ["--format", name, "--seconds", str(seconds), "--seed", str(seed)]
        run([*command, "--threads", str(bench.threads)], fine=(0, 1))
        scorer: Command = [sys.executable, bench.shared / name / "score.py", source, answer]
        told = json.loads(run([*scorer, *kind.flags], fine=(0, 1)).text)
        if "feasible" not in told:
            raise BenchmarkError(f"the scorer of {name} says nothing of {instance}")
        cost = told.get(kind.figure)
        return {
            "feasible": told["feasible"],
            "cost": cost if told["feasible"] and cost is not None else math.nan,
        }

    what = {"set": name, "instance": instance, "seconds": seconds, "seed": seed}
    return bench.records.once({**what, "threads": bench.threads}, measure)
