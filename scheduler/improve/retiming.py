"""The best starts while everybody keeps their visits in the same order, found by CP-SAT.

The search moves a start only when it touches a visit. Here all starts of a day are chosen together,
double-ups on two carers' days included, which is a small exact problem. What is work, what is a
split and where the breaks are stays as it is, so that hours and rests cannot change for the worse.
A visit with several windows stays in the one that it is in.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ortools.sat.python import cp_model

from scheduler.improve.encode import whole
from scheduler.model import Problem, Solution, Visit
from scheduler.rules import CarerWeek, Plan, plan_of
from scheduler.rules.rest import rested
from scheduler.rules.week import Leg
from scheduler.units import DAY, DAYS_IN_WEEK, Day, Minute, Minutes

DETERMINISTIC_SECONDS: Final = 4.0
"""CP-SAT's own measure of work, the same on every machine."""

Expression = cp_model.LinearExprT


def retimed(problem: Problem, solution: Solution, days: range = range(DAYS_IN_WEEK)) -> Solution:
    """Return the solution with starts that cost no more, day by day; teams stay.

    Parameters
    ----------
    solution
        A solution without breaches.
    days
        The days to look at, so that a caller short of time can go one by one.
    """
    for day in days:
        starts = _Day(plan_of(problem, solution), day).best_starts()
        rows = tuple(
            replace(row, start=starts.get(row.visit, row.start)) for row in solution.assignments
        )
        solution = Solution(solution.problem, rows)
    return solution


