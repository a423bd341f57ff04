"""Random weeks with random answers, and what an independent scorer says of each.

The scorer of the `rota-problem/1` format is a program of its own and no part of this repository.
To record anew, when the weeks below or the format change:

    python -m tests.scheduler.agreement PATH/score.py > tests/scheduler/data/agreement/weeks.json
"""

import json
import runpy
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any, Final

from scheduler import problem_to, solution_to
from scheduler.model import Assignment, Problem, Solution, Visit
from scheduler.units import DAY
from tests.scheduler.builders import POLICY
from tests.scheduler.improve.weeks import random_week, with_promises

WEEKS: Final = 2_000


def answered_week(seed: int) -> tuple[Problem, Solution]:
    """Return a small week and an answer to it, from sound to wrecked; the same for a seed."""
    rng = Random(seed)  # noqa: S311
    problem = random_week(
        seed,
        carers=rng.randint(4, 6),
        clients=rng.randint(1, 4),
        policy=replace(
            POLICY,
            max_day_minutes=rng.choice((120, 300, 660)),
            weekly_rest_minutes=rng.choice((1440, 2160)),
            stretch_minutes=rng.choice((60, 120, 360)),
            split_gap_minutes=rng.choice((60, 120)),
        ),
        # The recorded scorer knows no clock changes.
        clock_change=None,
    )
    care = rng.choice((0.5, 0.9, 1.0))
    solution = Solution(problem.name, tuple(_rows(rng, problem, care)))
    if rng.random() < 0.5:
        known = [row for row in solution.assignments if problem.carer_of.keys() >= set(row.carers)]
        problem = with_promises(problem, replace(solution, assignments=tuple(known)), seed)
        solution = Solution(problem.name, tuple(_shaken(rng, solution, care)))
    return problem, solution


def _rows(rng: Random, problem: Problem, care: float) -> Iterator[Assignment]:
    ids = [carer.id for carer in problem.carers]
    filled = rng.choice((0.1, 0.5, 0.9))
    for visit in problem.visits:
        if rng.random() > filled:
            continue
        team = rng.sample(ids, min(visit.carers, len(ids)))
        start = rng.randint(visit.earliest, visit.latest)
        if rng.random() > care:
            start, team = _fault(rng, visit, start, team, ids)
        yield Assignment(visit.id, start, tuple(team))


def _fault(
    rng: Random, visit: Visit, start: int, team: list[str], ids: list[str]
) -> tuple[int, list[str]]:
    midnight = visit.day * DAY
    return rng.choice(
        (
            (max(midnight, start - 120), team),
            (min(midnight + DAY - visit.minutes, start + 120), team),
            (start, [*team, rng.choice(ids)]),
            (start, [rng.choice(ids)]),
            (start, ["nobody"]),
            (start, []),
        )
    )


def _shaken(rng: Random, solution: Solution, care: float) -> Iterator[Assignment]:
    """Yield the rows again, some left out, moved, given twice or about visits that are unknown."""
    for row in solution.assignments:
        if rng.random() < care:
            yield row
            continue
        yield from rng.choice(
            (
                [],
                [Assignment(row.visit, row.start + 5, row.carers)],
                [row, row],
                [Assignment("nowhere", row.start, row.carers)],
            )
        )


def documents(seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the files of an answered week."""
    problem, solution = answered_week(seed)
    return problem_to(problem), solution_to(solution)


def fingerprint() -> int:
    """Return a number that changes when any of the weeks or answers does."""
    crc = 0
    for seed in range(WEEKS):
        crc = zlib.crc32(json.dumps(documents(seed), sort_keys=True).encode(), crc)
    return crc


def record(scorer: str) -> None:
    """Print what the scorer at a path says of every week."""
    score = runpy.run_path(scorer)["score"]
    scores = []
    for seed in range(WEEKS):
        result = score(*documents(seed))
        hard: Counter[str] = Counter()
        for rule, count in result["hard"].items():
            hard[rule.split()[0]] += count
        scores.append({"total": result["total"], "hard": dict(sorted(hard.items()))})
    recording = {"fingerprint": fingerprint(), "scores": scores}
    sys.stdout.write(json.dumps(recording, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    record(sys.argv[1])
