"""The week as frozen values: what the scheduler is given, and what it gives back.

Every value checks itself when it is made, so that unfit data never reaches a rule. Field names
and units are those of the `rota-problem` and `rota-solution` files: minutes are whole minutes
since Monday 00:00 local time, places are metres on a plane.

A reference to somebody who is not in this week is allowed where that has a clear meaning: a
familiar or excluded carer who has left, a wish about a former client, a visit that was published
and has since been cancelled. It simply has no effect, or counts as a change. A reference without
which nothing could be planned (a home, a client, a locked visit) must exist.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, TypeVar

from scheduler.carer_limits import CarerLimits as CarerLimits
from scheduler.problem_error import ProblemError as ProblemError
from scheduler.roads import Peak, TravelTable, check_peaks, check_tables
from scheduler.units import DAY, DAYS_IN_WEEK, WEEK, Day, Minute, Minutes
from scheduler.voted_limits import NOTHING_VOTED
from scheduler.voted_limits import VotedLimits as VotedLimits
from scheduler.windows import Periods, check_count, in_order, window_of
from scheduler.windows import Window as Window

CRITICAL: Final = 1
"""The `Visit.priority` of a visit whose absence may do harm."""

OPTIONAL: Final = 4
"""The `Visit.priority` of a visit that is worth having and owed to nobody."""

WISH_KINDS: Final = (
    "day_off",
    "avoid_window",
    "avoid_client",
    "prefer_client",
    "no_split",
    "weekend_off",
)
PRIORITIES: Final = (1, 2, 3)
"""Of visits that are owed; each has a weight in every policy."""
TEAM_SIZES: Final = (1, 2)
GENDER_REQUIREMENTS: Final = (None, "f", "m")
CLOCK_SHIFTS: Final = (60, -60)
WEEKENDS_BEFORE: Final = 3
"""So many of four weekends lie before this one."""


def _require(*, fact: bool, path: str, reason: str) -> None:
    if not fact:
        raise ProblemError(path, reason)


def _require_amount(path: str, value: float) -> None:
    if not (math.isfinite(value) and value >= 0):
        raise ProblemError(path, f"must be zero or more, not {value!r}")


def _require_name(path: str, value: str) -> None:
    if not value:
        raise ProblemError(path, "must not be empty")


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the plane; `x` and `y` in metres."""

    id: str
    x: float
    y: float

    def __post_init__(self) -> None:
        _require_name("id", self.id)
        for name, value in (("x", self.x), ("y", self.y)):
            _require(fact=math.isfinite(value), path=name, reason="must be a finite number")


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to travel: speed, how much longer roads are than a straight line, fixed minutes.

    `peaks` are the windows in which the same way takes longer.
    """

    kmh: float
    detour: float
    overhead_min: float
    peaks: tuple[Peak, ...] = ()

    def __post_init__(self) -> None:
        for name, value in (("kmh", self.kmh), ("detour", self.detour)):
            fact = math.isfinite(value) and value > 0
            _require(fact=fact, path=name, reason=f"must be above zero, not {value!r}")
        _require_amount("overhead_min", self.overhead_min)
        check_peaks(self.peaks)


@dataclass(frozen=True, slots=True)
class Weights:
    """The members' weights in points. `unassigned` is by priority, `preferences` by wish kind."""

    unassigned: Mapping[int, float]
    travel: float
    unfamiliar: float
    extra_carer: float
    lateness: float
    shortfall: float
    overtime: float
    idle: float
    split: float
    fairness: float
    stability: float
    preferences: Mapping[str, float]
    outside: float | None = None
    """Of a minute outside a soft range; None where no visit has soft ends."""

    def __post_init__(self) -> None:
        for priority in PRIORITIES:
            fact = priority in self.unassigned
            _require(fact=fact, path="unassigned", reason=f'the weight of "{priority}" is missing')
        for kind in WISH_KINDS:
            fact = kind in self.preferences
            _require(fact=fact, path="preferences", reason=f'the weight of "{kind}" is missing')
        for key, value in self.unassigned.items():
            _require_amount(f"unassigned.{key}", value)
        for kind, value in self.preferences.items():
            _require_amount(f"preferences.{kind}", value)
        for name in PLAIN_WEIGHTS:
            _require_amount(name, getattr(self, name))
        if self.outside is not None:
            _require_amount("outside", self.outside)


PLAIN_WEIGHTS: Final = (
    "travel",
    "unfamiliar",
    "extra_carer",
    "lateness",
    "shortfall",
    "overtime",
    "idle",
    "split",
    "fairness",
    "stability",
)
"""The weights that are one number each."""

