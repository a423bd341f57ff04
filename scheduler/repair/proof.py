"""How little any plan can leave open and change: a small CP-SAT model that only ever errs low.

The model forgets much of what makes a week hard (breaks, hours of the day, who travels where
between other visits), so its best value is a limit that no real plan can pass. A plan that reaches
it is proved to be the best. Two sets of carers are asked: those who could take a visit while
everybody else's visits stay, and those who could if they had nothing else to do.

It rests on what holds for every hard rule: taking a visit out of a week breaks nothing. So whoever
cannot take one visit of the hole by itself cannot take it together with others.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from ortools.sat.python import cp_model

from scheduler.explain.starts import available_starts, starts_to_try
from scheduler.model import Assignment, Carer, Problem, Solution, Visit
from scheduler.repair.answer import Bound
from scheduler.repair.hole import Hole
from scheduler.rules import (
    CARER_RULES,
    Breach,
    CarerWeek,
    Plan,
    availability,
    plan_of,
    stop_at,
    suitability,
    unassigned,
)
from scheduler.units import Minute
from scheduler.windows import clipped

DETERMINISTIC_SECONDS: Final = 2.0
"""CP-SAT's own measure of work for each of the two questions of a model."""
TOLERANCE: Final = 1e-6
POINT: Final = 1000
"""Points are counted in thousandths."""
TRIED_RULES: Final = tuple(
    rule for rule in CARER_RULES if rule.CODE not in {suitability.CODE, availability.CODE}
)
"""What depends on the rest of the carer's week; the others are looked at first."""


@dataclass(frozen=True, slots=True)
class Reach:
    """When a carer could begin a visit: not before `soonest`, not after `latest`.

    `at_told` says whether the start that was told is among the possible ones.
    """

    soonest: Minute
    latest: Minute
    at_told: bool


Reaches = Mapping[tuple[str, str], Reach]
"""By visit and carer; who is not in it cannot make the visit."""


class Limits:
    """The limits for one changed week and its hole."""

    def __init__(
        self,
        problem: Problem,
        hole: Hole,
        told: Mapping[str, Assignment],
        now: Minute,
    ) -> None:
        self._problem = problem
        self._hole = hole
        self._told = told
        self._now = now
        self._plan = plan_of(problem, Solution(problem.name, tuple(hole.kept.values())))
        self._faults: dict[str, Mapping[tuple[object, ...], int]] = {}

    def nobody_else(self) -> Bound:
        """Return the limits for plans in which only the visits of the hole change."""
        reaches = {
            (visit.id, carer.id): reach
            for visit in self._torn()
            for carer in self._problem.carers
            if (reach := self._reach_beside(visit, carer)) is not None
        }
        return self._bound(reaches, beside=True)

    def any_plan(self, open_points: float, alone: Bound) -> Bound:
        """Return the limits for all plans; that of changes is for those that leave so much open.

        Parameters
        ----------
        open_points
            What the plan to be judged leaves open.
        alone
            The limits of `nobody_else`.
        """
        reaches = {
            (visit.id, carer.id): reach
            for visit in self._torn()
            for carer in self._problem.carers
            if (reach := self._reach_if_free(visit, carer)) is not None
        }
        least_open = self._bound(reaches, beside=False).open_points
        own = self._bound(reaches, beside=False, at_most=open_points).changes
        # With nobody else's help more stays open, so that at least one other visit changes.
        if alone.open_points > open_points:
            return Bound(least_open, own + 1)
        with_others = own + 1
        return Bound(least_open, min(alone.changes, with_others))

    def _torn(self) -> list[Visit]:
        return [self._problem.visit_of[visit] for visit in self._hole.torn]

    def _periods(self, visit: Visit, carer: Carer) -> list[tuple[Minute, Minute]]:
        from_now = clipped(visit.periods, self._now, visit.last_start)
        return available_starts(carer, visit.minutes, from_now)

    def _reach_if_free(self, visit: Visit, carer: Carer) -> Reach | None:
        """Return when a carer with nothing else to do could begin (H2, H3, H4)."""
        client = self._problem.client_of[visit.client]
        if next(suitability.misfits(carer, visit, client), None) is not None:
            return None
        periods = self._periods(visit, carer)
        if not periods:
            return None
        told = self._told.get(visit.id)
        at_told = told is not None and any(a <= told.start <= b for a, b in periods)
        return Reach(min(a for a, _ in periods), max(b for _, b in periods), at_told)

    def _reach_beside(self, visit: Visit, carer: Carer) -> Reach | None:
        """Return when a carer could begin beside all that is kept, by every rule of the carer."""
        free = self._reach_if_free(visit, carer)
        if free is None:
            return None
        week = self._plan.weeks[carer.id]
        told = self._told.get(visit.id)
        preferred = visit.target if told is None else told.start
        starts = starts_to_try(
            visit,
            self._problem.client_of[visit.client].place,
            week,
            self._periods(visit, carer),
            preferred,
            policy=self._problem.policy,
            travel=self._plan.travel,
            change=self._problem.clock_change,
        )
        able = [start for start in starts if self._is_possible(week, visit, start)]
        if not able:
            return None
        at_told = told is not None and told.start in able
        return Reach(min(able), max(able), at_told)

    def _is_possible(self, week: CarerWeek, visit: Visit, start: Minute) -> bool:
        trial = week.with_stop(stop_at(visit, start, self._problem), self._plan.travel)
        before = self._old_faults(week)
        return all(
            breach.shortfall <= before.get((breach.code, breach.visit, breach.day), 0)
            for breach in _breaches(trial, self._problem)
        )

    def _old_faults(self, week: CarerWeek) -> Mapping[tuple[object, ...], int]:
        """Return what a kept week breaks already, which a visit more does not make worse."""
        found = self._faults.get(week.carer.id)
        if found is None:
            rows = _breaches(week, self._problem)
            found = {(row.code, row.visit, row.day): row.shortfall for row in rows}
            self._faults[week.carer.id] = found
        return found

    def _bound(self, reaches: Reaches, *, beside: bool, at_most: float | None = None) -> Bound:
        model = _Model(self._problem, self._plan, self._torn(), self._told, reaches)
        model.forbid_pairs()
        if beside:
            model.limit_weeks()
        if at_most is not None:
            model.hold_open(round(at_most * POINT))
            return Bound(at_most, model.fewest_changes())
        least, reached = model.least_open()
        # Where the least was not proved in time, no more is held than what was reached.
        if reached is not None:
            model.hold_open(reached)
        return Bound(least / POINT, model.fewest_changes())


