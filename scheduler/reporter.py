"""What a run says while it goes on: lines on standard output, and its best so far in a file."""

import argparse
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any, Final

from scheduler.exchange import write_solution
from scheduler.model import CRITICAL, Problem, Solution
from scheduler.progress import Heartbeat, Progress, Stopwatch, gap_of
from scheduler.score import check, cost
from scheduler.stop import StopRequest

LINE_SECONDS: Final = 0.5
"""Progress lines are at least this far apart."""
SILENCE_SECONDS: Final = 1.5
"""After so long without a line the last one is said again."""
CHECKPOINT_SECONDS: Final = 1.0
"""Checkpoints are at least this far apart."""


class Reporter:
    """Says on standard output how a run goes, and keeps its best solution in a file.

    A reader that has gone away is taken as the wish to stop.
    """

    def __init__(self, options: argparse.Namespace, request: StopRequest) -> None:
        self._speaks: bool = options.progress
        self._checkpoint: Path | None = options.checkpoint
        self._request = request
        self._watch = Stopwatch()
        self._lock = threading.Lock()
        self._heart = Heartbeat(LINE_SECONDS, self._break_silence)
        self._line: dict[str, Any] = _line("loading", None, {}, None, None)
        self._lower: float | None = None
        self._iterations = 0
        self._said_at = self._kept_at = -1.0
        self._kept_cost = float("inf")

    def __enter__(self) -> "Reporter":
        self._say(self._line, checkpoint=False)
        self._heart.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._heart.__exit__()

    def begin(self, problem: Problem, start: Solution | None) -> None:
        """Take note of the start: a checkpoint that it came from must only be improved."""
        if start is not None and not check(problem, start):
            self._kept_cost = cost(problem, start).total

    def report(self, progress: Progress) -> bool:
        """Take note of how the run stands; False asks it to stop."""
        self._iterations, self._lower = progress.iterations, progress.lower
        # An empty week is no checkpoint, and "done" is said when the files have been written.
        if progress.stage in {"loading", "done"}:
            return not self._request.made
        now = self._watch.elapsed()
        better = progress.cost < self._kept_cost
        kept = better and now - self._kept_at >= CHECKPOINT_SECONDS and self._keep(progress)
        is_new_stage = progress.stage != self._line["stage"]
        if kept or is_new_stage or now - self._said_at >= LINE_SECONDS:
            line = _line(
                progress.stage,
                progress.cost,
                dict(progress.terms),
                progress.unassigned,
                progress.unassigned_critical,
                progress.lower,
            )
            self._say(line, checkpoint=kept)
        return not self._request.made

    def finish(self, problem: Problem, solution: Solution) -> None:
        """Keep the last solution and say the last line, with the exact cost."""
        if self._checkpoint:
            write_solution(solution, self._checkpoint)
        points = cost(problem, solution)
        left = problem.open_visits(solution)
        critical = sum(visit.priority == CRITICAL for visit in left)
        line = _line("done", points.total, dict(points.terms), len(left), critical, self._lower)
        self._say(line, checkpoint=self._checkpoint is not None)

    def _keep(self, progress: Progress) -> bool:
        if self._checkpoint is None:
            return False
        write_solution(progress.solution(), self._checkpoint)
        self._kept_at, self._kept_cost = self._watch.elapsed(), progress.cost
        return True

    def _break_silence(self) -> None:
        if self._watch.elapsed() - self._said_at >= SILENCE_SECONDS:
            self._say(self._line, checkpoint=False)

    def _say(self, line: dict[str, Any], *, checkpoint: bool) -> None:
        with self._lock:
            self._line, self._said_at = line, self._watch.elapsed()
            if not self._speaks:
                return
            moment = {"elapsed": round(self._said_at, 3), "iterations": self._iterations}
            spoken = {"stage": line["stage"], **moment, **line, "checkpoint": checkpoint}
            try:
                print(json.dumps(spoken), flush=True)
            except BrokenPipeError:
                self._speaks = False
                self._request.make()
                # Or the interpreter would try again, and complain, when it ends.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _line(
    stage: str,
    points: float | None,
    terms: dict[str, float],
    unassigned: int | None,
    critical: int | None,
    lower: float | None = None,
) -> dict[str, Any]:
    gap = None if points is None else gap_of(points, lower)
    return {
        "stage": stage,
        "cost": points,
        "terms": terms,
        "unassigned": unassigned,
        "unassigned_critical": critical,
        "lower": lower,
        "gap": None if gap is None else round(gap, 6),
    }
