"""Plans whose times follow from orders: soft window ends, tied parts, optional visits, breaks.

The week model (`scheduler.model`) fixes starts near targets. Here a plan is who serves what in
which order; every start is the earliest that the order allows, lateness has a price, and a carer's
break is placed with the visits. Times are whole units of the problem's own clock (a minute, or a
thousandth of one), prices whole units per unit of time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, TypeAlias

from scheduler.model import ProblemError

Time: TypeAlias = int
Price: TypeAlias = int

LONGEST_CLOCK: Final = 1 << 30
"""Moments stay below this, so that sums of a few fit into 32 bits."""
LONGEST_LEG: Final = 1 << 24
"""No way and no visit takes longer than this."""


def _require(*, fact: bool, path: str, reason: str) -> None:
    if not fact:
        raise ProblemError(path, reason)


@dataclass(frozen=True, slots=True)
class Window:
    """A part may start from `opens` on; a start after `closes` is late. Ends included."""

    opens: Time
    closes: Time

    def __post_init__(self) -> None:
        fact = 0 <= self.opens <= LONGEST_CLOCK and self.closes <= LONGEST_CLOCK
        _require(fact=fact, path="opens", reason=f"must lie from 0 to {LONGEST_CLOCK}")


@dataclass(frozen=True, slots=True)
class Part:
    """What one carer does at one visit.

    Attributes
    ----------
    place
        Row of the travel table.
    windows
        In time order; none opens before the first does, and lateness counts from the close of the
        last one that has opened when the part starts.
    carers
        Who may do it (row of `FlexibleProblem.carers`) and what that costs as a dislike, 0 or more.
    """

    place: int
    minutes: Time
    windows: tuple[Window, ...]
    carers: tuple[tuple[int, Price], ...]

    def __post_init__(self) -> None:
        fact = 0 <= self.minutes <= LONGEST_LEG
        _require(fact=fact, path="minutes", reason=f"must be 0 to {LONGEST_LEG}")
        _require(fact=bool(self.windows), path="windows", reason="needs one window or more")
        inorder = all(a.opens <= b.opens for a, b in pairwise(self.windows))
        _require(fact=inorder, path="windows", reason="must be in time order")
        positive = all(dislike >= 0 for _, dislike in self.carers)
        _require(fact=positive, path="carers", reason="a dislike must be zero or more")


@dataclass(frozen=True, slots=True)
class Visit:
    """Parts that are given together or not at all.

    Attributes
    ----------
    gap
        For two parts: least and most time from the first start to the second, by two carers.
        None: the parts are independent.
    left_out
        What it costs not to give the visit; None where it must be given.
    patterns
        The days on which the parts may fall, one day for each part.
    most_carers
        How many different carers may take part; None for any number.
    """

    id: str
    parts: tuple[Part, ...]
    gap: tuple[Time, Time] | None = None
    left_out: Price | None = None
    patterns: tuple[tuple[int, ...], ...] = ()
    most_carers: int | None = None

    def __post_init__(self) -> None:
        _require(fact=bool(self.id), path="id", reason="must not be empty")
        _require(fact=bool(self.parts), path="parts", reason="needs one part or more")
        if self.gap is not None:
            fact = len(self.parts) == 2 and self.gap[0] <= self.gap[1]
            _require(fact=fact, path="gap", reason="needs two parts, and least <= most")
        fact = all(len(pattern) == len(self.parts) for pattern in self.patterns)
        _require(fact=fact, path="patterns", reason="each needs one day for each part")
        fact = self.left_out is None or self.left_out >= 0
        _require(fact=fact, path="left_out", reason="must be zero or more")
        fact = self.most_carers is None or self.most_carers in {1, 2}
        fact = fact or self.most_carers >= len(self.parts)  # type: ignore[operator]
        reason = "must be 1, 2, or as many as there are parts"
        _require(fact=fact, path="most_carers", reason=reason)

    @property
    def choices(self) -> tuple[tuple[int, ...], ...]:
        """The patterns, or the first day for everything where none are given."""
        return self.patterns or ((0,) * len(self.parts),)


@dataclass(frozen=True, slots=True)
class Break:
    """A carer's break: at the home before or after which it falls, or at the start point."""

    earliest: Time
    latest: Time
    minutes: Time
    missed: Price

    def __post_init__(self) -> None:
        fact = 0 <= self.earliest <= self.latest and self.minutes >= 0
        _require(fact=fact, path="earliest", reason="needs 0 <= earliest <= latest, minutes >= 0")


