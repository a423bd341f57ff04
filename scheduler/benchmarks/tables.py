"""One table for a public benchmark: what several runs reached beside the best that is known."""

import csv
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Final

from scheduler.benchmarks.formats import FORMATS
from scheduler.flexible import FlexiblePlan, FlexibleProblem
from scheduler.flexible_price import faults_of, price_of
from scheduler.model import ProblemError
from scheduler.progress import Stopwatch
from scheduler.solve_flexible import solve_flexible

HHCRSP_PARTS: Final = 3
HHCRSP_SCALE: Final = 1000


@dataclass(frozen=True, slots=True)
class Measure:
    """How a benchmark counts: a plan's cost, the columns of `best_known.csv`, the time allowed.

    `bound` is a column with a lower bound, and `seconds_of` may shorten the time of an instance.
    """

    cost_of: Callable[[FlexibleProblem, FlexiblePlan], float]
    target: str
    bound: str | None
    seconds_of: Callable[[Mapping[str, str], float], float]
    set_of: Callable[[str], str]


def _working_minutes(problem: FlexibleProblem, plan: FlexiblePlan) -> float:
    work = sum(part.minutes for visit in problem.visits for part in visit.parts)
    return price_of(problem, plan) + work


MEASURES: Final[Mapping[str, Measure]] = {
    "uhhc": Measure(
        price_of,
        target="sa_best_of_10",
        bound=None,
        seconds_of=lambda row, seconds: min(seconds, float(row["sa_mean_seconds"])),
        set_of=lambda _: "all",
    ),
    "hhcrsp": Measure(
        lambda problem, plan: price_of(problem, plan) / (HHCRSP_PARTS * HHCRSP_SCALE),
        target="best_known",
        bound=None,
        seconds_of=lambda _, seconds: seconds,
        set_of=lambda name: name[0],
    ),
    "phhcrsp": Measure(
        _working_minutes,
        target="best_total_workload",
        bound="lower_bound_total_workload",
        seconds_of=lambda _, seconds: seconds,
        set_of=lambda _: "all",
    ),
}


@dataclass(frozen=True, slots=True)
class Reached:
    """The costs of all runs of one instance, beside its target; gaps are in per cent."""

    name: str
    target: float
    bound: float | None
    seconds: float
    costs: tuple[float, ...]
    faults: int

    @property
    def mean_gap(self) -> float:
        """How far the mean of the runs is above the target."""
        return 100 * (mean(self.costs) / self.target - 1)

    @property
    def best_gap(self) -> float:
        """How far the best of the runs is above the target."""
        return 100 * (min(self.costs) / self.target - 1)

    @property
    def bound_gap(self) -> float:
        """How far the best of the runs is above the lower bound; not a number without one."""
        return 100 * (min(self.costs) / self.bound - 1) if self.bound else math.nan


def measured(
    kind: str,
    folder: Path,
    *,
    seconds: float,
    seeds: Sequence[int],
    threads: int,
    names: Sequence[str] = (),
) -> Iterator[Reached]:
    """Solve the instances of a benchmark's folder and yield what was reached, one by one.

    Raises
    ------
    ProblemError
        The folder lacks `best_known.csv`, or an instance cannot be read.
    """
    measure, layout = MEASURES[kind], FORMATS[kind]
    try:
        with (folder / "best_known.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise ProblemError(str(folder), f"has no best_known.csv: {error.strerror}") from error
    for row in rows:
        name = row["instance"]
        if names and name not in names:
            continue
        allowed = measure.seconds_of(row, seconds)
        costs, faults = [], 0
        for seed in seeds:
            watch = Stopwatch()
            problem = layout.read(folder / "instances" / f"{name}{layout.suffix}").problem
            left = max(0.0, allowed - watch.elapsed())
            plan = solve_flexible(problem, seconds=left, seed=seed, threads=threads)
            costs.append(measure.cost_of(problem, plan))
            faults += len(faults_of(problem, plan))
        bound = float(row[measure.bound]) if measure.bound else None
        yield Reached(name, float(row[measure.target]), bound, allowed, tuple(costs), faults)


def table(kind: str, rows: Iterator[Reached]) -> Iterator[str]:
    """Yield the lines of a Markdown table, each as soon as its instance is done."""
    yield "| instance | s | target | mean | best | mean gap % | best gap % | to bound % | faults |"
    yield "|---|---|---|---|---|---|---|---|---|"
    sets: dict[str, list[Reached]] = {}
    for row in rows:
        sets.setdefault(MEASURES[kind].set_of(row.name), []).append(row)
        yield (
            f"| {row.name} | {row.seconds:g} | {row.target:,.3f} | {mean(row.costs):,.3f} "
            f"| {min(row.costs):,.3f} | {row.mean_gap:+.2f} | {row.best_gap:+.2f} "
            f"| {row.bound_gap:.2f} | {row.faults} |"
        )
    for name, members in sets.items():
        gap = mean(member.mean_gap for member in members)
        best = mean(member.best_gap for member in members)
        bound = mean(member.bound_gap for member in members)
        faults = sum(member.faults for member in members)
        yield f"| set {name} | | | | | {gap:+.2f} | {best:+.2f} | {bound:.2f} | {faults} |"
