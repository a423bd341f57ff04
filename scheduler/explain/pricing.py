"""What one change of a visit costs by term, worked out from the few things that it touches."""

from collections import Counter
from collections.abc import Mapping
from typing import TypeAlias

from scheduler.model import Assignment, Client, Visit
from scheduler.rules import (
    CARER_TERMS,
    CarerWeek,
    Plan,
    continuity,
    punctuality,
    soft_ends,
    stability,
    unassigned,
)
from scheduler.score import COST_DECIMALS, TERMS
from scheduler.units import Points

TermPoints: TypeAlias = Mapping[str, Points]


class Pricing:
    """Prices changes to one plan; what carers and clients cost now is worked out once."""

    def __init__(self, plan: Plan) -> None:
        self._problem = plan.problem
        self._weeks = plan.weeks
        self._teams = {
            client: Counter(carers) for client, carers in continuity.visiting_carers(plan).items()
        }
        self._told = {row.visit: row for row in plan.problem.published}
        self._week_points: dict[str, TermPoints] = {}

    def change(
        self,
        visit: Visit,
        before: Assignment | None,
        after: Assignment,
        weeks: Mapping[str, CarerWeek],
    ) -> dict[str, Points]:
        """Return the points that a change adds to each cost term; terms that stay are left out.

        Parameters
        ----------
        visit, before, after
            The one visit that changes; `before` is None while it is open. A double-up with one
            carer counts as half open.
        weeks
            Carer id to the week afterwards, of every carer whose week changes.
        """
        sums: dict[str, Points] = dict.fromkeys(TERMS, 0.0)
        _add(sums, self._visit_points(visit, after))
        _add(sums, self._visit_points(visit, before), sign=-1)
        then, now = self._client_points(visit, before, after)
        _add(sums, then)
        _add(sums, now, sign=-1)
        for carer_id, week in weeks.items():
            _add(sums, self._points_of(week))
            _add(sums, self._points_now(carer_id), sign=-1)
        rounded = {term: round(points, COST_DECIMALS) for term, points in sums.items()}
        return {term: points for term, points in rounded.items() if points}

    def _visit_points(self, visit: Visit, row: Assignment | None) -> TermPoints:
        policy = self._problem.policy
        filled = min(1.0, len(row.carers) / visit.carers) if row else 0.0
        late = filled * punctuality.points(visit, row.start, policy) if row else 0.0
        outside = filled * soft_ends.points(visit, row.start, policy) if row else 0.0
        told = self._told.get(visit.id)
        return {
            unassigned.term_of(visit): (1 - filled) * unassigned.points(visit, policy),
            punctuality.TERMS[0]: late,
            soft_ends.TERMS[0]: outside,
            stability.TERMS[0]: stability.points(told, row, policy) if told else 0.0,
        }

    def _client_points(
        self, visit: Visit, before: Assignment | None, after: Assignment
    ) -> tuple[TermPoints, TermPoints]:
        """Return what the client's carers cost after the change, and what they cost now."""
        client = self._problem.client_of[visit.client]
        team = self._teams.get(client.id, Counter())
        changed = team.copy()
        changed.subtract(before.carers if before else ())
        changed.update(after.carers)
        return self._team_points(client, changed), self._team_points(client, team)

    def _team_points(self, client: Client, team: Counter[str]) -> TermPoints:
        policy = self._problem.policy
        different = sum(visits > 0 for visits in team.values())
        unfamiliar, extra = continuity.TERMS
        return {
            unfamiliar: continuity.unfamiliar_points(client, team.elements(), policy),
            extra: continuity.extra_points(client, different, policy),
        }

    def _points_now(self, carer_id: str) -> TermPoints:
        if carer_id not in self._week_points:
            self._week_points[carer_id] = self._points_of(self._weeks[carer_id])
        return self._week_points[carer_id]

    def _points_of(self, week: CarerWeek) -> TermPoints:
        found: dict[str, Points] = {}
        for term in CARER_TERMS:
            found.update(term.penalty(week, self._problem))
        return found


def _add(sums: dict[str, Points], points: TermPoints, sign: int = 1) -> None:
    for term, some in points.items():
        sums[term] += sign * some
