"""A linear programme over carers' days, whose prices give a bound that holds however exact it is.

Bound, by Lagrangian duality: take any price for each row, of the sign that the row allows. A sound
plan pays at least its rows' prices; each bounded variable saves at most its reduced cost times
its upper bound, and each carer's day at most its cheapest route. What is left after all savings
is no more than the cost of any sound plan. The prices need not be optimal, nor exact, for that.

Rows and variables that concern one day alone are told apart from those of the week: the sum then
falls into seven days and a rest, and for a day any better bound under the same prices will do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from ortools.linear_solver import pywraplp

from scheduler.exact.day_routes import Floats
from scheduler.units import DAYS_IN_WEEK, Day

INFINITY: Final = float("inf")
WHOLE_WEEK: Final = DAYS_IN_WEEK
"""The part of the bound that belongs to no day."""
DAY_SECONDS: Final = 86_400
"""Longer than anybody waits for a programme."""
ROUNDING: Final = 1e-8
"""The part of a sum that its floats may have lost."""


@dataclass(slots=True)
class Variable:
    """A variable from 0 to `most` with its cost, and its figure in each row."""

    part: Day
    cost: float
    most: float
    rows: dict[int, float] = field(default_factory=dict)


class Master:
    """Rows, bounded variables, and the routes found so far."""

    def __init__(self) -> None:
        # Of the solvers at hand CLP takes new columns the quickest: it goes on from the last basis.
        self._solver = pywraplp.Solver.CreateSolver("CLP")
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._part: list[Day] = []
        self._constraints: list[pywraplp.Constraint] = []
        self._variables: list[Variable] = []

    def row(
        self, lower: float = -INFINITY, upper: float = INFINITY, *, part: Day = WHOLE_WEEK
    ) -> int:
        """Add a row that must lie between two figures."""
        endless = self._solver.infinity()
        self._constraints.append(
            self._solver.Constraint(
                lower if lower > -INFINITY else -endless, upper if upper < INFINITY else endless
            )
        )
        self._lower.append(lower)
        self._upper.append(upper)
        self._part.append(part)
        return len(self._lower) - 1

    def variable(
        self, cost: float, most: float, rows: Mapping[int, float], *, part: Day = WHOLE_WEEK
    ) -> None:
        """Add a bounded variable."""
        self._variables.append(Variable(part, cost, most, dict(rows)))
        self._column(cost, most, rows)

    def route(self, cost: float, rows: Mapping[int, float]) -> None:
        """Add a route; its carer's day must be one of the rows."""
        self._column(cost, self._solver.infinity(), rows)

    def _column(self, cost: float, most: float, rows: Mapping[int, float]) -> None:
        column = self._solver.NumVar(0, most, "")
        self._solver.Objective().SetCoefficient(column, cost)
        for row, figure in rows.items():
            self._constraints[row].SetCoefficient(column, figure)

    def solve(self, seconds: float) -> tuple[float, Floats] | None:
        """Return the least cost with the routes so far, and each row's price; None in no time."""
        self._solver.SetTimeLimit(max(1, int(min(seconds, DAY_SECONDS) * 1000)))
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        prices = np.array([row.dual_value() for row in self._constraints])
        return self._solver.Objective().Value(), self.allowed(prices)

    def allowed(self, prices: Floats) -> Floats:
        """Return prices with those of the wrong sign, which are rounding, set to zero."""
        lower, upper = np.array(self._lower), np.array(self._upper)
        prices = np.where((prices > 0) & ~np.isfinite(lower), 0.0, prices)
        return np.where((prices < 0) & ~np.isfinite(upper), 0.0, prices)

    def bound(self, prices: Floats, route_rows: Sequence[int], savings: Sequence[Floats]) -> Floats:
        """Return what no sound plan can cost less than: by day, and last for the week.

        Parameters
        ----------
        prices
            By row, `allowed`.
        route_rows
            The rows of the carers' days; their prices are not used, since `savings` has them.
        savings
            By day and carer, the price of their cheapest route, or 0 for a free day.
        """
        figures = np.where(prices > 0, self._lower, self._upper)
        paid = np.where(prices == 0, 0.0, prices * np.where(prices == 0, 0.0, figures))
        paid[list(route_rows)] = 0.0
        most = np.array([variable.most for variable in self._variables])
        reduced = most * np.minimum(0.0, self._reduced(prices))
        everything = np.concatenate((paid, reduced, *savings))
        parts = np.concatenate(
            (
                self._part,
                [variable.part for variable in self._variables],
                *(np.full(len(saved), day) for day, saved in enumerate(savings)),
            )
        ).astype(np.int64)
        count = DAYS_IN_WEEK + 1
        lost = ROUNDING * np.bincount(parts, np.abs(everything), count)
        return np.asarray(np.bincount(parts, everything, count) - lost, dtype=np.float64)

    def _reduced(self, prices: Floats) -> Floats:
        """Return by bounded variable what one of it costs after what its rows pay for it."""
        return np.array(
            [
                variable.cost - sum(prices[r] * f for r, f in variable.rows.items())
                for variable in self._variables
            ]
        )