LIMITS: Final = (
    "max_day_minutes",
    "daily_rest_minutes",
    "weekly_rest_minutes",
    "stretch_minutes",
    "break_minutes",
    "split_gap_minutes",
)
"""The limits of a policy, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules in force on the week's dates, and the members' weights."""

    max_day_minutes: Minutes
    daily_rest_minutes: Minutes
    weekly_rest_minutes: Minutes
    stretch_minutes: Minutes
    break_minutes: Minutes
    split_gap_minutes: Minutes
    weights: Weights
    voted: VotedLimits = NOTHING_VOTED

    def __post_init__(self) -> None:
        for name in LIMITS:
            _require_amount(name, getattr(self, name))

    def for_carer(self, carer: "Carer") -> "Policy":
        """Return the policy as it holds for a carer, whose own limits may be stricter."""
        if carer.limits is None:
            return self
        own: dict[str, Any] = {**carer.limits.stricter_than(self)}
        return replace(self, **own)


@dataclass(frozen=True, slots=True)
class Wish:
    """One preference of a carer.

    `day` belongs to `day_off`; `from_minute` and `to_minute` (minutes of the day, end excluded)
    to `avoid_window`; `client` to `avoid_client` and `prefer_client`. The others are None.
    """

    kind: str
    strength: float
    day: Day | None = None
    from_minute: Minutes | None = None
    to_minute: Minutes | None = None
    client: str | None = None

    def __post_init__(self) -> None:
        known = ", ".join(WISH_KINDS)
        fact = self.kind in WISH_KINDS
        _require(fact=fact, path="kind", reason=f"{self.kind!r} is not one of {known}")
        _require_amount("strength", self.strength)
        if self.kind == "day_off":
            fact = self.day in range(DAYS_IN_WEEK)
            _require(fact=fact, path="day", reason=f"must be 0 to 6, not {self.day!r}")
        if self.kind == "avoid_window":
            start, end = self.from_minute, self.to_minute
            fact = start is not None and end is not None and 0 <= start < end <= DAY
            _require(fact=fact, path="from", reason="needs 0 <= from < to <= 1440")
        if self.kind in {"avoid_client", "prefer_client"}:
            _require(fact=bool(self.client), path="client", reason="must name a client")


@dataclass(frozen=True, slots=True)
class Carer:
    """A paid worker. `available` pairs lie inside one day each; `last_end` is zero or negative."""

    id: str
    branch: str
    home: str
    mode: str
    gender: str
    skills: tuple[str, ...]
    guaranteed_minutes: Minutes
    max_week_minutes: Minutes
    max_days: int
    available: tuple[tuple[Minute, Minute], ...]
    last_end: Minute
    worked_last_weekend: bool
    preferences: tuple[Wish, ...] = ()
    limits: CarerLimits | None = None
    """Of this carer alone; None: the policy's hold."""
    days_in_a_row_before: int = 0
    """Days worked up to and with the Sunday before, without a free one between."""
    weekends_worked_in_last_three: int = 0

    def __post_init__(self) -> None:
        _require_name("id", self.id)
        for name in ("guaranteed_minutes", "max_week_minutes", "max_days", "days_in_a_row_before"):
            _require_amount(name, getattr(self, name))
        for index, (start, end) in enumerate(self.available):
            inside = 0 <= start < end <= WEEK and (end - 1) // DAY == start // DAY
            reason = f"[{start}, {end}] must be a period above zero inside one day of the week"
            _require(fact=inside, path=f"available[{index}]", reason=reason)
        reason = f"must be zero or negative (the week before), not {self.last_end}"
        _require(fact=self.last_end <= 0, path="last_end", reason=reason)
        fact = 0 <= self.weekends_worked_in_last_three <= WEEKENDS_BEFORE
        _require(fact=fact, path="weekends_worked_in_last_three", reason="must be 0 to 3")


@dataclass(frozen=True, slots=True)
class Client:
    """A person who receives care. `gender` is what they require of a carer, None for no matter."""

    id: str
    branch: str
    place: str
    gender: str | None
    familiar: tuple[str, ...]
    excluded: tuple[str, ...]
    target_carers: int

    def __post_init__(self) -> None:
        _require_name("id", self.id)
        fact = self.gender in GENDER_REQUIREMENTS
        _require(fact=fact, path="gender", reason=f'must be null, "f" or "m", not {self.gender!r}')
        _require_amount("target_carers", self.target_carers)


