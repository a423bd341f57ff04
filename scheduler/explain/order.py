"""The order in which verdicts are shown: the best first."""

from collections.abc import Iterable, Sequence
from typing import Final

from scheduler.explain.verdict import CAN, CAN_IF, Verdict
from scheduler.rules import days_worked, locks, suitability, visit_order
from scheduler.units import Minutes

# What a coordinator can hardly change comes last.
_HARDEST: Final = {visit_order.CODE: 1, suitability.CODE: 2, locks.CODE: 3}

# A whole day more weighs as much as so many minutes of anything else.
_A_DAY: Final[Minutes] = 480


def nearest_first(verdicts: Iterable[Verdict]) -> Sequence[Verdict]:
    """Sort verdicts: who can, who could at another start, by moving a visit, and who cannot.

    Within these by the change of cost, and without one by how little is missing.
    """
    return sorted(verdicts, key=_rank)


def _rank(verdict: Verdict) -> tuple[int, int, float, int]:
    if verdict.outcome == CAN:
        group = 0
    elif verdict.outcome == CAN_IF:
        group = 1 if verdict.code is None else 2
    else:
        group = 3
    points = 0.0 if verdict.cost_change is None else verdict.cost_change
    missing = verdict.shortfall * (_A_DAY if verdict.code == days_worked.CODE else 1)
    return group, _HARDEST.get(verdict.code or "", 0), points, missing
