"""What a solver has told so far, as the columns of its `SolverRun`."""

import json
from collections.abc import Sequence
from typing import Any

from backend.rota.models import SolverRun
from scheduler.progress import gap_of

CURVE_POINTS = 240
"""The most points a curve keeps: enough for any screen, small enough to store every second."""

Point = tuple[float, float, int]


class Report:
    """Takes the lines of a child and remembers the best.

    `elapsed` counts on from what the run had used before this child was started, and the best
    cost of a run never rises, whatever a later child begins with.
    """

    def __init__(self, run: SolverRun) -> None:
        self._used = run.elapsed_seconds
        self._best = run.checkpoint_cost
        self._curve: list[Sequence[float]] = list(run.curve)
        self._values: dict[str, Any] = {}
        self._figures: dict[str, Any] = dict(run.figures)
        self._rebased = bool(run.figures.get("rebased"))
        # What was proved about the best plan stays true, whoever goes on with the run.
        self._lower: float | None = None if self._rebased else run.figures.get("lower")
        self.has_checkpoint = False

    def take(self, line: bytes) -> None:
        """Take in one line; what is no JSON object is not for us."""
        try:
            told = json.loads(line)
        except ValueError:
            return
        if not isinstance(told, dict) or "stage" not in told:
            return
        elapsed = round(self._used + float(told["elapsed"]), 1)
        self._values.update(stage=str(told["stage"])[:20], elapsed_seconds=elapsed)
        raised = self._take_lower(told)
        if told.get("checkpoint") and told.get("cost") is not None:
            self._take_plan(told, elapsed)
        if raised and self._best is not None:
            self._figures |= {"lower": self._lower, "gap": self._gap()}
            self._values.update(figures=self._figures)

    @property
    def is_news(self) -> bool:
        """Say whether something was told that is not stored yet."""
        return bool(self._values)

    def values(self) -> dict[str, Any]:
        """Return the columns that are not stored yet."""
        return dict(self._values)

    def stored(self) -> None:
        """Note that all of `values` is stored."""
        self._values.clear()
        self.has_checkpoint = False

    def _take_plan(self, told: dict[str, Any], elapsed: float) -> None:
        """Take in a plan that lies in the checkpoint file, if it is better than all before.

        A cost without its plan is not told on: the plan might be lost with the worker, and the
        best cost of a run would rise.
        """
        cost, unassigned = float(told["cost"]), int(told["unassigned"])
        if self._best is not None and cost >= self._best:
            return
        self._best, self.has_checkpoint = cost, True
        self._curve = thinned([*self._curve, (elapsed, cost, unassigned)])
        self._figures = {
            "terms": told["terms"],
            "iterations": told["iterations"],
            "unassigned_critical": told["unassigned_critical"],
            "rebased": self._rebased,
            "lower": self._lower,
            "gap": self._gap(),
        }
        self._values.update(
            best_cost=cost, unassigned=unassigned, curve=self._curve, figures=self._figures
        )

    def _take_lower(self, told: dict[str, Any]) -> bool:
        """Take in what no plan costs less than; say whether it was news."""
        lower = told.get("lower")
        if lower is None or (self._lower is not None and lower <= self._lower):
            return False
        self._lower = float(lower)
        return True

    def _gap(self) -> float | None:
        """Return how much of the best cost another plan could save at most."""
        if self._lower is None or self._best is None:
            return None
        return gap_of(self._best, self._lower)


def thinned(curve: list[Sequence[float]]) -> list[Sequence[float]]:
    """Return a curve of at most `CURVE_POINTS`; the first and the latest points stay."""
    if len(curve) <= CURVE_POINTS:
        return curve
    half = CURVE_POINTS // 2
    return [*curve[:-half:2], *curve[-half:]]
