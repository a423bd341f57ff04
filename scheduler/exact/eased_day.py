"""One day of some carers, with an open visit to cover and every rule free to give way at a price.

Other days stay as they are. On the day, visits that these carers alone make may start at another
time inside their windows, and those around the open visit may go from one of them to another; each
stays covered, by the rules. What a draft breaks already may stay broken as far as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ortools.sat.python import cp_model

from scheduler.exact.carer_day import Candidate, CarerDay, Expression
from scheduler.exact.eased_votes import add_nights, days_over
from scheduler.exact.nights import add_rest
from scheduler.exact.relaxation import DEARNESS, LAW, RULES, Kind, Relaxation
from scheduler.exact.week_model import available_starts
from scheduler.model import Assignment, Carer, Visit
from scheduler.rules import CARER_RULES, CarerWeek, Plan, availability, breaks, rest, suitability
from scheduler.rules.rest import long_rest_counts_from, rested
from scheduler.units import DAY, WEEK, Minute, Minutes

FARTHEST_START: Final[Minutes] = 60
"""So far outside its window the open visit may start."""
AROUND: Final[Minutes] = 90
"""Visits whose windows are so near to the open visit's may go to another of the carers."""
MOST_MINUTES: Final[Minutes] = 600

# A fact more or less outweighs all minutes, and minutes outweigh what else changes in the day.
FACT: Final = 100_000
_MINUTE: Final = 10_000
_OTHER_CARER, _OTHER_START = 100, 20


@dataclass(frozen=True, slots=True)
class Easing:
    """A relaxation that the model may choose: chosen when `is_used`, by `amount`."""

    kind: Kind
    carer: str | None
    visit: str | None
    day: int | None
    is_used: cp_model.IntVar
    amount: cp_model.IntVar | int
    skills: tuple[str, ...] = ()


