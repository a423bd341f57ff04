"""Synthetic weeks: branches beside the peer, the first plan, bounds, the group, growth."""

import json
import math
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, stdev
from typing import Any, Final

from scheduler.benchmarks.processes import Command, judge_week, reading_seconds, run, solve_week
from scheduler.benchmarks.records import Record, Records

NEAR_ENOUGH: Final = 1.05
"""Growth: within 5 % of what the longest run gives."""
LONGEST_TIMES: Final = 20
SAME_POINTS: Final = 0.01
BRANCH_COLUMNS: Final = (
    "problem", "total, mean", "sd", "open", "broken, judge/own", "same total", "MiB", "first s",
    "after reading s", "first total", "peer before", "peer after", "ratio",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the shared files, the records and the weeks are, and how runs are made."""

    shared: Path
    folder: Path
    records: Records
    threads: int
    peer_python: str

    def week(self, hours: int, seed: int, branches: int = 1) -> Path:
        """Return a synthetic week, made once."""
        path = self.folder / f"week-{branches}x{hours}-{seed}.json"
        if not path.exists():
            maker = [sys.executable, str(self.shared / "week" / "make_problem.py")]
            maker += ["--branches", str(branches), "--hours", str(hours), "--seed", str(seed)]
            path.write_text(run(maker).text)
        return path

    def solved(self, path: Path, seconds: float, seed: int) -> Record:
        """Return one judged run; the plan stays beside the week."""
        answer = path.with_suffix(f".{seconds:g}s-{seed}.plan.json")

        def measure() -> Record:
            told = solve_week(path, answer, seconds=seconds, seed=seed, threads=self.threads)
            return {**told, **judge_week(self.shared, path, answer)}

        what = {"solve": path.name, "seconds": seconds, "seed": seed, "threads": self.threads}
        return self.records.once(what, measure)

    def plan_of(self, path: Path, seconds: float, seed: int) -> Path:
        """Return the file of a judged run's plan, which is made again where it is gone."""
        answer = path.with_suffix(f".{seconds:g}s-{seed}.plan.json")
        self.solved(path, seconds, seed)
        if not answer.exists():
            solve_week(path, answer, seconds=seconds, seed=seed, threads=self.threads)
        return answer

    def reading(self, path: Path) -> float:
        """Return how long loading and reading takes before any planning."""
        return float(
            self.records.once({"read": path.name}, lambda: {"s": reading_seconds(path)})["s"]
        )

    def peer(self, path: Path, when: str) -> Record:
        """Return the peer's judged plan of a week; no total where it cannot be imported."""
        code = "import importlib.util, sys; sys.exit(not importlib.util.find_spec('vroom'))"
        known = subprocess.run([self.peer_python, "-c", code], check=False)  # noqa: S603
        if known.returncode != 0:
            return {"total": None}

        def measure() -> Record:
            solver = self.shared / "week" / "peers.py"
            done = run([self.peer_python, solver, path, "--peer", "vroom"])
            answer = path.with_suffix(".peer.json")
            answer.write_text(done.text)
            return {"seconds": done.seconds, **judge_week(self.shared, path, answer)}

        return self.records.once({"peer": path.name, "when": when}, measure)


def branches(
    bench: Bench, hours: int, seeds: Sequence[int], searches: Sequence[int], seconds: float
) -> Iterator[Sequence[Any]]:
    """Yield rows 1 and 2: each week with several seeds of the search, the peer before and after."""
    yield BRANCH_COLUMNS
    for seed in seeds:
        path = bench.week(hours, seed)
        before = bench.peer(path, "before")["total"]
        runs = [bench.solved(path, seconds, search) for search in searches]
        after = bench.peer(path, "after")["total"]
        reads = bench.reading(path)
        total = mean(run["total"] for run in runs)
        first = mean(run["first_seconds"] for run in runs)
        peers = [points for points in (before, after) if points is not None]
        yield (
            path.stem,
            f"{total:,.0f}",
            f"{stdev(run['total'] for run in runs):,.0f}" if len(runs) > 1 else "",
            f"{mean(run['open'] for run in runs):.1f}",
            f"{sum(run['breaches'] for run in runs)}/{sum(run['own_breaches'] for run in runs)}",
            all(abs(run["total"] - run["own_total"]) < SAME_POINTS for run in runs),
            max(run["peak_mib"] for run in runs),
            f"{first:.2f}",
            f"{max(0.0, first - reads):.2f}",
            f"{mean(run['first_total'] for run in runs):,.0f}",
            *(
                "not importable" if points is None else f"{points:,.0f}"
                for points in (before, after)
            ),
            f"{total / mean(peers):.3f}" if peers else "",
        )


def bounds(
    bench: Bench, sizes: Sequence[int], seeds: Sequence[int], seconds: float
) -> Iterator[Sequence[Any]]:
    """Yield row 3: how far small weeks are from the best, `seconds` each for plan and bound."""
    yield "problem", "visits", "cost", "lower bound", "gap %", "proved", "s", "by"
    for hours in sizes:
        for seed in seeds:
            path = bench.week(hours, seed)

            def measure(path: Path = path) -> Record:
                answer = bench.plan_of(path, seconds, 1)
                command: Command = [sys.executable, "-m", "scheduler", "bound", path, answer]
                command += ["--seconds", str(seconds), "--threads", str(bench.threads)]
                done = run(command)
                return {**json.loads(done.text), "seconds": done.seconds}

            found = bench.records.once({"bound": path.name, "seconds": seconds}, measure)
            points = found["cost"] if found["better_cost"] is None else found["better_cost"]
            yield (
                path.stem,
                len(json.loads(path.read_text())["visits"]),
                f"{points:,.0f}",
                f"{found['lower']:,.0f}",
                f"{100 * max(0.0, 1 - found['lower'] / points) if points else 0:.2f}",
                "yes" if found["is_optimal"] else "no",
                f"{found['seconds']:.0f}",
                found["covers"],
            )


def group(
    bench: Bench, hours: int, parts: int, seed: int, seconds: float
) -> Iterator[Sequence[Any]]:
    """Yield row 4: the group as one, and its branches one by one in the same time together."""
    yield "plan", "total", "open", "broken", "s", "MiB", "first s"
    path = bench.week(hours, seed, parts)
    whole = bench.solved(path, seconds, 1)
    alone = [bench.solved(part, seconds / parts, 1) for part in _branches_of(path)]
    figures = ("total", "open", "breaches", "seconds")
    summed = {name: sum(run[name] for run in alone) for name in figures}
    yield _group_row("the group", whole, whole["peak_mib"], f"{whole['first_seconds']:.2f}")
    yield _group_row(f"{parts} branches alone", summed, max(run["peak_mib"] for run in alone), "")
    if summed["total"]:
        yield "ratio", f"{whole['total'] / summed['total']:.3f}", "", "", "", "", ""


def _group_row(name: str, run: Record, peak: float, first: str) -> Sequence[Any]:
    total, seconds = f"{run['total']:,.0f}", f"{run['seconds']:.0f}"
    return name, total, run["open"], run["breaches"], seconds, peak, first


def _branches_of(path: Path) -> Iterator[Path]:
    """Yield each branch of a group's week as a week of its own, with its own people only."""
    week = json.loads(path.read_text())
    for branch in dict.fromkeys(client["branch"] for client in week["clients"]):
        part = path.with_name(f"{path.stem}-{branch}.json")
        clients = [row for row in week["clients"] if row["branch"] == branch]
        there = {row["id"] for row in clients}
        visits = [row for row in week["visits"] if row["client"] in there]
        known = {row["id"] for row in visits}
        kept = {
            "name": part.stem,
            "carers": [row for row in week["carers"] if row["branch"] == branch],
            "clients": clients,
            "visits": visits,
            "locked": [row for row in week["locked"] if row["visit"] in known],
            "published": [row for row in week["published"] if row["visit"] in known],
        }
        part.write_text(json.dumps({**week, **kept}))
        yield part


def growth(
    bench: Bench, sizes: Sequence[tuple[int, int]], seed: int, seconds_an_hour: float
) -> Iterator[Sequence[Any]]:
    """Yield row 8: the shortest run within 5 % of a run twenty times the first, by size.

    Runs are doubled until one is near enough; each has its own cooling, as a user's would. The
    last line is the exponent by which the seconds grow with the visits.
    """
    yield "problem", "visits", "longest s", "its total", "near enough after s"
    points = []
    for count, hours in sizes:
        path = bench.week(hours, seed, count)
        visits = len(json.loads(path.read_text())["visits"])
        shortest = hours * seconds_an_hour
        longest = LONGEST_TIMES * shortest
        best = bench.solved(path, longest, 1)["total"]
        seconds = shortest / 4
        while seconds < longest and bench.solved(path, seconds, 1)["total"] > NEAR_ENOUGH * best:
            seconds *= 2
        seconds = min(seconds, longest)
        points.append((math.log(visits), math.log(seconds)))
        yield path.stem, visits, f"{longest:g}", f"{best:,.0f}", f"{seconds:g}"
    yield "exponent", "", "", "", f"{slope(points):.2f}" if len(dict(points)) > 1 else ""


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the straight line that lies nearest to some points."""
    across, up = mean(x for x, _ in points), mean(y for _, y in points)
    spread = sum((x - across) ** 2 for x, _ in points)
    return sum((x - across) * (y - up) for x, y in points) / spread
