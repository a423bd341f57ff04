"""The whole week as one CP-SAT model: every hard rule, exactly as `scheduler/rules/` states it."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from ortools.sat.python import cp_model

from scheduler.exact.carer_day import Candidate, CarerDay, Expression
from scheduler.exact.nights import add_rest
from scheduler.exact.voted import add_voted
from scheduler.explain import starts
from scheduler.model import Assignment, Carer, Problem, Solution, Visit, Window
from scheduler.rules import suitability
from scheduler.rules.rest import long_rest_counts_from
from scheduler.travel import Travel
from scheduler.units import DAY, DAYS_IN_WEEK, WEEK, Day, Minute

DAYS: Final = range(DAYS_IN_WEEK)


class WeekModel:
    """The variables of a week's plan, and the rules between them.

    Attributes
    ----------
    starts
        By visit; without meaning while the visit is open.
    is_open
        By visit.
    makes
        By visit and carer; only of carers who can make the visit at some time.
    days
        By carer and day.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.starts: dict[str, cp_model.IntVar] = {}
        self.is_open: dict[str, cp_model.IntVar] = {}
        self.makes: dict[tuple[str, str], cp_model.IntVar] = {}
        self.days: dict[tuple[str, Day], CarerDay] = {}
        self._travel = Travel(problem)
        for visit in problem.visits:
            self._add_visit(visit)
        self._add_order()
        self._add_locks()
        for carer in problem.carers:
            self._add_days(carer)
            self._add_limits(carer)
            self._add_nights(carer)
            self._add_long_rest(carer)
            own_days = [self.days[carer.id, day] for day in DAYS]
            add_voted(self.model, carer, own_days, problem.policy)

    def hint(self, solution: Solution) -> None:
        """Let the proof begin from a solution."""
        given = {row.visit: row for row in solution.assignments}
        for visit_id, start in self.starts.items():
            row = given.get(visit_id)
            self.model.add_hint(self.is_open[visit_id], row is None)
            target = self.problem.visit_of[visit_id].target
            self.model.add_hint(start, target if row is None else row.start)
        for (visit_id, carer_id), makes in self.makes.items():
            row = given.get(visit_id)
            self.model.add_hint(makes, row is not None and carer_id in row.carers)

    def solution(self, solver: cp_model.CpSolver) -> Solution:
        """Return the plan that the solver holds."""
        teams: dict[str, list[str]] = {}
        for (visit_id, carer_id), makes in self.makes.items():
            if solver.boolean_value(makes):
                teams.setdefault(visit_id, []).append(carer_id)
        rows = (
            Assignment(visit_id, solver.value(self.starts[visit_id]), tuple(team))
            for visit_id, team in teams.items()
        )
        return Solution(self.problem.name, tuple(rows))

    def _add_visit(self, visit: Visit) -> None:
        """H1 to H4: the windows, the team, who is fit and available."""
        model, client = self.model, self.problem.client_of[visit.client]
        windows = cp_model.Domain.from_intervals(visit.periods)
        start = model.new_int_var_from_domain(windows, "")
        is_open = model.new_bool_var("")
        self.starts[visit.id], self.is_open[visit.id] = start, is_open
        team: list[cp_model.IntVar] = []
        for carer in self.problem.carers:
            periods = available_starts(carer, visit)
            if not periods or any(suitability.misfits(carer, visit, client)):
                continue
            makes = model.new_bool_var("")
            domain = cp_model.Domain.from_intervals(periods)
            model.add_linear_expression_in_domain(start, domain).only_enforce_if(makes)
            self.makes[visit.id, carer.id] = makes
            team.append(makes)
        model.add(sum(team) + visit.carers * is_open == visit.carers)

    def windows_of(self, visit: Visit) -> Iterator[tuple[Window, list[cp_model.IntVar]]]:
        """Yield each window of a visit, and what says that it is used: nothing for the only one."""
        if len(visit.windows) == 1:
            yield visit.windows[0], []
            return
        used = [self.model.new_bool_var("") for _ in visit.windows]
        self.model.add_exactly_one(used)
        for window, is_used in zip(visit.windows, used, strict=True):
            self.model.add_linear_constraint(
                self.starts[visit.id], window.earliest, window.latest
            ).only_enforce_if(is_used)
            yield window, [is_used]

    def _add_order(self) -> None:
        """H10, while both visits are made."""
        for visit in self.problem.visits:
            other = self.problem.visit_of.get(visit.after.visit) if visit.after else None
            if visit.after is None or other is None:
                continue
            soonest = self.starts[other.id] + other.minutes + visit.after.gap
            self.model.add(self.starts[visit.id] >= soonest).only_enforce_if(
                self.is_open[visit.id].negated(), self.is_open[other.id].negated()
            )

    def _add_locks(self) -> None:
        """H11."""
        for lock in self.problem.locked:
            self.model.add(self.is_open[lock.visit] == 0)
            if lock.start is not None:
                self.model.add(self.starts[lock.visit] == lock.start)
            for carer_id in lock.carers:
                # Whoever cannot make it at all leaves the week without a plan.
                self.model.add(self.makes.get((lock.visit, carer_id), 0) == 1)
            wanted = self.problem.visit_of[lock.visit].carers
            if not len(set(lock.carers)) == len(lock.carers) == wanted:
                self.model.add_bool_or([])

    def _add_days(self, carer: Carer) -> None:
        """H5."""
        by_day: dict[Day, list[Candidate]] = {day: [] for day in DAYS}
        for visit in self.problem.visits:
            makes = self.makes.get((visit.id, carer.id))
            if makes is not None:
                periods = available_starts(carer, visit)
                by_day[visit.day].append(
                    Candidate(
                        visit=visit,
                        place=self.problem.client_of[visit.client].place,
                        start=self.starts[visit.id],
                        earliest=min(first for first, _ in periods),
                        latest=max(last for _, last in periods),
                        is_made=makes,
                    )
                )
        for day, candidates in by_day.items():
            self.days[carer.id, day] = CarerDay(
                self.model,
                carer,
                day,
                candidates,
                policy=self.problem.policy.for_carer(carer),
                travel=self._travel,
            )

    def _add_limits(self, carer: Carer) -> None:
        """H7, H8 and H9."""
        policy, days = (
            self.problem.policy.for_carer(carer),
            [self.days[carer.id, day] for day in DAYS],
        )
        for day in days:
            self.model.add(day.work <= policy.max_day_minutes)
            for length, _ in day.stretches:
                self.model.add(length <= policy.stretch_minutes)
        self.model.add(sum(day.work for day in days) <= carer.max_week_minutes)
        self.model.add(sum(day.is_worked for day in days) <= carer.max_days)

    def _add_nights(self, carer: Carer) -> None:
        """H6, between any two worked days and after the last end of the week before.

        With two days that have a worked one between them it follows from the nights between.
        """
        wanted = self.problem.policy.for_carer(carer).daily_rest_minutes
        for number in DAYS:
            day = self.days[carer.id, number]
            if carer.last_end + wanted + 60 > number * DAY:
                self._add_rest(carer.last_end, day, wanted, [day.is_worked])
        for first, second in combinations(DAYS, 2):
            if (second - first - 1) * DAY < wanted + 60:
                before, after = self.days[carer.id, first], self.days[carer.id, second]
                both = [before.is_worked, after.is_worked]
                self._add_rest(before.ends, after, wanted, both)

    def _add_rest(
        self,
        end: Expression,
        after: CarerDay | None,
        wanted: int,
        when: list[cp_model.IntVar],
    ) -> None:
        """Ask for a rest from `end` to the begin of a day, or of next week, if all of `when`."""
        begin: Expression = WEEK if after is None else after.begins
        change = self.problem.clock_change
        add_rest(self.model, end, begin, wanted, change=change, when=when)

    def _add_long_rest(self, carer: Carer) -> None:
        """H6: one long rest between worked days, before the first or after the last."""
        wanted = self.problem.policy.for_carer(carer).weekly_rest_minutes
        workable = sum(bool(self.days[carer.id, day].has_candidates) for day in DAYS)
        has_free_day = min(carer.max_days, workable) < DAYS_IN_WEEK
        if has_free_day and wanted <= DAY and self.problem.clock_change is None:
            return
        is_worked = {day: self.days[carer.id, day].is_worked for day in DAYS}
        choices = [literal.negated() for literal in is_worked.values()]
        is_free_week = self.model.new_bool_var("")
        self.model.add_bool_and(choices).only_enforce_if(is_free_week)
        rests = [is_free_week]
        for first, second in combinations(range(-1, DAYS_IN_WEEK + 1), 2):
            if (first, second) == (-1, DAYS_IN_WEEK):
                continue  # The free week.
            is_rest = self.model.new_bool_var("")
            between = [is_worked[day].negated() for day in range(first + 1, second)]
            ends = [is_worked[day] for day in (first, second) if day in is_worked]
            self.model.add_bool_and([*between, *ends]).only_enforce_if(is_rest)
            last_end: Minute = max(carer.last_end, long_rest_counts_from(carer))
            end: Expression = last_end if first < 0 else self.days[carer.id, first].ends
            after = self.days[carer.id, second] if second < DAYS_IN_WEEK else None
            self._add_rest(end, after, wanted, [is_rest])
            rests.append(is_rest)
        self.model.add_at_least_one(rests)


def available_starts(carer: Carer, visit: Visit) -> list[tuple[Minute, Minute]]:
    """Return the periods, both ends included, in which a carer is there for a visit (H2, H4)."""
    return starts.available_starts(carer, visit.minutes, visit.periods)
