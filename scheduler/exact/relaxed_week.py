"""A lower bound on the cost of a week, for sizes at which the whole week cannot be proved.

Each carer's day is a route (`day_routes`), and a linear programme (`master`) chooses among all
routes, also in parts. What it leaves out can only make a plan dearer, so its optimum bounds the
cost of every sound plan from below:

- kept: teams of different carers (H1), H2 to H5, nights between two days next to each other
  (H6), the week's limit (H7), H8, a lock's carers (H11), and the cost terms but one;
- left out: that the carers of a double-up come together (H1), the long rest (H6), the day's limit
  (H7), breaks (H9), the order of visits (H10), a lock's start (H11), carers beyond the client's
  target (S2), and that a plan has no parts;
- fairness, a square, is taken as the largest of some of its tangents, which lie below it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np

from scheduler.exact.able import able_carers, open_whatever
from scheduler.exact.day_routes import NEVER, DayRoutes, Floats, Prices, Route
from scheduler.exact.master import Master
from scheduler.exact.priced_day import CarerPrices
from scheduler.model import Carer, Problem, Solution, Visit, Wish
from scheduler.rules import plan_of, punctuality, soft_ends, unassigned
from scheduler.rules.preferences import PREFERRED_VISITS, SATURDAY, SUNDAY
from scheduler.stop import Limit
from scheduler.travel import Travel
from scheduler.units import DAY, DAYS_IN_WEEK, WEEK, Day, Minute, Points

LOCKED_POINTS: Final = 1e6
"""What opening a locked visit costs here; no sound plan does it, so any figure is a bound."""
TANGENTS: Final = (15, 30, 60, 90, 120, 180, 270, 400, 600)
"""Points of wishes at which a tangent of the fairness term is taken."""
NIGHT_STEP: Final = 15
"""Minutes between the ends of a day at which the night after it is looked at."""
ROUTES_EACH: Final = 4
SMOOTHING: Final = 0.6
"""How much of the best prices so far is kept: prices that jump about find few good routes."""
CLOSE_ENOUGH: Final = 1e-5


@dataclass(frozen=True, slots=True)
class CarerRows:
    """The rows of one carer."""

    work: tuple[int, ...]
    days: int
    pain: int | None
    weekend: tuple[tuple[int, ...], ...]
    preferred: tuple[tuple[Wish, int], ...]


class RelaxedWeek:
    """The linear programme of one week, and its bound so far in `lower`.

    It begins with what the visits cost that too few carers can make at all.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem, self._weights = problem, problem.policy.weights
        self._master = Master()
        self._center: Floats | None = None
        self._parts = np.zeros(DAYS_IN_WEEK + 1)
        self.lower: Points = open_whatever(problem)
        self._told: dict[str, list[tuple[Minute, frozenset[str]]]] = defaultdict(list)
        for row in problem.published:
            self._told[row.visit].append((row.start, frozenset(row.carers)))
        self._known: set[tuple[str, tuple[tuple[str, Minute], ...]]] = set()
        self._fixed = np.zeros(DAYS_IN_WEEK + 1)
        self._locked = {lock.visit: frozenset(lock.carers) for lock in problem.locked}
        self._pairs: dict[tuple[str, str], int] = {}
        self._visit_rows = {visit.id: self._add_visit(visit) for visit in problem.visits}
        self._day_rows: dict[tuple[str, Day], int] = {}
        self._carer_rows = {carer.id: self._add_carer(carer) for carer in problem.carers}
        self._nights = self._add_nights()
        self._groups = list(self._day_groups())

    def improve(self, solution: Solution | None, limit: Limit) -> Points:
        """Raise the bound until it is as good as this relaxation allows, or time is up.

        A second call goes on where the first one ended.
        """
        if solution is not None:
            for route in self._routes_of(solution):
                self._add_route(route)
        smoothing = SMOOTHING
        while not limit.reached(0):
            solved = self._master.solve(limit.seconds_left())
            if solved is None:
                break
            value, prices = solved
            tried = prices
            if self._center is not None:
                tried = self._master.allowed(smoothing * self._center + (1 - smoothing) * prices)
            known = len(self._known)
            parts = self._price(tried, limit)
            if parts is None:
                break
            bound = float(parts.sum())
            if self._center is None or bound > self.lower:
                self.lower, self._center, self._parts = max(self.lower, bound), tried, parts
                smoothing = SMOOTHING
            else:
                if smoothing == 0 and known == len(self._known):
                    break
                # The best prices so far mislead; go by those of the programme itself.
                smoothing = max(0.0, smoothing - 0.2)
            if value + float(self._fixed.sum()) - self.lower <= CLOSE_ENOUGH * max(
                1.0, abs(self.lower)
            ):
                break
        return self.lower

    def parts(self) -> Floats:
        """Return the bound of the best prices so far: by day, and last for the week."""
        return self._parts.copy()

    @property
    def has_prices(self) -> bool:
        """Whether there was time for any prices yet."""
        return self._center is not None

    def prices_of(self, day: Day) -> dict[str, CarerPrices]:
        """Return what each carer pays the week for a day, by the best prices so far."""
        prices = self._center
        if prices is None:
            raise ValueError("there are no prices yet")
        visits = [visit for visit in self._problem.visits if visit.day == day]
        return {
            carer.id: self._carer_prices(prices, carer, day, visits)
            for carer in self._problem.carers
        }

    def _carer_prices(
        self, prices: Floats, carer: Carer, day: Day, visits: Sequence[Visit]
    ) -> CarerPrices:
        rows = self._carer_rows[carer.id]
        rest = self._problem.policy.for_carer(carer).daily_rest_minutes
        preferred: dict[str, Points] = {
            visit.id: -sum(
                prices[row] for wish, row in rows.preferred if wish.client == visit.client
            )
            for visit in visits
            if rows.preferred
        }
        return CarerPrices(
            work=-float(sum(prices[row] for row in rows.work)),
            worked=self._day_price(prices, carer, day),
            pain=0.0 if rows.pain is None else float(prices[rows.pain]),
            visits={visit: float(points) for visit, points in preferred.items()},
            ends=self._night_prices(prices, carer, day, 0),
            begins=self._night_prices(prices, carer, day - 1, rest),
        )

    def _night_prices(
        self, prices: Floats, carer: Carer, night: Day, later: int
    ) -> list[tuple[Minute, Points]]:
        return [
            (minute + later, -float(prices[row]))
            for minute, row in self._nights.get((carer.id, night), ())
            if prices[row]
        ]

    def _price(self, prices: Floats, limit: Limit) -> Floats | None:
        """Find the cheapest routes and add them; return the parts of the bound they prove."""
        savings = [[np.zeros(0)] for _ in range(DAYS_IN_WEEK)]
        for group in self._groups:
            if limit.seconds_left() == 0:
                return None
            fixed = np.array([self._day_price(prices, c, group.day) for c in group.carers])
            least, routes = group.cheapest(self._route_prices(prices, group), -fixed, ROUTES_EACH)
            savings[group.day].append(np.minimum(0.0, least + fixed))
            for route in routes:
                self._add_route(route)
        day_rows = list(self._day_rows.values())
        saved = [np.concatenate(found) for found in savings]
        return self._fixed + self._master.bound(prices, day_rows, saved)

    # ---- rows -------------------------------------------------------------------------------

    def _add_visit(self, visit: Visit) -> int:
        row = self._master.row(visit.carers, visit.carers, part=visit.day)
        points = unassigned.points(visit, self._problem.policy)
        if visit.id in self._locked:
            points += LOCKED_POINTS
        for _, carers in self._told[visit.id]:
            # As if nobody of them came; whoever does is paid back on the route.
            self._fixed[visit.day] += self._weights.stability * len(carers)
        beside = self._pair_rows(visit)
        self._pairs |= beside
        halves = dict.fromkeys(beside.values(), 1.0)
        self._master.variable(points, 1.0, {row: visit.carers, **halves}, part=visit.day)
        return row

    def _pair_rows(self, visit: Visit) -> dict[tuple[str, str], int]:
        """Let nobody make more of a double-up than the other half: both come, or nobody does."""
        if visit.carers == 1:
            return {}
        return {
            (visit.id, carer.id): self._master.row(upper=1.0, part=visit.day)
            for carer in able_carers(self._problem, visit)
        }

    def _add_carer(self, carer: Carer) -> CarerRows:
        master, weights = self._master, self._weights
        for day in range(DAYS_IN_WEEK):
            self._day_rows[carer.id, day] = master.row(upper=1.0)
        work = [master.row(upper=carer.max_week_minutes)]
        if carer.guaranteed_minutes:
            # work + short - over = guaranteed, within the week's limit.
            balance = master.row(carer.guaranteed_minutes, carer.guaranteed_minutes)
            master.variable(weights.shortfall, carer.guaranteed_minutes, {balance: 1.0})
            master.variable(weights.overtime, WEEK, {balance: -1.0})
            work.append(balance)
        days = master.row(upper=carer.max_days)
        if not carer.preferences:
            return CarerRows(tuple(work), days, None, (), ())
        return self._add_wishes(carer, tuple(work), days)

    def _add_wishes(self, carer: Carer, work: tuple[int, ...], days: int) -> CarerRows:
        """Add the carer's points of wishes and the tangents of their square."""
        master = self._master
        pain = master.row(lower=0.0)
        tangents = {
            point: master.row(lower=-self._weights.fairness * point**2) for point in TANGENTS
        }
        most = self._most_pain(carer)
        slopes = {row: -2 * self._weights.fairness * point for point, row in tangents.items()}
        master.variable(1.0, most, {pain: 1.0, **slopes})
        square = self._weights.fairness * most**2
        master.variable(1.0, square, dict.fromkeys(tangents.values(), 1.0))
        weekend, preferred = [], []
        for wish in carer.preferences:
            points = self._wish_points(wish)
            if wish.kind == "weekend_off":
                rows = (master.row(lower=0.0), master.row(lower=0.0))
                master.variable(0.0, 1.0, {pain: -points, rows[0]: 1.0, rows[1]: 1.0})
                weekend.append(rows)
            if wish.kind == "prefer_client":
                wanted = self._problem.carer_visits_of.get(wish.client or "", 0)
                wanted = min(PREFERRED_VISITS, wanted)
                row = master.row(lower=wanted)
                master.variable(0.0, wanted, {pain: -points, row: 1.0})
                preferred.append((wish, row))
        return CarerRows(work, days, pain, tuple(weekend), tuple(preferred))

    def _most_pain(self, carer: Carer) -> Points:
        """Return no less than a carer's wishes can ever cost."""
        visits = self._problem.carer_visits_of
        most = {"avoid_window": carer.max_week_minutes, "no_split": len(self._problem.visits)}
        return sum(
            self._wish_points(wish)
            * most.get(wish.kind, max(PREFERRED_VISITS, visits.get(wish.client or "", 0)))
            for wish in carer.preferences
        )

    def _wish_points(self, wish: Wish) -> Points:
        return self._weights.preferences[wish.kind] * wish.strength

    def _add_nights(self) -> dict[tuple[str, Day], list[tuple[Minute, int]]]:
        """Forbid an end after some minute together with a start too soon after that minute (H6)."""
        nights: dict[tuple[str, Day], list[tuple[Minute, int]]] = {}
        for carer in self._problem.carers:
            wanted = self._problem.policy.for_carer(carer).daily_rest_minutes
            for day in range(DAYS_IN_WEEK - 1):
                ends = [end for _, end in carer.available if (end - 1) // DAY == day]
                begins = [begin for begin, _ in carer.available if begin // DAY == day + 1]
                if not ends or not begins:
                    continue
                minutes = range(min(begins) - wanted, max(ends), NIGHT_STEP)
                nights[carer.id, day] = [(m, self._master.row(upper=1.0)) for m in minutes]
        return nights

    # ---- routes -----------------------------------------------------------------------------

    def _day_groups(self) -> Iterator[DayRoutes]:
        """Yield the routes of each day by mode of travel; a day without visits has none."""
        travel = Travel(self._problem)
        carers = sorted(self._problem.carers, key=lambda carer: carer.mode)
        for day in range(DAYS_IN_WEEK):
            visits = [visit for visit in self._problem.visits if visit.day == day]
            for _, group in groupby(carers, key=lambda carer: carer.mode):
                if visits:
                    yield DayRoutes(self._problem, list(group), day, visits, travel)

    def _day_price(self, prices: Floats, carer: Carer, day: Day) -> float:
        """Return what a worked day costs, whatever its visits."""
        rows = self._carer_rows[carer.id]
        price = -prices[rows.days]
        if rows.pain is not None:
            price += prices[rows.pain] * self._worked_pain(carer, day)
        for pair in rows.weekend:
            if day in {SATURDAY, SUNDAY}:
                price += prices[pair[day - SATURDAY]]
        return float(price)

    def _worked_pain(self, carer: Carer, day: Day) -> Points:
        return sum(
            self._wish_points(wish)
            for wish in carer.preferences
            if wish.kind == "day_off" and wish.day == day
        )

    def _route_prices(self, prices: Floats, group: DayRoutes) -> Prices:
        """Return what nodes, travel and splits cost each carer of a group, less what they earn."""
        weights = self._weights
        by_carer, travel, split = [], [], []
        visit_prices = np.array([prices[self._visit_rows[visit.id]] for visit in group.visits])
        moved = self._node_points(group)
        for carer in group.carers:
            rows = self._carer_rows[carer.id]
            work = sum(prices[row] for row in rows.work)
            pain = 0.0 if rows.pain is None else prices[rows.pain]
            visits = -visit_prices - work * np.array([visit.minutes for visit in group.visits])
            visits = visits + [self._visit_points(visit, carer) for visit in group.visits]
            visits = visits + [
                pain * self._avoided(visit, carer)
                - sum(prices[row] for wish, row in rows.preferred if wish.client == visit.client)
                - self._pair_price(prices, visit, carer)
                for visit in group.visits
            ]
            nodes = visits[group.node_visit] + moved
            nodes = nodes + pain * self._inside(carer, group)
            by_carer.append(nodes)
            travel.append(weights.travel - work)
            split.append(weights.split + pain * self._split_pain(carer))
        begins = np.stack([self._begin_prices(prices, carer, group) for carer in group.carers])
        ends = np.stack([self._end_prices(prices, carer, group) for carer in group.carers])
        return Prices(np.stack(by_carer), begins, ends, np.array(travel), np.array(split))

    def _begin_prices(self, prices: Floats, carer: Carer, group: DayRoutes) -> Floats:
        """Return by node what it costs to begin a day there, after the night before (H6)."""
        wanted = self._problem.policy.for_carer(carer).daily_rest_minutes
        found = np.where(group.node_start < carer.last_end + wanted, NEVER, 0.0)
        for minute, row in self._nights.get((carer.id, group.day - 1), ()):
            if prices[row]:
                found -= prices[row] * (group.node_start < minute + wanted)
        return found

    def _end_prices(self, prices: Floats, carer: Carer, group: DayRoutes) -> Floats:
        """Return by node what it costs to end a day there, before the night after (H6)."""
        found = np.zeros(len(group.node_end))
        for minute, row in self._nights.get((carer.id, group.day), ()):
            if prices[row]:
                found -= prices[row] * (group.node_end > minute)
        return found

    def _pair_price(self, prices: Floats, visit: Visit, carer: Carer) -> float:
        row = self._pairs.get((visit.id, carer.id))
        return 0.0 if row is None else float(prices[row])

    def _node_points(self, group: DayRoutes) -> Floats:
        """Return lateness and moved starts by node: of a double-up each carer bears a half."""
        points = np.zeros(len(group.node_start))
        for index, visit in enumerate(group.visits):
            here = group.node_visit == index
            starts = group.node_start[here]
            size = np.array([self._late(visit, start) for start in starts.tolist()])
            for told, _ in self._told[visit.id]:
                size = size + self._weights.stability * (starts != told)
            points[here] = size / visit.carers
        return points

    def _late(self, visit: Visit, start: Minute) -> Points:
        """Return what a start costs by itself (S3)."""
        policy = self._problem.policy
        return punctuality.points(visit, start, policy) + soft_ends.points(visit, start, policy)

    def _visit_points(self, visit: Visit, carer: Carer) -> Points:
        """Return what it costs that this carer makes a visit, at whatever time (S2, S8)."""
        is_known = carer.id in self._problem.client_of[visit.client].familiar
        points = 0.0 if is_known else self._weights.unfamiliar
        told = sum(carer.id in carers for _, carers in self._told[visit.id])
        locked = self._locked.get(visit.id)
        if locked is not None and carer.id not in locked:
            points += LOCKED_POINTS
        return points - self._weights.stability * told

    def _avoided(self, visit: Visit, carer: Carer) -> Points:
        return sum(
            self._wish_points(wish)
            for wish in carer.preferences
            if wish.kind == "avoid_client" and wish.client == visit.client
        )

    def _split_pain(self, carer: Carer) -> Points:
        return sum(self._wish_points(wish) for wish in carer.preferences if wish.kind == "no_split")

    def _inside(self, carer: Carer, group: DayRoutes) -> Floats:
        """Return the points of avoided windows by node."""
        lengths = np.array([visit.minutes for visit in group.visits])[group.node_visit]
        begins = group.node_start - group.day * DAY
        points = np.zeros(len(begins))
        for wish in carer.preferences:
            if wish.kind == "avoid_window":
                until = np.minimum(begins + lengths, wish.to_minute or DAY)
                inside = np.maximum(0, until - np.maximum(begins, wish.from_minute or 0))
                points = points + self._wish_points(wish) * inside
        return points

    def _add_route(self, route: Route) -> None:
        """Add a route with its own cost and its figure in every row; once only."""
        key = (route.carer.id, tuple((visit.id, start) for visit, start in route.stops))
        if key not in self._known:
            self._known.add(key)
            self._master.route(*self._column(route))

    def _column(self, route: Route) -> tuple[Points, dict[int, float]]:
        """Return what a route costs by itself, and its figure in every row."""
        weights, carer = self._weights, route.carer
        rows = self._carer_rows[carer.id]
        figures: defaultdict[int, float] = defaultdict(float)
        figures[self._day_rows[carer.id, route.day]] = 1.0
        figures[rows.days] += 1.0
        for row in rows.work:
            figures[row] += route.work
        pain = self._worked_pain(carer, route.day) + route.splits * self._split_pain(carer)
        cost = weights.travel * route.travel + weights.idle * route.idle
        cost += weights.split * route.splits
        for visit, start in route.stops:
            figures[self._visit_rows[visit.id]] += 1.0
            pain += self._avoided(visit, carer)
            for wish in carer.preferences:
                if wish.kind == "avoid_window":
                    begin = start - route.day * DAY
                    until = min(begin + visit.minutes, wish.to_minute or DAY)
                    inside = max(0, until - max(begin, wish.from_minute or 0))
                    pain += self._wish_points(wish) * inside
            for wish, row in rows.preferred:
                if wish.client == visit.client:
                    figures[row] += 1.0
            half = self._pairs.get((visit.id, carer.id))
            if half is not None:
                figures[half] += 1.0
            told = sum(start != moment for moment, _ in self._told[visit.id])
            late = self._late(visit, start)
            cost += (late + weights.stability * told) / visit.carers
            cost += self._visit_points(visit, carer)
        for pair in rows.weekend:
            if route.day in {SATURDAY, SUNDAY}:
                figures[pair[route.day - SATURDAY]] -= 1.0
        if rows.pain is not None:
            figures[rows.pain] -= pain
        wanted = self._problem.policy.for_carer(carer).daily_rest_minutes
        begins, ends = route.stops[0][1], route.stops[-1][1] + route.stops[-1][0].minutes
        for minute, row in self._nights.get((carer.id, route.day), ()):
            figures[row] += ends > minute
        for minute, row in self._nights.get((carer.id, route.day - 1), ()):
            figures[row] += begins < minute + wanted
        return cost, figures

    def _routes_of(self, solution: Solution) -> Iterator[Route]:
        """Yield the days of a plan, so that the programme begins from prices that make sense."""
        limit = self._problem.policy.split_gap_minutes
        for week in plan_of(self._problem, solution).weeks.values():
            for day in week.days:
                short = [leg for leg in day.legs if leg.gap <= limit]
                travel = sum(leg.travel for leg in short)
                idle = sum(leg.gap - leg.travel for leg in short)
                stops = tuple((stop.visit, stop.start) for stop in day.stops)
                splits = len(day.legs) - len(short)
                yield Route(week.carer, day.day, stops, travel, idle, splits)