@dataclass(frozen=True, slots=True)
class After:
    """A visit may start `gap` minutes after the end of another visit at the soonest."""

    visit: str
    gap: Minutes


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to plan; `priority` is 1 critical, 2 usual, 3 deferrable, 4 optional.

    `earliest` and `latest` bound its start; both ends included.

    `alternatives` are further windows on the same day, each with a target of its own; exactly one
    of all is used. `windows` has them all in order of time.
    """

    id: str
    client: str
    target: Minute
    earliest: Minute
    latest: Minute
    minutes: Minutes
    carers: int
    skills: tuple[str, ...]
    priority: int
    after: After | None = None
    alternatives: tuple[Window, ...] = ()
    soft: tuple[Minute, Minute] | None = None
    """Of the window of the target; see `Window`."""

    windows: tuple[Window, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _require_name("id", self.id)
        _require(fact=self.minutes > 0, path="minutes", reason="must be above zero")
        fact = self.carers in TEAM_SIZES
        _require(fact=fact, path="carers", reason=f"must be 1 or 2, not {self.carers}")
        fact = self.priority in (*PRIORITIES, OPTIONAL)
        _require(fact=fact, path="priority", reason=f"must be 1, 2, 3 or 4, not {self.priority}")
        self._check_windows()
        fact = self.after is None or self.after.visit != self.id
        _require(fact=fact, path="after.visit", reason="a visit cannot come after itself")

    def _check_windows(self) -> None:
        fact = 0 <= self.target < WEEK
        reason = f"must be inside the week, 0 to {WEEK - 1}, not {self.target}"
        _require(fact=fact, path="target", reason=reason)
        first = Window(self.target, self.earliest, self.latest, self.soft)
        first.check(self.day * DAY, self.minutes)
        check_count(len(self.alternatives))
        for index, window in enumerate(self.alternatives):
            try:
                window.check(self.day * DAY, self.minutes)
            except ProblemError as error:
                raise error.inside(f"alternatives[{index}]") from error
        object.__setattr__(self, "windows", in_order((first, *self.alternatives)))

    @property
    def day(self) -> Day:
        """The calendar day of the target, which is the visit's day."""
        return self.target // DAY

    @property
    def is_optional(self) -> bool:
        """Whether nobody is owed the visit: left open it has a price, and is not uncovered."""
        return self.priority == OPTIONAL

    @property
    def has_soft_ends(self) -> bool:
        """Whether starts in some window have a price outside a soft range."""
        return any(window.soft is not None for window in self.windows)

    @property
    def first_start(self) -> Minute:
        """The soonest start of all windows."""
        return self.windows[0].earliest

    @property
    def last_start(self) -> Minute:
        """The latest start of all windows."""
        return self.windows[-1].latest

    @property
    def periods(self) -> Periods:
        """The starts of all windows."""
        return tuple((window.earliest, window.latest) for window in self.windows)

    def window_of(self, start: Minute) -> Window:
        """Return the window that a start lies in, or else the one that it is nearest to."""
        return window_of(self.windows, start)

    def within(self, windows: Sequence[Window]) -> "Visit":
        """Return the visit with these windows in place of its own; the first is that of its target.

        There must be at least one, all on the visit's day.
        """
        first, *others = windows
        return replace(
            self,
            target=first.target,
            earliest=first.earliest,
            latest=first.latest,
            alternatives=tuple(others),
            soft=first.soft,
        )


@dataclass(frozen=True, slots=True)
class Lock:
    """A visit that must keep its carers, and its start where one is given."""

    visit: str
    carers: tuple[str, ...]
    start: Minute | None = None


