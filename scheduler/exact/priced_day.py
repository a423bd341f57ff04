"""The best plan of a single day when the rest of the week is put into prices.

Each day is planned for itself by every rule that a day has, double-ups, breaks and the day's limit
included, and in whole visits. What it shares with other days it pays for: an hour of work, a day
worked, a late end before an early morning, points of wishes. Whatever the prices are, what all
days and the rest of the week then cost is no more than the cost of any sound plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from ortools.sat.python import cp_model

from scheduler.exact.carer_day import Expression
from scheduler.exact.points import Scale
from scheduler.exact.solve_within import solve_within
from scheduler.exact.week_costs import WeekCosts
from scheduler.exact.week_model import WeekModel
from scheduler.model import Carer, Problem, Solution
from scheduler.stop import Limit
from scheduler.units import Day, Minute, Points

Comparison: TypeAlias = cp_model.BoundedLinearExpression | bool

SEED: Final = 1
PRICE_SCALE: Final = 10_000
"""Prices are rounded down to so many parts of a point: a whole day loses less than a point."""


@dataclass(frozen=True, slots=True)
class CarerPrices:
    """What a carer's day pays for what it takes from the week.

    Attributes
    ----------
    work, worked, pain
        Points for a minute of work, for working at all, for a point of wishes.
    visits
        Points for making a visit, by visit.
    ends, begins
        Points for ending after a minute, and for beginning before one.
    """

    work: Points
    worked: Points
    pain: Points
    visits: Mapping[str, Points]
    ends: Sequence[tuple[Minute, Points]]
    begins: Sequence[tuple[Minute, Points]]


def day_alone(problem: Problem, day: Day) -> Problem:
    """Return the week with the visits of one day and what was said about them."""
    visits = [visit for visit in problem.visits if visit.day == day]
    there = {visit.id for visit in visits}
    free = (
        v if v.after is None or v.after.visit in there else replace(v, after=None) for v in visits
    )
    return replace(
        problem,
        visits=tuple(free),
        locked=tuple(lock for lock in problem.locked if lock.visit in there),
        published=tuple(row for row in problem.published if row.visit in there),
    )


class PricedDay(WeekCosts):
    """The exact model of one day with the costs of that day and the prices of the week."""

    def __init__(self, problem: Problem, day: Day, prices: Mapping[str, CarerPrices]) -> None:
        self._day, self._prices = day, prices
        super().__init__(WeekModel(day_alone(problem, day)), Scale(problem, least=PRICE_SCALE))

    def _add_continuity(self) -> None:
        """S2 but for carers beyond the target, whom only the week can count."""
        for (visit_id, carer_id), makes in self._week.makes.items():
            client = self._problem.client_of[self._problem.visit_of[visit_id].client]
            if carer_id not in client.familiar:
                self._add(self._weights.unfamiliar, makes)

    def _add_contract(self, carer: Carer) -> None:
        """What work, a day and its ends cost the week (S4, H6, H7, H8)."""
        prices, day = self._prices[carer.id], self._week.days[carer.id, self._day]
        self._add_price(prices.work, day.work)
        self._add_price(prices.worked, day.is_worked)
        for visit_id, points in prices.visits.items():
            makes = self._week.makes.get((visit_id, carer.id))
            if makes is not None:
                self._add_price(points, makes)
        for minute, points in prices.ends:
            self._add_when(points, day.is_worked, day.ends <= minute)
        for minute, points in prices.begins:
            self._add_when(points, day.is_worked, day.begins >= minute)

    def _add_wishes(self, carer: Carer) -> None:
        """What the points of wishes that belong to the day cost the week (S5)."""
        pain = self._prices[carer.id].pain
        for wish in carer.preferences:
            if pain and wish.kind in {"no_split", "avoid_window", "avoid_client"}:
                points = self._weights.preferences[wish.kind] * wish.strength
                size, _ = self._size(carer, wish)
                self._add_price(pain * points, size)

    def _add_price(self, points: Points, size: Expression) -> None:
        # Sizes are never negative, so a price rounded down keeps the bound.
        whole = self._scale.whole(points)
        if whole:
            self._parts.append(whole * size)

    def _add_when(
        self,
        points: Points,
        is_worked: cp_model.IntVar,
        holds: Comparison,
    ) -> None:
        is_passed = self._model.new_bool_var("")
        self._model.add(holds).only_enforce_if(is_worked, is_passed.negated())
        self._add_price(points, is_passed)

    def least(self, hint: Solution, *, lower: Points, limit: Limit) -> Points:
        """Return a bound on the day's cost under the prices, not below `lower`, a known one."""
        # The known bound must not bind the model: prices that are rounded down may add up to less,
        # and a best plan that is cut off would be answered by a dearer one.
        self._model.minimize(self.total)
        there = self._problem.visit_of
        rows = (row for row in hint.assignments if row.visit in there)
        self._week.hint(Solution(hint.problem, tuple(rows)))
        solver = cp_model.CpSolver()
        # One thread proves a day sooner than two that share it; the days are what is shared out.
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = SEED
        solver.parameters.linearization_level = 2
        if solve_within(solver, self._model, limit) == cp_model.INFEASIBLE:
            return float("inf")
        return max(lower, self._scale.points(solver.best_objective_bound))
