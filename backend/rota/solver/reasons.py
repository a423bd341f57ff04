"""Why a carer has a visit, from the plan itself: the way there, the time, wishes, hours."""

from collections.abc import Iterator
from dataclasses import dataclass

from backend.rota.solver.ids import visit_id as visit_name
from backend.rota.solver.laid_out import LaidOutWeek
from scheduler import Carer, Visit

ON_TIME_MINUTES = 15

REASON_CODES = (
    "locked",
    "familiar",
    "preferred",
    "likes_client",
    "wanted_day_off",
    "first",
    "travel",
    "on_time",
    "off_time",
    "guarantee",
)
"""What a reason may be about, in the order of weight."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: `code` says of which kind, `figure` how much of it, where there is one.

    "familiar" counts visits in the 28 days before, "travel" minutes from the visit before,
    "on_time" and "off_time" minutes from the agreed time, below zero when earlier.
    """

    code: str
    figure: int | None = None


def reasons_for(laid_out: LaidOutWeek, *, visit_id: int, carer_id: int) -> list[Reason]:
    """Return what speaks for a carer on a visit of the draft, and what does not, by weight."""
    problem = laid_out.source.problem
    visit = problem.visit_of.get(visit_name(visit_id))
    if visit is None:
        return []
    return [
        *_wishes(laid_out.carer(carer_id), visit),
        _way(laid_out, visit_id, carer_id),
        *_time(laid_out, visit),
        *_hours(laid_out, carer_id),
    ]


def _wishes(carer: Carer, visit: Visit) -> Iterator[Reason]:
    # Whom a carer would rather not see is nobody's business but the carer's and the solver's.
    for wish in carer.preferences:
        if wish.kind == "prefer_client" and wish.client == visit.client:
            yield Reason("likes_client")
        if wish.kind == "day_off" and wish.day == visit.day:
            yield Reason("wanted_day_off")


def _way(laid_out: LaidOutWeek, visit_id: int, carer_id: int) -> Reason:
    minutes = laid_out.journeys.get((visit_id, carer_id))
    if minutes is None:
        return Reason("first")
    return Reason("travel", minutes)


def _time(laid_out: LaidOutWeek, visit: Visit) -> Iterator[Reason]:
    row = laid_out.given(visit.id)
    if row is None:
        return
    away = row.start - visit.target
    yield Reason("on_time" if abs(away) <= ON_TIME_MINUTES else "off_time", away)


def _hours(laid_out: LaidOutWeek, carer_id: int) -> Iterator[Reason]:
    guarantee = laid_out.carer(carer_id).guaranteed_minutes
    work = laid_out.work_minutes(carer_id)
    if guarantee and work <= guarantee:
        yield Reason("guarantee")
