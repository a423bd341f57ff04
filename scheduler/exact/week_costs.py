"""What a week's plan costs, in the terms of `scheduler/rules/`, for the model of the whole week."""

from fractions import Fraction

from ortools.sat.python import cp_model

from scheduler.exact.carer_day import CarerDay, Expression
from scheduler.exact.points import Scale, wish_points, wish_unit
from scheduler.exact.week_model import DAYS, WeekModel
from scheduler.model import Carer, Visit, Wish
from scheduler.rules import unassigned
from scheduler.rules.preferences import PREFERRED_VISITS, SATURDAY, SUNDAY
from scheduler.units import DAY, WEEK


class WeekCosts:
    """Adds the cost terms S0 to S8 to a week's model; `total` is in scaled points."""

    def __init__(self, week: WeekModel, scale: Scale) -> None:
        self._week, self._model, self._scale = week, week.model, scale
        self._problem = week.problem
        self._weights = week.problem.policy.weights
        self._parts: list[Expression] = []
        self._inside: dict[tuple[str, int, int], cp_model.IntVar] = {}
        for visit in self._problem.visits:
            self._add_visit(visit)
        self._add_continuity()
        self._add_stability()
        for carer in self._problem.carers:
            self._add_days(carer)
            self._add_contract(carer)
            self._add_wishes(carer)
        self.total: Expression = sum(self._parts)

    def _add(self, points: Fraction | float, size: Expression) -> None:
        self._parts.append(self._scale.whole(points) * size)

    def _add_visit(self, visit: Visit) -> None:
        """S0 and S3."""
        start, is_open = self._week.starts[visit.id], self._week.is_open[visit.id]
        # Whole minutes times a decimal weight, so that nothing is lost to binary floats.
        size = visit.carers * (visit.minutes + unassigned.EVERY_VISIT_MINUTES)
        points = self._weights.unassigned[visit.priority]
        self._parts.append(self._scale.whole(points) * size * is_open)
        away = self._model.new_int_var(0, DAY, "")
        outside = self._model.new_int_var(0, DAY, "") if visit.has_soft_ends else None
        for window, is_used in self._week.windows_of(visit):
            when = (*is_used, is_open.negated())
            self._model.add(away >= start - window.target).only_enforce_if(*when)
            self._model.add(away >= window.target - start).only_enforce_if(*when)
            if outside is not None:
                first, last = window.soft_range
                self._model.add(outside >= first - start).only_enforce_if(*when)
                self._model.add(outside >= start - last).only_enforce_if(*when)
        self._add(self._weights.lateness, away)
        if outside is not None:
            self._add(self._weights.outside or 0.0, outside)

    def _add_continuity(self) -> None:
        """S2."""
        comes: dict[str, dict[str, cp_model.IntVar]] = {}
        for (visit_id, carer_id), makes in self._week.makes.items():
            client = self._problem.client_of[self._problem.visit_of[visit_id].client]
            if carer_id not in client.familiar:
                self._add(self._weights.unfamiliar, makes)
            faces = comes.setdefault(client.id, {})
            if carer_id not in faces:
                faces[carer_id] = self._model.new_bool_var("")
            self._model.add_implication(makes, faces[carer_id])
        for client_id, faces in comes.items():
            beyond = len(faces) - self._problem.client_of[client_id].target_carers
            if beyond > 0:
                extra = self._model.new_int_var(0, beyond, "")
                target = self._problem.client_of[client_id].target_carers
                self._model.add(extra >= sum(faces.values()) - target)
                self._add(self._weights.extra_carer, extra)

    def _add_stability(self) -> None:
        """S8."""
        for told in self._problem.published:
            visit = self._problem.visit_of.get(told.visit)
            if visit is None:
                continue
            for carer_id in set(told.carers):
                stays = self._week.makes.get((told.visit, carer_id), 0)
                self._add(self._weights.stability, 1 - stays)
            is_moved = self._model.new_bool_var("")
            is_open, start = self._week.is_open[visit.id], self._week.starts[visit.id]
            self._model.add(start == told.start).only_enforce_if(
                is_moved.negated(), is_open.negated()
            )
            self._add(self._weights.stability, is_moved)

    def _add_days(self, carer: Carer) -> None:
        """S1 and S6."""
        for number in DAYS:
            day = self._week.days[carer.id, number]
            self._add(self._weights.travel, day.travel)
            self._add(self._weights.idle, day.idle)
            self._add(self._weights.split, day.splits)

    def _add_contract(self, carer: Carer) -> None:
        """S4."""
        if not carer.guaranteed_minutes:
            return
        work = sum(self._week.days[carer.id, day].work for day in DAYS)
        short = self._model.new_int_var(0, carer.guaranteed_minutes, "")
        over = self._model.new_int_var(0, WEEK, "")
        self._model.add(short >= carer.guaranteed_minutes - work)
        self._model.add(over >= work - carer.guaranteed_minutes)
        self._add(self._weights.shortfall, short)
        self._add(self._weights.overtime, over)

    def _add_wishes(self, carer: Carer) -> None:
        """S5: the carer's points as a number of units, so that their square is whole as well."""
        policy = self._problem.policy
        unit = wish_unit(carer, policy)
        sizes: list[Expression] = []
        most = 0
        for wish in carer.preferences:
            points = wish_points(policy, wish.kind, wish.strength)
            size, largest = self._size(carer, wish)
            sizes.append(int(points / unit) * size)
            most += int(points / unit) * largest
        if not most:
            return
        units = self._model.new_int_var(0, most, "")
        self._model.add(units >= sum(sizes))
        self._add(unit, units)
        fairness = self._scale.whole(Fraction(str(self._weights.fairness)) * unit**2)
        if fairness:
            square = self._model.new_int_var(0, most**2, "")
            self._model.add_multiplication_equality(square, [units, units])
            self._parts.append(fairness * square)

    def _size(self, carer: Carer, wish: Wish) -> tuple[Expression, int]:
        """Return how far a wish is not kept, and the most that it can be."""
        week = self._week
        made = [
            (self._problem.visit_of[visit_id], makes)
            for (visit_id, carer_id), makes in week.makes.items()
            if carer_id == carer.id
        ]
        if wish.kind == "day_off":
            return week.days[carer.id, wish.day or 0].is_worked, 1
        if wish.kind == "weekend_off":
            return self._any_of(*(week.days[carer.id, day] for day in (SATURDAY, SUNDAY))), 1
        if wish.kind == "no_split":
            return sum(week.days[carer.id, day].splits for day in DAYS), len(made)
        if wish.kind == "avoid_window":
            return self._minutes_inside(made, wish), sum(visit.minutes for visit, _ in made)
        visits = [makes for visit, makes in made if visit.client == wish.client]
        if wish.kind == "avoid_client":
            return sum(visits), len(visits)
        wanted = min(PREFERRED_VISITS, self._problem.carer_visits_of.get(wish.client or "", 0))
        missing = self._model.new_int_var(0, wanted, "")
        self._model.add(missing >= wanted - sum(visits))
        return missing, wanted

    def _any_of(self, *days: CarerDay) -> cp_model.IntVar:
        found = self._model.new_bool_var("")
        for day in days:
            self._model.add_implication(day.is_worked, found)
        return found

    def _minutes_inside(self, made: list[tuple[Visit, cp_model.IntVar]], wish: Wish) -> Expression:
        since, until = wish.from_minute or 0, wish.to_minute or DAY
        parts: list[Expression] = []
        for visit, makes in made:
            inside, most = self._visit_inside(visit, since, until)
            if most and isinstance(inside, int):
                parts.append(inside * makes)
            elif most:
                counted = self._model.new_int_var(0, visit.minutes, "")
                self._model.add(counted >= inside).only_enforce_if(makes)
                parts.append(counted)
        return sum(parts)

    def _visit_inside(
        self, visit: Visit, since: int, until: int
    ) -> tuple[cp_model.IntVar | int, int]:
        """Return the minutes of a visit inside a window of its day, and the most they can be."""
        midnight = visit.day * DAY
        possible = [
            max(0, min(start + visit.minutes, until) - max(start, since))
            for start in range(visit.first_start - midnight, visit.last_start - midnight + 1)
        ]
        if min(possible) == max(possible):
            return possible[0], possible[0]
        key = (visit.id, since, until)
        if key not in self._inside:
            inside = self._model.new_int_var(min(possible), max(possible), "")
            table = list(enumerate(possible, visit.first_start))
            self._model.add_allowed_assignments([self._week.starts[visit.id], inside], table)
            self._inside[key] = inside
        return self._inside[key], max(possible)