class _Day:
    """The model of one day: a variable for each start that may change."""

    def __init__(self, plan: Plan, day: Day) -> None:
        self._plan = plan
        self._problem = plan.problem
        self._day = day
        self._model = cp_model.CpModel()
        self._costs: list[Expression] = []
        self._starts: dict[str, cp_model.IntVar] = {}
        self._locks = {lock.visit: lock.start for lock in plan.problem.locked}
        self._told = {row.visit: row.start for row in plan.problem.published}

    def best_starts(self) -> dict[str, Minute]:
        """Return the best start by visit; empty when nothing better was found in time."""
        for visit, start in self._visits():
            self._add_visit(visit, start)
        if not self._starts:
            return {}
        for week in self._plan.weeks.values():
            self._add_carer(week)
        self._add_visit_order()
        self._model.minimize(sum(self._costs))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = DETERMINISTIC_SECONDS
        status = solver.solve(self._model)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return {}
        return {visit: solver.value(start) for visit, start in self._starts.items()}

    def _visits(self) -> Iterator[tuple[Visit, Minute]]:
        for row in self._plan.given.values():
            visit = self._problem.visit_of[row.visit]
            if visit.day == self._day:
                yield visit, row.start

    def _add_visit(self, visit: Visit, now: Minute) -> None:
        is_fixed = self._locks.get(visit.id) is not None
        window = visit.window_of(now)
        earliest, latest = (now, now) if is_fixed else (window.earliest, window.latest)
        start = self._model.new_int_var(earliest, latest, visit.id)
        self._starts[visit.id] = start
        self._model.add_hint(start, now)
        weights = self._problem.policy.weights
        away = self._model.new_int_var(0, DAY, "")
        self._model.add(away >= start - window.target)
        self._model.add(away >= window.target - start)
        self._costs.append(whole(weights.lateness) * away)
        if window.soft is not None:
            outside = self._model.new_int_var(0, DAY, "")
            self._model.add(outside >= window.soft[0] - start)
            self._model.add(outside >= start - window.soft[1])
            self._costs.append(whole(weights.outside or 0.0) * outside)
        if visit.id in self._told:
            stays = self._model.new_bool_var("")
            self._model.add(start == self._told[visit.id]).only_enforce_if(stays)
            self._costs.append(whole(weights.stability) * (1 - stays))

    def _add_carer(self, week: CarerWeek) -> None:
        day = week.day(self._day)
        if day is None:
            return
        first, last = day.stops[0], day.stops[-1]
        soonest, farthest = self._rest_bounds(week)
        self._model.add(self._starts[first.visit.id] >= min(soonest, first.start))
        self._model.add(self._end(last.visit) <= max(farthest, last.end))
        for stop in day.stops:
            start = self._starts[stop.visit.id]
            for window_start, window_end in week.carer.available:
                if window_start <= stop.start and stop.end <= window_end:
                    self._model.add_linear_constraint(
                        start, window_start, window_end - stop.visit.minutes
                    )
                    break
        self._add_legs(week)
        self._add_stretches(week)
        self._add_avoided_windows(week)

    def _end(self, visit: Visit) -> cp_model.LinearExpr:
        return self._starts[visit.id] + visit.minutes

    def _rest_bounds(self, week: CarerWeek) -> tuple[Minute, Minute]:
        """Return the soonest start and the farthest end that the days around leave."""
        problem, policy = self._problem, self._problem.policy.for_carer(week.carer)
        day = week.day(self._day)
        is_long_rest_at_stake = (
            policy.weekly_rest_minutes > DAY
            or problem.clock_change is not None
            or len(week.days) == DAYS_IN_WEEK
        )
        if day is None or is_long_rest_at_stake:
            # Hours that only shrink can take away from no rest.
            return (day.first.start, day.last_end) if day else (0, DAY * DAYS_IN_WEEK)
        number = week.days.index(day)
        before = week.days[number - 1].last_end if number else week.carer.last_end
        wanted = policy.daily_rest_minutes
        slack = rested(before, day.first.start, problem.clock_change) - wanted
        farthest = (self._day + 1) * DAY
        if number + 1 < len(week.days):
            after = week.days[number + 1].first.start
            farthest = day.last_end + rested(day.last_end, after, problem.clock_change) - wanted
        soonest, farthest = self._voted_night(week, day.first.start - slack, farthest, before)
        return soonest, farthest

    def _voted_night(
        self, week: CarerWeek, soonest: Minute, farthest: Minute, before: Minute
    ) -> tuple[Minute, Minute]:
        """Return the bounds as V3 leaves them: no late evening before an early start (V3)."""
        voted, midnight = self._problem.policy.voted, self._day * DAY
        latest = voted.latest_finish_before_early
        if latest is None:
            return soonest, farthest
        if before > midnight - DAY + latest:
            soonest = max(soonest, midnight + voted.early_start)
        tomorrow = week.day(self._day + 1)
        if tomorrow and tomorrow.first.start < midnight + DAY + voted.early_start:
            farthest = min(farthest, midnight + latest)
        return soonest, farthest

    def _add_legs(self, week: CarerWeek) -> None:
        policy = self._problem.policy.for_carer(week.carer)
        day = week.day(self._day)
        for leg in day.legs if day else ():
            gap = self._starts[leg.after.visit.id] - self._end(leg.before.visit)
            travel = self._travel(week, leg)
            least = travel + (policy.break_minutes if self._is_break(week, leg) else 0)
            if leg.gap > policy.split_gap_minutes:
                self._model.add(gap >= max(least, policy.split_gap_minutes + 1))
            else:
                self._model.add(gap >= least)
                self._model.add(gap <= policy.split_gap_minutes)
                idle = policy.voted.max_idle_minutes
                if idle is not None and leg.gap - leg.travel <= idle:
                    self._model.add(gap <= leg.travel + idle)
                self._costs.append(whole(policy.weights.idle) * (gap - travel))

    def _travel(self, week: CarerWeek, leg: Leg) -> Minutes:
        """Return the most that a way takes, whichever start the visit before it is given."""
        visit, here, there = leg.before.visit, leg.before.place, leg.after.place
        window = visit.window_of(leg.before.start)
        earliest, latest = window.earliest, window.latest
        if self._locks.get(visit.id) is not None:
            earliest = latest = leg.before.start
        return self._plan.travel.longest(
            here, there, week.carer.mode, earliest + visit.minutes, latest + visit.minutes
        )

    def _is_break(self, week: CarerWeek, leg: Leg) -> bool:
        """Say whether this gap must stay a break: it is one, and the day is long enough for it."""
        policy = self._problem.policy.for_carer(week.carer)
        day = week.day(self._day)
        if day is None or leg.gap - self._travel(week, leg) < policy.break_minutes:
            return False
        first, last = day.stops[0], day.stops[-1]
        soonest = first.visit.window_of(first.start).earliest
        latest = last.visit.window_of(last.start).latest
        return latest + last.visit.minutes - soonest > policy.stretch_minutes

    def _add_stretches(self, week: CarerWeek) -> None:
        policy = self._problem.policy.for_carer(week.carer)
        day = week.day(self._day)
        if day is None:
            return
        begin = day.stops[0].visit
        for stop, leg in zip(day.stops, (None, *day.legs), strict=True):
            if leg is not None and self._is_break(week, leg):
                begin = stop.visit
            length = self._end(stop.visit) - self._starts[begin.id]
            self._model.add(length <= policy.stretch_minutes)

    def _add_avoided_windows(self, week: CarerWeek) -> None:
        """Keep visits out of windows that the carer avoids, or no deeper in than they are."""
        day = week.day(self._day)
        midnight = self._day * DAY
        for wish in week.carer.preferences:
            if wish.kind != "avoid_window" or day is None:
                continue
            since, until = midnight + (wish.from_minute or 0), midnight + (wish.to_minute or DAY)
            for stop in day.stops:
                start = self._starts[stop.visit.id]
                if stop.end <= since:
                    self._model.add(start <= since - stop.visit.minutes)
                elif stop.start >= until:
                    self._model.add(start >= until)
                else:
                    self._model.add(start == stop.start)

    def _add_visit_order(self) -> None:
        given = self._plan.given
        for row in given.values():
            visit = self._problem.visit_of[row.visit]
            if visit.after is None or visit.after.visit not in given:
                continue
            other = self._problem.visit_of[visit.after.visit]
            if visit.id not in self._starts and other.id not in self._starts:
                continue
            start: Expression = self._starts.get(visit.id, row.start)
            other_start: Expression = self._starts.get(other.id, given[other.id].start)
            self._model.add(start >= other_start + other.minutes + visit.after.gap)
