"""What one change of a visit costs, worked out from the few things that it touches."""

from collections import Counter
from collections.abc import Mapping

from scheduler.model import Assignment, Client, Visit
from scheduler.rules import (
    CARER_TERMS,
    CarerWeek,
    Plan,
    continuity,
    punctuality,
    stability,
    unassigned,
)
from scheduler.score import COST_DECIMALS
from scheduler.units import Points


class Pricing:
    """Prices changes to one plan; what carers and clients cost now is worked out once."""

    def __init__(self, plan: Plan) -> None:
        self._problem = plan.problem
        self._weeks = plan.weeks
        self._teams = {
            client: Counter(carers) for client, carers in continuity.visiting_carers(plan).items()
        }
        self._told = {row.visit: row for row in plan.problem.published}
        self._week_points: dict[str, Points] = {}

    def change(
        self,
        visit: Visit,
        before: Assignment | None,
        after: Assignment,
        weeks: Mapping[str, CarerWeek],
    ) -> Points:
        """Return the points that a change adds.

        Parameters
        ----------
        visit, before, after
            The one visit that changes; `before` is None while it is open. A double-up with one
            carer counts as half open.
        weeks
            Carer id to the week afterwards, of every carer whose week changes.
        """
        points = self._visit_points(visit, after) - self._visit_points(visit, before)
        points += self._client_change(visit, before, after)
        for carer_id, week in weeks.items():
            points += self._points_of(week) - self._points_now(carer_id)
        return round(points, COST_DECIMALS)

    def _visit_points(self, visit: Visit, row: Assignment | None) -> Points:
        policy = self._problem.policy
        points = 0.0
        if row is None:
            points += unassigned.points(visit, policy)
        else:
            filled = min(1.0, len(row.carers) / visit.carers)
            points += (1 - filled) * unassigned.points(visit, policy)
            points += filled * punctuality.points(visit, row.start, policy)
        told = self._told.get(visit.id)
        return points + (stability.points(told, row, policy) if told else 0.0)

    def _client_change(self, visit: Visit, before: Assignment | None, after: Assignment) -> Points:
        client = self._problem.client_of[visit.client]
        team = self._teams.get(client.id, Counter())
        changed = team.copy()
        changed.subtract(before.carers if before else ())
        changed.update(after.carers)
        return self._client_points(client, changed) - self._client_points(client, team)

    def _client_points(self, client: Client, team: Counter[str]) -> Points:
        policy = self._problem.policy
        different = sum(visits > 0 for visits in team.values())
        return continuity.unfamiliar_points(
            client, team.elements(), policy
        ) + continuity.extra_points(client, different, policy)

    def _points_now(self, carer_id: str) -> Points:
        if carer_id not in self._week_points:
            self._week_points[carer_id] = self._points_of(self._weeks[carer_id])
        return self._week_points[carer_id]

    def _points_of(self, week: CarerWeek) -> Points:
        return sum(sum(term.penalty(week, self._problem).values()) for term in CARER_TERMS)
