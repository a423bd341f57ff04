"""Why a visit is with its present carers: the price and the rules of giving it to another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from scheduler.explain.judge import Judge
from scheduler.explain.opening import Opening
from scheduler.explain.verdict import CANNOT, Fault, Verdict
from scheduler.model import Carer, ProblemError, Weights
from scheduler.rules import (
    continuity,
    contract,
    gaps,
    punctuality,
    soft_ends,
    stability,
    travel_cost,
    voted_price,
)
from scheduler.units import Minute, Points
from scheduler.voted_limits import OVER_POINTS

NEXT_BEST: Final = 3
"""So many of the carers who could make the visit next best are compared."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What one cost term would change by.

    `amount` is in the things that the term counts: minutes of travel, lateness, outside soft ends,
    idleness, shortfall and overtime; unfamiliar carer-visits, extra carers, splits, changes of what
    was published, excesses over votes. None where a term counts nothing plain, or its weight is
    zero.
    """

    term: str
    points: Points
    amount: float | None


@dataclass(frozen=True, slots=True)
class Instead:
    """Another carer in place of a present one.

    Attributes
    ----------
    verdict
        As `candidates` gives it.
    differences
        The change of cost by term, the largest first; empty for those who cannot.
    faults
        The rules in the way, the deciding one first; empty for those who can.
    """

    verdict: Verdict
    differences: tuple[Difference, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """An assignment against its alternatives.

    Attributes
    ----------
    visit, start, carers
        As it is assigned now.
    next_best
        The carers whose taking it would cost least, at most three. One who would cost less than
        the present carer comes with a sum below zero.
    asked
        The carer who was asked about; None when nobody was, or a carer who makes the visit now.
    """

    visit: str
    start: Minute
    carers: tuple[str, ...]
    next_best: tuple[Instead, ...]
    asked: Instead | None


def why(
    judge: Judge,
    opening: Opening,
    carer_id: str | None = None,
    *,
    may: Callable[[Verdict], bool] = lambda _verdict: True,
) -> Why:
    """Explain one assigned visit; see `assignment`.

    Parameters
    ----------
    may
        Whether a carer who could by these rules may by others too. Those who may not are passed
        over among the next best; only as many are asked about as are needed.
    """
    row = opening.row
    if row is None:
        raise ProblemError("", f"visit {opening.visit.id!r} is not assigned")
    others = {v.carer: v for v in judge.verdicts(opening) if v.carer not in row.carers}
    weights = judge.plan.problem.policy.weights
    priced = [verdict for verdict in others.values() if verdict.cost_change is not None]
    best = sorted(priced, key=lambda verdict: verdict.cost_change or 0.0)
    asked = None
    if carer_id is not None:
        _require_known(judge.plan.problem.carer_of, carer_id)
        if carer_id in others:
            verdict = judge.with_move(others[carer_id], opening)
            asked = Instead(
                verdict, _differences(verdict, weights), judge.faults(others[carer_id], opening)
            )
    return Why(
        row.visit,
        row.start,
        row.carers,
        tuple(
            Instead(verdict, _differences(verdict, weights), ())
            for verdict in islice(filter(may, best), NEXT_BEST)
        ),
        asked,
    )


def _require_known(carers: Mapping[str, Carer], carer_id: str) -> None:
    if carer_id not in carers:
        raise ProblemError("", f"there is no carer {carer_id!r}")


def _differences(verdict: Verdict, weights: Weights) -> tuple[Difference, ...]:
    if verdict.outcome == CANNOT or verdict.cost_change is None:
        return ()
    price_of_one = {
        travel_cost.TERMS[0]: weights.travel,
        **dict(zip(continuity.TERMS, (weights.unfamiliar, weights.extra_carer), strict=True)),
        punctuality.TERMS[0]: weights.lateness,
        soft_ends.TERMS[0]: weights.outside or 0.0,
        **dict(zip(contract.TERMS, (weights.shortfall, weights.overtime), strict=True)),
        **dict(zip(gaps.TERMS, (weights.idle, weights.split), strict=True)),
        stability.TERMS[0]: weights.stability,
        voted_price.TERMS[0]: OVER_POINTS,
    }
    found = []
    for term, points in verdict.terms.items():
        price = price_of_one.get(term, 0.0)
        found.append(Difference(term, points, round(points / price, 2) if price else None))
    return tuple(sorted(found, key=lambda row: -abs(row.points)))