@dataclass(frozen=True, slots=True)
class PublishedVisit:
    """What people were told; a change costs. Visit and carers may no longer exist."""

    visit: str
    start: Minute
    carers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A clock change at wall minute `minute`; `shift` +60 is spring forward, -60 is autumn."""

    minute: Minute
    shift: Minutes

    def __post_init__(self) -> None:
        fact = 0 <= self.minute < WEEK
        _require(fact=fact, path="minute", reason=f"must be inside the week, not {self.minute}")
        fact = self.shift in CLOCK_SHIFTS
        _require(fact=fact, path="shift", reason=f"must be 60 or -60, not {self.shift}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One week to plan. The `_of` look-ups by id are made once and are not part of equality."""

    name: str
    week_start: date
    modes: Mapping[str, Mode]
    policy: Policy
    places: tuple[Place, ...]
    carers: tuple[Carer, ...]
    clients: tuple[Client, ...]
    visits: tuple[Visit, ...]
    locked: tuple[Lock, ...] = ()
    published: tuple[PublishedVisit, ...] = ()
    clock_change: ClockChange | None = None
    travel: Mapping[str, TravelTable] = field(default_factory=dict)
    """Known travel times by mode; the formula of the mode stands in where there is none."""

    place_of: Mapping[str, Place] = field(init=False, repr=False, compare=False)
    carer_of: Mapping[str, Carer] = field(init=False, repr=False, compare=False)
    client_of: Mapping[str, Client] = field(init=False, repr=False, compare=False)
    visit_of: Mapping[str, Visit] = field(init=False, repr=False, compare=False)
    carer_visits_of: Mapping[str, int] = field(init=False, repr=False, compare=False)
    """How many carer-visits each client is to receive in the week."""

    def __post_init__(self) -> None:
        fact = self.week_start.weekday() == 0
        _require(fact=fact, path="week_start", reason=f"{self.week_start} is not a Monday")
        # Frozen only for everyone else: the look-ups are derived from the fields above.
        object.__setattr__(self, "place_of", _by_id("places", self.places))
        object.__setattr__(self, "carer_of", _by_id("carers", self.carers))
        object.__setattr__(self, "client_of", _by_id("clients", self.clients))
        object.__setattr__(self, "visit_of", _by_id("visits", self.visits))
        self._check_references()
        check_tables(self.travel, modes=self.modes, places=len(self.places))
        wanted = dict.fromkeys(self.client_of, 0)
        for visit in self.visits:
            wanted[visit.client] += visit.carers
        object.__setattr__(self, "carer_visits_of", wanted)

    @property
    def has_optional(self) -> bool:
        """Whether any visit is optional."""
        return any(visit.is_optional for visit in self.visits)

    @property
    def has_soft_ends(self) -> bool:
        """Whether any visit has soft ends."""
        return any(visit.has_soft_ends for visit in self.visits)

    def open_visits(self, solution: "Solution") -> list[Visit]:
        """Return the visits owed that a solution leaves open, in the order of the problem."""
        given = {row.visit for row in solution.assignments}
        return [v for v in self.visits if v.id not in given and not v.is_optional]

    def _check_references(self) -> None:
        for index, carer in enumerate(self.carers):
            _require_known(f"carers[{index}].home", carer.home, self.place_of, "place")
            _require_known(f"carers[{index}].mode", carer.mode, self.modes, "mode")
        for index, client in enumerate(self.clients):
            _require_known(f"clients[{index}].place", client.place, self.place_of, "place")
        for index, visit in enumerate(self.visits):
            _require_known(f"visits[{index}].client", visit.client, self.client_of, "client")
            fact = visit.priority in self.policy.weights.unassigned
            path, reason = "policy.weights.unassigned", f"visit {visit.id!r} is optional; give a"
            _require(fact=fact, path=path, reason=f'{reason} weight of "{visit.priority}"')
            fact = not visit.has_soft_ends or self.policy.weights.outside is not None
            reason = f"is missing; visit {visit.id!r} has soft ends"
            _require(fact=fact, path="policy.weights.outside", reason=reason)
        locked: set[str] = set()
        for index, lock in enumerate(self.locked):
            path = f"locked[{index}]"
            _require_known(f"{path}.visit", lock.visit, self.visit_of, "visit")
            fact = lock.visit not in locked
            _require(fact=fact, path=f"{path}.visit", reason=f"{lock.visit!r} is locked twice")
            locked.add(lock.visit)
            for position, carer_id in enumerate(lock.carers):
                _require_known(f"{path}.carers[{position}]", carer_id, self.carer_of, "carer")


Row = TypeVar("Row", Place, Carer, Client, Visit)


def _by_id(part: str, rows: Iterable[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for index, row in enumerate(rows):
        if row.id in found:
            raise ProblemError(f"{part}[{index}].id", f"{row.id!r} is used twice")
        found[row.id] = row
    return found


def _require_known(path: str, key: str, known: Mapping[str, object], word: str) -> None:
    if key not in known:
        raise ProblemError(path, f"there is no {word} {key!r}")


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who makes a visit, and when it starts."""

    visit: str
    start: Minute
    carers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """An answer to the problem of that name. A visit that is not listed is unassigned."""

    problem: str
    assignments: tuple[Assignment, ...] = ()
