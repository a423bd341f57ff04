"""A flexible problem as plain arrays for the kernel, and the kernel's plan as routes again."""

import ctypes
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scheduler.flexible import (
    LONGEST_CLOCK,
    FlexiblePlan,
    FlexibleProblem,
    Route,
    Stop,
)

NONE: Final = -1
MUST: Final = 1 << 40
"""What leaving out costs where it is not allowed: dearer than all prices, cheaper than a breach."""

COUNTS: Final = ("places", "carers", "days", "parts", "units", "jobs")
WHOLE: Final = (
    "travel", "from", "to", "begins", "ends", "longest", "job", "unit", "place", "minutes",
    "last_start", "window_begin", "window_open", "window_close", "dislike", "first", "second",
    "least_gap", "most_gap", "part_begin", "most_carers", "choice_begin", "choice_at", "choice_day",
)  # fmt: skip
LONG: Final = ("left_out", "prices")


class FlexibleArrays(ctypes.Structure):
    """The structure of that name in `soft/problem.hpp`."""

    _fields_ = (
        *((name, ctypes.c_int32) for name in COUNTS),
        *((name, ctypes.c_void_p) for name in (*WHOLE, *LONG)),
    )


class EncodedFlexible:
    """The arrays of a problem. Breaks follow the visits as jobs of one part each."""

    def __init__(self, problem: FlexibleProblem) -> None:
        self.problem = problem
        rows: dict[str, list[int]] = {name: [] for name in (*WHOLE, *LONG)}
        self._owner: list[tuple[int | None, int]] = []
        self._rows = rows
        rows["travel"] = [time for row in problem.travel for time in row]
        rows["prices"] = list(problem.prices.as_row())
        rows["part_begin"].append(0)
        rows["window_begin"].append(0)
        rows["choice_begin"].append(0)
        for carer in problem.carers:
            for shift in carer.shifts:
                rows["from"].append(carer.leaves_from)
                rows["to"].append(carer.returns_to)
                rows["begins"].append(shift.begins)
                rows["ends"].append(shift.ends)
                rows["longest"].append(NONE if shift.longest is None else shift.longest)
        for row in range(len(problem.visits)):
            self._add_visit(row)
        for row in range(len(problem.carers)):
            self._add_breaks(row)
        kinds = dict.fromkeys(WHOLE, np.int32) | dict.fromkeys(LONG, np.int64)
        self._kept = {name: np.array(rows[name], dtype=kind) for name, kind in kinds.items()}
        self.arrays = FlexibleArrays()
        counts = {
            "places": len(problem.travel),
            "carers": len(problem.carers),
            "days": problem.days,
            "parts": len(rows["job"]),
            "units": len(rows["first"]),
            "jobs": len(rows["left_out"]),
        }
        for name, count in counts.items():
            setattr(self.arrays, name, count)
        for name, array in self._kept.items():
            setattr(self.arrays, name, array.ctypes.data)

    @property
    def parts(self) -> int:
        """How many parts there are, breaks included."""
        return len(self._owner)

    def plan(
        self,
        route: NDArray[np.int32],
        position: NDArray[np.int32],
        start: NDArray[np.int32],
        place: NDArray[np.int32],
    ) -> FlexiblePlan:
        """Return the plan that the kernel has written into these arrays, one entry a part."""
        days = self.problem.days
        found: dict[int, list[tuple[int, int]]] = {}
        for row in np.flatnonzero(route >= 0):
            found.setdefault(int(route[row]), []).append((int(position[row]), int(row)))
        routes = []
        for number in sorted(found):
            stops = []
            for _, part in sorted(found[number]):
                visit, index = self._owner[part]
                stops.append(Stop(visit, index, int(start[part]), int(place[part])))
            routes.append(Route(number // days, number % days, tuple(stops)))
        return FlexiblePlan(tuple(routes))

    def _add_visit(self, row: int) -> None:
        visit, rows = self.problem.visits[row], self._rows
        begin = len(self._owner)
        tied = visit.gap is not None
        for index, part in enumerate(visit.parts):
            dislike = [NONE] * len(self.problem.carers)
            for carer, price in part.carers:
                dislike[carer] = price
            windows = [(window.opens, window.closes) for window in part.windows]
            self._add_part(
                (row, index), part.place, part.minutes, LONGEST_CLOCK, windows, dislike,
                new_unit=not (tied and index == 1),
            )  # fmt: skip
        if visit.gap is not None:
            rows["second"][-1] = begin + 1
            rows["least_gap"][-1], rows["most_gap"][-1] = visit.gap
        most = len(visit.parts) if visit.most_carers is None else visit.most_carers
        self._add_job(visit.left_out, most, visit.choices)

    def _add_breaks(self, row: int) -> None:
        for day, shift in enumerate(self.problem.carers[row].shifts):
            if shift.rest is None:
                continue
            dislike = [NONE] * len(self.problem.carers)
            dislike[row] = 0
            window = (shift.rest.earliest, shift.rest.latest)
            self._add_part(
                (None, row), NONE, shift.rest.minutes, shift.rest.latest, [window], dislike,
                new_unit=True,
            )  # fmt: skip
            self._add_job(shift.rest.missed, 1, ((day,),))

    def _add_part(
        self,
        owner: tuple[int | None, int],
        place: int,
        minutes: int,
        last_start: int,
        windows: list[tuple[int, int]],
        dislike: list[int],
        *,
        new_unit: bool,
    ) -> None:
        rows, part = self._rows, len(self._owner)
        self._owner.append(owner)
        if new_unit:
            rows["first"].append(part)
            rows["second"].append(NONE)
            rows["least_gap"].append(0)
            rows["most_gap"].append(0)
        rows["job"].append(len(rows["left_out"]))
        rows["unit"].append(len(rows["first"]) - 1)
        rows["place"].append(place)
        rows["minutes"].append(minutes)
        rows["last_start"].append(last_start)
        rows["window_open"] += [opens for opens, _ in windows]
        rows["window_close"] += [closes for _, closes in windows]
        rows["window_begin"].append(len(rows["window_open"]))
        rows["dislike"] += dislike

    def _add_job(
        self, left_out: int | None, most_carers: int, choices: tuple[tuple[int, ...], ...]
    ) -> None:
        rows = self._rows
        rows["left_out"].append(MUST if left_out is None else left_out)
        rows["part_begin"].append(len(self._owner))
        rows["most_carers"].append(most_carers)
        rows["choice_begin"].append(rows["choice_begin"][-1] + len(choices))
        rows["choice_at"].append(len(rows["choice_day"]))
        rows["choice_day"] += [day for days in choices for day in days]