@dataclass(frozen=True, slots=True)
class Shift:
    """A carer's working time on one day.

    Attributes
    ----------
    ends
        A return later than this costs overtime.
    longest
        Travel and visits together never exceed this; None for no limit.
    """

    begins: Time
    ends: Time
    longest: Time | None = None
    rest: Break | None = None

    def __post_init__(self) -> None:
        fact = 0 <= self.begins <= self.ends <= LONGEST_CLOCK
        _require(fact=fact, path="ends", reason="needs 0 <= begins <= ends")


@dataclass(frozen=True, slots=True)
class FlexibleCarer:
    """A paid worker with start point, end point and one shift for each day of the problem."""

    id: str
    leaves_from: int
    returns_to: int
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Prices:
    """What a unit of time costs. `latest` and `idle` count the worst value of the plan only."""

    travel: Price = 0
    late: Price = 0
    latest: Price = 0
    waiting: Price = 0
    overtime: Price = 0
    idle: Price = 0

    def as_row(self) -> tuple[Price, ...]:
        """Return the prices in the order in which the kernel reads them."""
        return (self.travel, self.late, self.latest, self.waiting, self.overtime, self.idle)


@dataclass(frozen=True, slots=True)
class FlexibleProblem:
    """What to plan. `travel[a][b]` is the time from place a to b and need not be symmetric."""

    name: str
    days: int
    travel: tuple[tuple[Time, ...], ...]
    carers: tuple[FlexibleCarer, ...]
    visits: tuple[Visit, ...]
    prices: Prices
    visit_row: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = len(self.travel)
        fact = all(len(row) == places for row in self.travel)
        _require(fact=fact, path="travel", reason="must be a square table")
        fact = all(0 <= time <= LONGEST_LEG for row in self.travel for time in row)
        _require(fact=fact, path="travel", reason=f"must hold times from 0 to {LONGEST_LEG}")
        for index, carer in enumerate(self.carers):
            fact = len(carer.shifts) == self.days
            _require(fact=fact, path=f"carers[{index}].shifts", reason="needs one for each day")
            fact = max(carer.leaves_from, carer.returns_to) < places
            _require(fact=fact, path=f"carers[{index}]", reason="its place is not in the table")
        resting = any(shift.rest for carer in self.carers for shift in carer.shifts)
        fact = not resting or all(row[place] == 0 for place, row in enumerate(self.travel))
        _require(fact=fact, path="travel", reason="a place must be 0 from itself where breaks are")
        rows = {visit.id: row for row, visit in enumerate(self.visits)}
        _require(fact=len(rows) == len(self.visits), path="visits", reason="an id is used twice")
        object.__setattr__(self, "visit_row", rows)
        for index, visit in enumerate(self.visits):
            self._check_visit(f"visits[{index}]", visit)

    def _check_visit(self, path: str, visit: Visit) -> None:
        for number, part in enumerate(visit.parts):
            fact = 0 <= part.place < len(self.travel)
            reason = "its place is not in the travel table"
            _require(fact=fact, path=f"{path}.parts[{number}]", reason=reason)
            fact = all(0 <= row < len(self.carers) for row, _ in part.carers)
            _require(fact=fact, path=f"{path}.parts[{number}]", reason="names an unknown carer")
        fact = all(0 <= day < self.days for days in visit.choices for day in days)
        _require(fact=fact, path=f"{path}.patterns", reason="names a day beyond the problem")


@dataclass(frozen=True, slots=True)
class Stop:
    """A part of a visit (`visit` and `part` are rows), or a break where `visit` is None.

    `place` is a row of the travel table.
    """

    visit: int | None
    part: int
    start: Time
    place: int


@dataclass(frozen=True, slots=True)
class Route:
    """What a carer does on a day, in order."""

    carer: int
    day: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class FlexiblePlan:
    """All routes with something in them. A visit in none of them is left out."""

    routes: tuple[Route, ...]

    def stops(self) -> Iterator[tuple[Route, Stop]]:
        """Yield every stop with its route."""
        for route in self.routes:
            for stop in route.stops:
                yield route, stop