class EasedDay:
    """The model, solved for one way after another."""

    def __init__(
        self,
        plan: Plan,
        visit: Visit,
        carers: Sequence[Carer],
        *,
        change_hands: bool = True,
        hint: Sequence[Assignment] = (),
    ) -> None:
        """Lay out the day.

        Parameters
        ----------
        change_hands
            Whether other visits may go from one carer to another; without it the model is small.
        hint
            Rows of a way that is known, from which the search for a better one begins.
        """
        self._plan, self._problem, self._visit = plan, plan.problem, visit
        self._change_hands = change_hands
        self._carers = {carer.id: carer for carer in carers}
        self._model = cp_model.CpModel()
        self._always = self._model.new_constant(1)
        self._easings: list[Easing] = []
        self._changes: list[Expression] = []
        self._starts: dict[str, cp_model.IntVar] = {}
        self._bounds: dict[str, tuple[Minute, Minute]] = {}
        self._makes: dict[tuple[str, str], cp_model.IntVar] = {}
        self._locks = {lock.visit: lock for lock in self._problem.locked}
        self._others = [row for row in plan.given.values() if self._is_in_sight(row)]
        for row in self._others:
            self._add_other(row)
        self._add_visit()
        self._add_order()
        for carer in carers:
            self._add_carer(plan.weeks[carer.id])
        price = sum(
            _MINUTE * (FACT * DEARNESS[easing.kind] * easing.is_used + easing.amount)
            if not isinstance(easing.amount, int)
            else _MINUTE * (FACT * DEARNESS[easing.kind] + easing.amount) * easing.is_used
            for easing in self._easings
        )
        self._model.minimize(price + sum(self._changes))
        self._hint(hint)

    def _hint(self, known: Sequence[Assignment]) -> None:
        """Begin from the day as it is, with the open visit at its target by the nearest."""
        chosen = list(self._carers)[: self._visit.carers]
        rows = {row.visit: row for row in self._others}
        rows[self._visit.id] = Assignment(self._visit.id, self._visit.target, tuple(chosen))
        rows |= {row.visit: row for row in known}
        for row in rows.values():
            self._model.add_hint(self._starts[row.visit], row.start)
            for carer in self._carers:
                makes = self._makes.get((row.visit, carer))
                if makes is not None and makes.index != self._always.index:
                    self._model.add_hint(makes, carer in row.carers)

    def next_way(
        self, seconds: float
    ) -> tuple[tuple[Relaxation, ...], tuple[Assignment, ...], bool] | None:
        """Return the cheapest set of relaxations, the changed rows, and whether that is proved.

        The set and whatever contains it are left out of the calls that follow. None when there is
        none, or none was found in time; `is_exhausted` tells which.
        """
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.0, seconds)
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        # The relaxations are few and the routes short: a linear programme costs more than it saves.
        solver.parameters.linearization_level = 0
        status = solver.solve(self._model)
        if status == cp_model.MODEL_INVALID:
            raise AssertionError(self._model.validate())
        self.is_exhausted = status == cp_model.INFEASIBLE
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return None
        used = [
            (easing, solver.value(easing.amount))
            for easing in self._easings
            if solver.boolean_value(easing.is_used) and solver.value(easing.amount)
        ]
        relaxations = tuple(
            Relaxation(
                kind=easing.kind,
                rule=RULES[easing.kind],
                carer=easing.carer,
                visit=easing.visit,
                day=easing.day,
                amount=amount,
                is_law=easing.kind in LAW,
                skills=easing.skills,
            )
            for easing, amount in used
        )
        self._model.add_bool_or([easing.is_used.negated() for easing, _ in used])
        return relaxations, tuple(self._changed_rows(solver)), status == cp_model.OPTIMAL

    def _changed_rows(self, solver: cp_model.CpSolver) -> Iterator[Assignment]:
        yield self._row(solver, self._visit.id)
        for before in self._others:
            after = self._row(solver, before.visit)
            # Whoever is not looked at stays; such a visit has not changed.
            is_whole = all(carer in self._carers for carer in before.carers)
            if is_whole and (after.start, set(after.carers)) != (before.start, set(before.carers)):
                yield after

    def _row(self, solver: cp_model.CpSolver, visit_id: str) -> Assignment:
        team = tuple(
            carer
            for (visit, carer), makes in self._makes.items()
            if visit == visit_id and solver.boolean_value(makes)
        )
        return Assignment(visit_id, solver.value(self._starts[visit_id]), team)

    # ---- the other visits of the day ---------------------------------------------------------

    def _is_in_sight(self, row: Assignment) -> bool:
        is_that_day = row.start // DAY == self._visit.day
        return is_that_day and any(carer in self._carers for carer in row.carers)

    def _add_other(self, row: Assignment) -> None:
        visit, lock = self._problem.visit_of[row.visit], self._locks.get(row.visit)
        is_ours = all(carer in self._carers for carer in row.carers)
        may_move = is_ours and (lock is None or lock.start is None)
        periods = [(row.start, row.start)]
        if may_move:
            periods += visit.periods
        start = self._add_start(visit, periods)
        if may_move:
            is_moved = self._model.new_bool_var("")
            self._model.add(start == row.start).only_enforce_if(is_moved.negated())
            self._changes.append(_OTHER_START * is_moved)
        may_change_hands = (
            self._change_hands
            and is_ours
            and lock is None
            and len(set(row.carers)) == visit.carers
            and visit.last_start + visit.minutes > self._visit.first_start - AROUND
            and visit.first_start < self._visit.last_start + self._visit.minutes + AROUND
        )
        if may_change_hands:
            self._add_team(visit, row, start)
            return
        for carer_id in row.carers:
            if carer_id in self._carers:
                self._makes[visit.id, carer_id] = self._always
                self._keep_inside(visit, row, carer_id, start)

    def _add_start(self, visit: Visit, periods: list[tuple[Minute, Minute]]) -> cp_model.IntVar:
        domain = cp_model.Domain.from_intervals(periods)
        start = self._model.new_int_var_from_domain(domain, "")
        self._starts[visit.id] = start
        self._bounds[visit.id] = (domain.min(), domain.max())
        return start

    def _add_team(self, visit: Visit, row: Assignment, start: cp_model.IntVar) -> None:
        client = self._problem.client_of[visit.client]
        team = []
        for carer in self._carers.values():
            is_fit = available_starts(carer, visit) and not any(
                suitability.misfits(carer, visit, client)
            )
            if carer.id in row.carers or is_fit:
                makes = self._makes[visit.id, carer.id] = self._model.new_bool_var("")
                self._keep_inside(visit, row, carer.id, start)
                team.append(makes)
                if carer.id not in row.carers:
                    self._changes.append(_OTHER_CARER * makes)
        self._model.add(sum(team) == visit.carers)

    def _keep_inside(
        self, visit: Visit, row: Assignment, carer_id: str, start: cp_model.IntVar
    ) -> None:
        """H4, or as it is now."""
        periods = available_starts(self._carers[carer_id], visit)
        if carer_id in row.carers:
            periods.append((row.start, row.start))
        domain = cp_model.Domain.from_intervals(periods)
        self._model.add_linear_expression_in_domain(start, domain).only_enforce_if(
            self._makes[visit.id, carer_id]
        )

    # ---- the open visit ----------------------------------------------------------------------

    def _add_visit(self) -> None:
        visit, midnight = self._visit, self._visit.day * DAY
        first = max(midnight, visit.first_start - FARTHEST_START)
        last = min(midnight + DAY - visit.minutes, visit.last_start + FARTHEST_START)
        lock = self._locks.get(visit.id)
        if lock is not None and lock.start is not None:
            first = last = lock.start
        start = self._add_start(visit, [(first, last)])
        away = self._model.new_int_var(0, DAY, "")
        self._changes.append(away)
        outside = self._ease("WINDOW", FARTHEST_START + DAY, visit=visit.id, day=visit.day)
        nearest = [self._model.new_bool_var("") for _ in visit.windows]
        self._model.add_exactly_one(nearest)
        for window, is_nearest in zip(visit.windows, nearest, strict=True):
            for size, most, least in (
                (away, window.target, window.target),
                (outside, window.latest, window.earliest),
            ):
                self._model.add(size >= start - most).only_enforce_if(is_nearest)
                self._model.add(size >= least - start).only_enforce_if(is_nearest)
        for carer in self._carers.values():
            self._add_maker(carer, start, first, last)
        team = [self._makes[visit.id, carer] for carer in self._carers]
        self._model.add(sum(team) == visit.carers)

    def _add_maker(self, carer: Carer, start: cp_model.IntVar, first: Minute, last: Minute) -> None:
        """H3, H4 and H11 of one carer who may make the open visit."""
        visit, lock = self._visit, self._locks.get(self._visit.id)
        client = self._problem.client_of[visit.client]
        makes = self._makes[visit.id, carer.id] = self._model.new_bool_var("")
        missing = tuple(skill for skill in visit.skills if skill not in carer.skills)
        facts: list[tuple[Kind, int]] = [
            ("SKILL", len(missing)),
            ("DECLINE", int(carer.id in client.excluded)),
            ("GENDER", int(client.gender not in {None, carer.gender})),
            ("LOCK", int(lock is not None and carer.id not in lock.carers)),
        ]
        for kind, amount in facts:
            if amount:
                skills = missing if kind == "SKILL" else ()
                self._easings.append(
                    Easing(kind, carer.id, visit.id, visit.day, makes, amount, skills)
                )
        minutes = [
            availability.minutes_outside(carer, moment, moment + visit.minutes)
            for moment in range(first, last + 1)
        ]
        if not any(minutes):
            return
        is_there = any(since // DAY == visit.day for since, _ in carer.available)
        kind = "AVAILABILITY" if is_there else "AWAY"
        outside = self._ease(kind, visit.minutes, carer=carer.id, visit=visit.id, day=visit.day)
        wanted = self._model.new_int_var(0, visit.minutes, "")
        self._model.add_element(start - first, minutes, wanted)
        self._model.add(outside >= wanted).only_enforce_if(makes)

    def _ease(
        self,
        kind: Kind,
        most: int,
        *,
        carer: str | None = None,
        visit: str | None = None,
        day: int | None = None,
    ) -> cp_model.IntVar:
        amount = self._model.new_int_var(0, most, "")
        is_used = self._model.new_bool_var("")
        self._model.add(amount <= most * is_used)
        self._easings.append(Easing(kind, carer, visit, day, is_used, amount))
        return amount

    def _add_order(self) -> None:
        """H10, between visits of which at least one may move."""
        for visit in self._problem.visits:
            other = self._problem.visit_of.get(visit.after.visit) if visit.after else None
            if visit.after is None or other is None:
                continue
            if visit.id not in self._starts and other.id not in self._starts:
                continue
            start, other_start = self._start_of(visit.id), self._start_of(other.id)
            if start is None or other_start is None:
                continue
            wanted = other.minutes + visit.after.gap
            if self._visit.id in {visit.id, other.id}:
                near = self._ease("ORDER", WEEK, visit=visit.id, day=visit.day)
                self._model.add(start - other_start >= wanted - near)
            else:
                now = self._plan.given[visit.id].start - self._plan.given[other.id].start
                self._model.add(start - other_start >= min(wanted, now))

    def _start_of(self, visit_id: str) -> Expression | None:
        if visit_id in self._starts:
            return self._starts[visit_id]
        row = self._plan.given.get(visit_id)
        return None if row is None else row.start

    # ---- the carers --------------------------------------------------------------------------

    def _add_carer(self, week: CarerWeek) -> None:
        """H5 to H9 and V1 to V3 of one carer."""
        carer, number = week.carer, self._visit.day
        policy = self._problem.policy.for_carer(carer)
        candidates = [
            Candidate(visit, place, self._starts[visit.id], *self._bounds[visit.id], makes)
            for visit, place, makes in self._visits_of(carer)
        ]
        day = CarerDay(
            self._model, carer, number, candidates, policy=policy, travel=self._plan.travel
        )
        old = _faults(week, self._plan)
        now = week.day(number)
        self._model.add(
            day.work
            <= policy.max_day_minutes
            + old.get(("H7", number), 0)
            + self._ease("DAY_WORK", MOST_MINUTES, carer=carer.id, day=number)
        )
        split = policy.split_gap_minutes
        elsewhere = week.work(split) - (now.work(split) if now else 0)
        self._model.add(
            elsewhere + day.work
            <= carer.max_week_minutes
            + old.get(("H7", None), 0)
            + self._ease("WEEK_WORK", MOST_MINUTES, carer=carer.id)
        )
        others = [worked for worked in week.days if worked.day != number]
        if len(others) + 1 > carer.max_days + old.get(("H8", None), 0):
            more = self._ease("DAYS", 1, carer=carer.id)
            self._model.add(
                len(others) + day.is_worked <= carer.max_days + old.get(("H8", None), 0) + more
            )
        if day.stretches:
            longer = self._ease("BREAK", MOST_MINUTES, carer=carer.id, day=number)
            for length, _ in day.stretches:
                limit = policy.stretch_minutes + old.get((breaks.CODE, number), 0)
                self._model.add(length <= limit + longer)
        self._add_nights(week, day, old)
        self._add_long_rest(week, day, old)
        for kind, named, amount in days_over(week, self._problem, number, old):
            self._easings.append(Easing(kind, carer.id, None, named, day.is_worked, amount))
        add_nights(self._model, week, day, number, self._problem, old=old, ease=self._ease)

    def _visits_of(self, carer: Carer) -> Iterator[tuple[Visit, str, cp_model.IntVar]]:
        for (visit_id, carer_id), makes in self._makes.items():
            if carer_id == carer.id:
                visit = self._problem.visit_of[visit_id]
                yield visit, self._problem.client_of[visit.client].place, makes

    def _add_nights(
        self, week: CarerWeek, day: CarerDay, old: dict[tuple[str, int | None], int]
    ) -> None:
        number = self._visit.day
        wanted = self._problem.policy.for_carer(week.carer).daily_rest_minutes
        before = [worked for worked in week.days if worked.day < number]
        after = [worked for worked in week.days if worked.day > number]
        nights: list[tuple[Expression, Expression, int]] = [
            (before[-1].last_end if before else week.carer.last_end, day.begins, number)
        ]
        if after:
            nights.append((day.ends, after[0].first.start, after[0].day))
        for end, begin, named in nights:
            shorter = self._ease("DAILY_REST", DAY, carer=week.carer.id, day=named)
            add_rest(
                self._model,
                end,
                begin,
                wanted - old.get((rest.CODE, named), 0) - shorter,
                change=self._problem.clock_change,
                when=[day.is_worked],
            )

    def _add_long_rest(
        self, week: CarerWeek, day: CarerDay, old: dict[tuple[str, int | None], int]
    ) -> None:
        """H6: a long rest that no other day's work cuts, or before or after this day's."""
        number, change = self._visit.day, self._problem.clock_change
        policy, since = (
            self._problem.policy.for_carer(week.carer),
            long_rest_counts_from(week.carer),
        )
        wanted = policy.weekly_rest_minutes - old.get((rest.CODE, None), 0)
        edges: list[tuple[Minute, Minute]] = []
        end = max(week.carer.last_end, since)
        for worked in (*(w for w in week.days if w.day != number), None):
            edges.append((end, WEEK if worked is None else worked.first.start))
            end = 0 if worked is None else max(worked.last_end, since)
        # The day lies inside one of the rests of the week without it; the others stay as they are.
        around = next(
            (pair for pair in edges if pair[0] <= number * DAY + DAY and pair[1] > number * DAY),
            None,
        )
        kept = (rested(*pair, change) for pair in edges if pair != around)
        if around is None or any(minutes >= wanted for minutes in kept):
            return
        shorter = self._ease("WEEKLY_REST", 3 * DAY, carer=week.carer.id)
        is_before, is_after = self._model.new_bool_var(""), self._model.new_bool_var("")
        self._model.add_bool_or(is_before, is_after, day.is_worked.negated())
        for literal, first, last in (
            (is_before, around[0], day.begins),
            (is_after, day.ends, around[1]),
        ):
            add_rest(
                self._model,
                first,
                last,
                wanted - shorter,
                change=change,
                when=[literal, day.is_worked],
            )


def _faults(week: CarerWeek, plan: Plan) -> dict[tuple[str, int | None], int]:
    """Return how far a carer's week breaks each rule on each day already."""
    found: dict[tuple[str, int | None], int] = {}
    for rule in CARER_RULES:
        for breach in rule.breaches(week, plan.problem):
            key = breach.code, breach.day
            found[key] = max(found.get(key, 0), breach.shortfall)
    return found
