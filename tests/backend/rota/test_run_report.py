"""What the lines of a solver become in the columns of its run."""

import json
from typing import Any

import pytest

from backend.rota.models import SolverRun
from backend.rota.solver.report import Report


def _line(cost: float, *, lower: float | None = None, checkpoint: bool = True) -> bytes:
    told: dict[str, Any] = {
        "stage": "improving",
        "elapsed": 1.0,
        "iterations": 10,
        "cost": cost,
        "terms": {},
        "unassigned": 0,
        "unassigned_critical": 0,
        "lower": lower,
        "checkpoint": checkpoint,
    }
    return json.dumps(told).encode()


def test_the_gap_is_told_as_soon_as_a_bound_is_known_and_shrinks_with_either() -> None:
    report = Report(SolverRun())
    gaps = []

    for line in (
        _line(200.0),
        _line(200.0, lower=100.0, checkpoint=False),
        _line(125.0, lower=100.0),
        _line(125.0, lower=120.0, checkpoint=False),
        _line(125.0, lower=110.0, checkpoint=False),
    ):
        report.take(line)
        gaps.append(report.values()["figures"]["gap"])

    assert gaps == [None, 0.5, 0.2, pytest.approx(0.04), pytest.approx(0.04)]


def test_a_bound_outlives_a_worker_but_not_a_change_of_the_week() -> None:
    figures = {"lower": 100.0, "rebased": False}
    again = Report(SolverRun(figures=figures))
    changed = Report(SolverRun(figures={**figures, "rebased": True}))

    again.take(_line(125.0))
    changed.take(_line(125.0))

    assert again.values()["figures"]["gap"] == pytest.approx(0.2)
    assert changed.values()["figures"]["gap"] is None
