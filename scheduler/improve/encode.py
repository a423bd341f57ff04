"""Turn a problem into the flat arrays that the kernel reads, and its answers back into values."""

import ctypes
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scheduler.improve.stations import Stations
from scheduler.model import Assignment, Carer, Problem, Solution, Wish
from scheduler.rules import unassigned
from scheduler.rules.rest import long_rest_counts_from
from scheduler.rules.voted_weekends import may_work_weekend
from scheduler.units import DAY, DAYS_IN_WEEK, SATURDAY, WEEK, Minute, Points
from scheduler.voted_limits import OVER_POINTS

POINT: Final = 1000
"""The kernel counts in thousandths of a point (fairness: in millionths)."""

NONE: Final = -1
"""Stands for "nobody" or "no such visit" in the arrays."""

FAVOURITE_VISITS: Final = 5
"""A `prefer_client` wish is fulfilled by so many visits."""

INTS: Final = np.int32
POINTS: Final = np.int64
FLAGS: Final = np.uint8

COUNTS: Final = ("carers", "clients", "visits", "places", "requirements", "modes")
NO_LIMIT: Final = 1 << 20
"""Of a limit that was not voted."""

LIMITS: Final = (
    "daily_rest", "split_gap", "clock_minute", "clock_extra", "early_start", "latest_finish",
    "max_in_a_row", "max_splits", "max_idle", "max_journey",
)  # fmt: skip
WEIGHTS: Final = (
    "travel", "extra_carer", "lateness", "shortfall", "overtime", "idle", "split", "stability",
    "unfamiliar", "fairness",
)  # fmt: skip
ARRAYS: Final[tuple[tuple[str, type[np.generic]], ...]] = (
    ("visit_client", INTS), ("visit_requirement", INTS), ("target", INTS), ("minutes", INTS),
    ("team", INTS), ("earliest", INTS), ("latest", INTS), ("visit_place", INTS),
    ("unassigned", POINTS), ("optional", FLAGS),
    ("after_visit", INTS), ("after_gap", INTS), ("locked", INTS), ("lock_start", INTS),
    ("lock_carer", INTS), ("published_start", INTS), ("published_carer", INTS),
    ("target_carers", INTS),
    ("mode", INTS), ("guaranteed", INTS), ("max_week", INTS), ("max_days", INTS),
    ("last_end", INTS), ("max_day", INTS), ("own_rest", INTS), ("weekly_rest", INTS),
    ("stretch", INTS), ("break_minutes", INTS), ("long_rest_from", INTS),
    ("row_before", INTS),
    ("day_off", POINTS), ("weekend_off", POINTS), ("no_split", POINTS),
    ("range_begin", INTS), ("range_from", INTS), ("range_to", INTS), ("range_target", INTS),
    ("range_soft_from", INTS), ("range_soft_to", INTS),
    ("window_begin", INTS), ("window_from", INTS), ("window_to", INTS),
    ("avoid_begin", INTS), ("avoid_from", INTS), ("avoid_to", INTS), ("avoid_points", POINTS),
    ("wish_begin", INTS), ("wish_client", INTS), ("wish_cap", INTS), ("wish_points", POINTS),
    ("allowed", FLAGS), ("familiar", FLAGS), ("travel_minutes", INTS),
)  # fmt: skip


class ProblemArrays(ctypes.Structure):
    """`RotaProblem` of problem.hpp, field by field."""

    _fields_ = [
        *((name, ctypes.c_int32) for name in (*COUNTS, *LIMITS)),
        *((name, ctypes.c_int64) for name in (*WEIGHTS, "over_vote", "outside")),
        *((name, ctypes.c_void_p) for name, _ in ARRAYS),
    ]