class _Model:
    """Who takes which visit of the hole."""

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        torn: list[Visit],
        told: Mapping[str, Assignment],
        reaches: Reaches,
    ) -> None:
        self._problem = problem
        self._plan = plan
        self._torn = torn
        self._reaches = reaches
        self._model = cp_model.CpModel()
        self._takes = {key: self._model.new_bool_var(f"{key[0]} {key[1]}") for key in reaches}
        self._open: list[cp_model.LinearExprT] = []
        self._changes: list[cp_model.LinearExprT] = []
        for visit in torn:
            self._add_visit(visit, told.get(visit.id))

    def forbid_pairs(self) -> None:
        """Forbid a carer two visits of the hole of which neither can come before the other."""
        for carer in self._problem.carers:
            mine = [visit for visit in self._torn if (visit.id, carer.id) in self._takes]
            for one, other in combinations(mine, 2):
                if not self._fits(one, other, carer) and not self._fits(other, one, carer):
                    pair = (self._takes[one.id, carer.id], self._takes[other.id, carer.id])
                    self._model.add_at_most_one(pair)

    def limit_weeks(self) -> None:
        """Hold each carer's week within its minutes and days, on top of what is kept (H7, H8)."""
        split_gap = self._problem.policy.split_gap_minutes
        for carer in self._problem.carers:
            week = self._plan.weeks[carer.id]
            mine = [visit for visit in self._torn if (visit.id, carer.id) in self._takes]
            left = max(0, carer.max_week_minutes - week.work(split_gap))
            self._model.add(
                sum(visit.minutes * self._takes[visit.id, carer.id] for visit in mine) <= left
            )
            fresh = []
            for day in {visit.day for visit in mine if week.day(visit.day) is None}:
                works = self._model.new_bool_var("")
                for visit in mine:
                    if visit.day == day:
                        self._model.add_implication(self._takes[visit.id, carer.id], works)
                fresh.append(works)
            self._model.add(sum(fresh) <= max(0, carer.max_days - len(week.days)))

    def least_open(self) -> tuple[int, int | None]:
        """Return a lower limit of the points of open visits, in thousandths, and what is reached.

        The two are equal when the least was proved in time; None when nothing was found.
        """
        return self._minimum(sum(self._open))

    def hold_open(self, points: int) -> None:
        """Allow no more open points than this."""
        self._model.add(sum(self._open) <= points)

    def fewest_changes(self) -> int:
        """Return a lower limit of the changes of the hole's visits."""
        return self._minimum(sum(self._changes))[0]

    def _add_visit(self, visit: Visit, told: Assignment | None) -> None:
        takers = [var for (visit_id, _), var in self._takes.items() if visit_id == visit.id]
        is_made = self._model.new_bool_var(visit.id)
        self._model.add(sum(takers) == visit.carers * is_made)
        self._open.append(
            round(unassigned.points(visit, self._problem.policy) * POINT) * (1 - is_made)
        )
        if told is None:
            return
        for carer in set(told.carers):
            stays = self._takes.get((visit.id, carer))
            self._changes.append(1 if stays is None else 1 - stays)
        is_moved = self._model.new_bool_var("")
        for (visit_id, carer), taken in self._takes.items():
            if visit_id == visit.id and not self._reaches[visit_id, carer].at_told:
                self._model.add_implication(taken, is_moved)
        self._changes.append(is_moved)

    def _fits(self, first: Visit, then: Visit, carer: Carer) -> bool:
        places = self._problem.client_of
        # Whoever leaves as soon as possible arrives as soon as possible, peaks or not.
        leaves = self._reaches[first.id, carer.id].soonest + first.minutes
        way = self._plan.travel.minutes(
            places[first.client].place, places[then.client].place, carer.mode, leaves
        )
        return leaves + way <= self._reaches[then.id, carer.id].latest

    def _minimum(self, objective: cp_model.LinearExprT) -> tuple[int, int | None]:
        self._model.minimize(objective)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = DETERMINISTIC_SECONDS
        status = solver.solve(self._model)
        if status in {cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN}:
            # What was not proved in time is still a limit: the bound, never the value found.
            limit = max(0, math.ceil(solver.best_objective_bound - TOLERANCE))
            return limit, None if status == cp_model.UNKNOWN else round(solver.objective_value)
        raise AssertionError(f"the model of the hole is {solver.status_name(status)}")


def _breaches(week: CarerWeek, problem: Problem) -> list[Breach]:
    return [breach for rule in TRIED_RULES for breach in rule.breaches(week, problem)]
