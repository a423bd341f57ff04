"""How the plan of all branches got better during a group run, put together from its parts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import TypeAlias

from backend.rota.models import SolverRun
from backend.rota.models.runs import OPEN_STATES
from backend.rota.solver.report import thinned

Point: TypeAlias = tuple[float, float, int]
Step: TypeAlias = tuple[datetime, int, float, int]
"""When, of which part, and the part's cost and open visits from then on."""


def whole_curve(parts: Iterable[SolverRun]) -> list[Sequence[float]]:
    """Return rows [seconds since the first part began, cost, unassigned visits], oldest first.

    The parts of the first stage share no visit, so their sums are those of the whole; a part of a
    later stage begins from the plan so far, and what it gains the whole gains. Empty until every
    branch that is still to be planned has its first plan: before, the sum would grow with each.

    A part tells the seconds it has worked; where one has lost its worker, the pause is left out.
    """
    begun = [part for part in parts if part.started_at is not None and part.curve]
    alone = {part.pk for part in begun if part.group_stage == 0}
    if any(
        part.group_stage == 0 and part.pk not in alone and part.state in OPEN_STATES
        for part in parts
    ):
        return []
    # By time alone: of two rows of one part at the same moment the first stays first.
    steps = sorted((step for part in begun for step in _steps(part)), key=itemgetter(0))
    return thinned(list(_added_up(steps, alone)))


def _steps(part: SolverRun) -> Iterator[Step]:
    if part.started_at is None:
        return
    for second, cost, unassigned in part.curve:
        yield part.started_at + timedelta(seconds=second), part.pk, cost, int(unassigned)


def _added_up(steps: Sequence[Step], alone: set[int]) -> Iterator[Point]:
    known: dict[int, tuple[float, int]] = {}
    cost, unassigned = 0.0, 0
    for at, part, own_cost, own_unassigned in steps:
        # A later part's first row is the plan that it begins from, which counts already.
        start = (0.0, 0) if part in alone else (own_cost, own_unassigned)
        cost_before, unassigned_before = known.get(part, start)
        known[part] = (own_cost, own_unassigned)
        cost += own_cost - cost_before
        unassigned += own_unassigned - unassigned_before
        if alone <= known.keys():
            yield round((at - steps[0][0]).total_seconds(), 1), round(cost, 1), unassigned