class EncodedProblem:
    """A problem as arrays. It must live as long as the kernel uses it, since it owns the memory."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.visit_index = {visit.id: row for row, visit in enumerate(problem.visits)}
        self.carer_index = {carer.id: row for row, carer in enumerate(problem.carers)}
        self.client_index = {client.id: row for row, client in enumerate(problem.clients)}
        self._kept: list[NDArray[Any]] = []
        self.arrays = ProblemArrays()
        self._fill_policy()
        self._fill_visits()
        self._fill_promises()
        self._fill_clients()
        self._fill_carers()
        self._fill_wishes()
        self._fill_suitability()

    def _put(self, name: str, values: Iterable[Any] | NDArray[Any]) -> None:
        rows = values if isinstance(values, np.ndarray) else list(values)
        array = np.ascontiguousarray(rows, dtype=dict(ARRAYS)[name])
        if array.size == 0:
            # An empty array still needs an address that may be read.
            array = np.zeros(1, dtype=array.dtype)
        self._kept.append(array)
        setattr(self.arrays, name, array.ctypes.data)

    def _put_rows(
        self, prefix: str, rows: Sequence[Sequence[tuple[int, ...]]], *names: str
    ) -> None:
        """Put lists of rows by owner: where each owner's begin, then one array per column."""
        self._put(f"{prefix}_begin", np.cumsum([0, *(len(own) for own in rows)]))
        columns = list(zip(*(row for own in rows for row in own), strict=True))
        for name, column in zip(names, columns or [()] * len(names), strict=True):
            self._put(name, column)

    def _fill_policy(self) -> None:
        problem, arrays = self.problem, self.arrays
        policy, weights = problem.policy, problem.policy.weights
        arrays.carers, arrays.clients = len(problem.carers), len(problem.clients)
        arrays.visits = len(problem.visits)
        arrays.modes = len(problem.modes)
        arrays.daily_rest = policy.daily_rest_minutes
        arrays.split_gap = policy.split_gap_minutes
        change = problem.clock_change
        # In autumn the wall is the stricter clock, so only spring needs a longer rest.
        in_spring = change is not None and change.shift > 0
        arrays.clock_minute = change.minute if change is not None and in_spring else NONE
        arrays.clock_extra = change.shift if change is not None and in_spring else 0
        self._fill_voted()
        arrays.outside = whole(weights.outside or 0.0)
        for name in WEIGHTS:
            scale = POINT * POINT if name == "fairness" else POINT
            setattr(arrays, name, round(getattr(weights, name) * scale))

    def _fill_voted(self) -> None:
        voted, arrays = self.problem.policy.voted, self.arrays
        arrays.early_start = voted.early_start
        for name, limit in (
            ("latest_finish", voted.latest_finish_before_early),
            ("max_in_a_row", voted.max_consecutive_days),
            ("max_splits", voted.max_splits_week),
            ("max_idle", voted.max_idle_minutes),
            ("max_journey", voted.max_journey_minutes),
        ):
            setattr(arrays, name, NO_LIMIT if limit is None else limit)
        arrays.over_vote = whole(OVER_POINTS) if voted.has_prices else 0

    def _fill_visits(self) -> None:
        visits, policy = self.problem.visits, self.problem.policy
        self._put("visit_client", (self.client_index[visit.client] for visit in visits))
        self._put("target", (visit.target for visit in visits))
        self._put("earliest", (visit.first_start for visit in visits))
        self._put("latest", (visit.last_start for visit in visits))
        ranges = [
            [(w.earliest, w.latest, w.target, *w.soft_range) for w in visit.windows]
            for visit in visits
        ]
        names = ("from", "to", "target", "soft_from", "soft_to")
        self._put_rows("range", ranges, *(f"range_{name}" for name in names))
        self._put("minutes", (visit.minutes for visit in visits))
        self._put("team", (visit.carers for visit in visits))
        self._put("unassigned", (whole(unassigned.points(visit, policy)) for visit in visits))
        self._put("optional", (visit.is_optional for visit in visits))
        before = [self.visit_index.get(v.after.visit, NONE) if v.after else NONE for v in visits]
        self._put("after_visit", before)
        self._put("after_gap", (visit.after.gap if visit.after else 0 for visit in visits))

    def _fill_promises(self) -> None:
        """Put locked and published visits."""
        locks = {lock.visit: lock for lock in self.problem.locked}
        told = {row.visit: row for row in self.problem.published}
        visits = self.problem.visits
        self._put("locked", (visit.id in locks for visit in visits))
        starts = ((locks[v.id].start if v.id in locks else None) for v in visits)
        self._put("lock_start", (NONE if start is None else start for start in starts))
        self._put("published_start", (told[v.id].start if v.id in told else NONE for v in visits))
        for name, promises in (("lock_carer", locks), ("published_carer", told)):
            pairs = (self.pair(promises[v.id].carers if v.id in promises else ()) for v in visits)
            self._put(name, (row for pair in pairs for row in pair))

    def pair(self, carers: Iterable[str]) -> tuple[int, int]:
        """Return the rows of at most two known carers, filled up with `NONE`."""
        rows = [self.carer_index[carer] for carer in carers if carer in self.carer_index]
        first, second = (*rows, NONE, NONE)[:2]
        return first, second

    def _fill_clients(self) -> None:
        problem = self.problem
        self._put("target_carers", (client.target_carers for client in problem.clients))
        self.mode_index = {name: row for row, name in enumerate(problem.modes)}
        stations = Stations(problem)
        self.arrays.places = len(stations)
        self._put("visit_place", stations.of_visits)
        self._put("travel_minutes", stations.travel_minutes())

    def _fill_carers(self) -> None:
        carers = self.problem.carers
        self._put("mode", (self.mode_index[carer.mode] for carer in carers))
        self._put("guaranteed", (carer.guaranteed_minutes for carer in carers))
        self._put("max_week", (carer.max_week_minutes for carer in carers))
        self._put("max_days", (carer.max_days for carer in carers))
        self._put("last_end", (carer.last_end for carer in carers))
        limits = [self.problem.policy.for_carer(carer) for carer in carers]
        self._put("max_day", (own.max_day_minutes for own in limits))
        self._put("own_rest", (own.daily_rest_minutes for own in limits))
        self._put("weekly_rest", (own.weekly_rest_minutes for own in limits))
        self._put("stretch", (own.stretch_minutes for own in limits))
        self._put("break_minutes", (own.break_minutes for own in limits))
        self._put("long_rest_from", (long_rest_counts_from(carer) for carer in carers))
        self._put("row_before", (carer.days_in_a_row_before for carer in carers))
        windows = [sorted(self._windows(carer)) for carer in carers]
        self._put_rows("window", windows, "window_from", "window_to")

    def _windows(self, carer: Carer) -> list[tuple[Minute, Minute]]:
        """Return when a carer may work; a weekend that should be free is left out (V2)."""
        ends = WEEK if may_work_weekend(carer, self.problem.policy) else SATURDAY * DAY
        return [window for window in carer.available if window[0] < ends]

    def _fill_wishes(self) -> None:
        problem, carers = self.problem, self.problem.carers
        weights = problem.policy.weights.preferences
        made_for = dict.fromkeys(self.client_index, 0)
        for visit in problem.visits:
            made_for[visit.client] += visit.carers

        def points(wish: Wish) -> int:
            return whole(weights[wish.kind] * wish.strength)

        def total(carer: Carer, kind: str) -> int:
            return sum(points(wish) for wish in carer.preferences if wish.kind == kind)

        day_off = np.zeros((len(carers), DAYS_IN_WEEK), dtype=POINTS)
        avoid: list[list[tuple[int, ...]]] = []
        about_clients: list[list[tuple[int, ...]]] = []
        for row, carer in enumerate(carers):
            avoid.append([])
            about_clients.append([])
            for wish in carer.preferences:
                if wish.kind == "day_off":
                    day_off[row, wish.day] += points(wish)
                elif wish.kind == "avoid_window":
                    start, end = wish.from_minute or 0, wish.to_minute or 0
                    avoid[row].append((start, end, points(wish)))
                elif wish.client in made_for:
                    liked = wish.kind == "prefer_client"
                    cap = min(FAVOURITE_VISITS, made_for[wish.client]) if liked else 0
                    if liked and cap == 0:
                        continue
                    client = self.client_index[wish.client]
                    about_clients[row].append((client, cap, points(wish)))
        self._put("day_off", day_off)
        self._put("weekend_off", (total(carer, "weekend_off") for carer in carers))
        self._put("no_split", (total(carer, "no_split") for carer in carers))
        self._put_rows("avoid", avoid, "avoid_from", "avoid_to", "avoid_points")
        self._put_rows("wish", about_clients, "wish_client", "wish_cap", "wish_points")

    def _fill_suitability(self) -> None:
        """Say who may make which visit; visits of a client with the same skills share a row."""
        problem = self.problem
        rows: dict[tuple[str, frozenset[str]], int] = {}
        requirement = [
            rows.setdefault((visit.client, frozenset(visit.skills)), len(rows))
            for visit in problem.visits
        ]
        self._put("visit_requirement", requirement)
        self.arrays.requirements = len(rows)
        gender = np.array([carer.gender for carer in problem.carers], dtype=object)
        skills = sorted({skill for _, needed in rows for skill in needed})
        has = {
            skill: np.array([skill in carer.skills for carer in problem.carers], dtype=bool)
            for skill in skills
        }
        allowed = np.ones((len(rows), len(problem.carers)), dtype=bool)
        for (client_id, needed), row in rows.items():
            client = problem.client_of[client_id]
            for skill in needed:
                allowed[row] &= has[skill]
            if client.gender is not None:
                allowed[row] &= gender == client.gender
            for carer in client.excluded:
                if carer in self.carer_index:
                    allowed[row, self.carer_index[carer]] = False
        self._put("allowed", allowed)
        familiar = np.zeros((len(problem.clients), len(problem.carers)), dtype=bool)
        for row, client in enumerate(problem.clients):
            for carer in client.familiar:
                if carer in self.carer_index:
                    familiar[row, self.carer_index[carer]] = True
        self._put("familiar", familiar)

    def solution(self, starts: NDArray[np.int32], teams: NDArray[np.int32]) -> Solution:
        """Turn the kernel's answer into a solution, in the order of the problem's visits."""
        rows = []
        for row, visit in enumerate(self.problem.visits):
            team = teams[row][: visit.carers]
            if (team != NONE).all():
                names = tuple(self.problem.carers[carer].id for carer in team)
                rows.append(Assignment(visit.id, int(starts[row]), names))
        return Solution(self.problem.name, tuple(rows))


def whole(points: Points) -> int:
    """Return points as the kernel counts them."""
    return round(points * POINT)
