"""One measured run in a process of its own, so that its memory is its own."""

import resource
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from scheduler.exchange import read_problem
from scheduler.progress import Progress
from scheduler.score import check, cost
from scheduler.solve import solve
from scheduler.units import Points

KIB_IN_MIB: Final = 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run reached. Times are seconds of wall clock from before the file was read.

    Attributes
    ----------
    first_solution
        When the first complete rota was there, and `first_total` what it cost.
    peak_mib
        The most memory that the process held.
    """

    problem: str
    seed: int
    total: Points
    terms: Mapping[str, Points]
    unassigned: int
    breaches: int
    iterations: int
    first_solution: float
    first_total: Points
    seconds: float
    peak_mib: float


def measure(path: Path, *, seconds: float, seed: int, threads: int) -> Measured:
    """Solve a problem file in a fresh process and return what came of it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_run, path, seconds, seed, threads).result()


def _run(path: Path, seconds: float, seed: int, threads: int) -> Measured:
    began = time.monotonic()
    seen: dict[str, tuple[float, Progress]] = {}

    def note(progress: Progress) -> bool:
        seen[progress.stage] = (time.monotonic() - began, progress)
        return True

    problem = read_problem(path)
    # What reading took counts too: it is the whole command that must be in time.
    left = max(0.0, seconds - (time.monotonic() - began))
    solution = solve(problem, seconds=left, seed=seed, threads=threads, on_progress=note)
    elapsed = time.monotonic() - began
    points = cost(problem, solution)
    first_at, first = seen["building"]
    return Measured(
        problem=problem.name,
        seed=seed,
        total=points.total,
        terms=points.terms,
        unassigned=len(problem.open_visits(solution)),
        breaches=len(check(problem, solution)),
        iterations=seen["done"][1].iterations,
        first_solution=first_at,
        first_total=first.cost,
        seconds=elapsed,
        peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_IN_MIB,
    )
