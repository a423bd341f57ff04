"""What the rules of law are told of one carer and one week, and what they answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

from backend.core.periods import DAY_MINUTES, Week, at_wall_minute
from backend.organisation.selectors import LawRules
from backend.rota.law.working_day import Clocks, WorkingDay, clocks_of


@dataclass(frozen=True, slots=True)
class WorkBefore:
    """The weeks of the average before this one.

    Attributes
    ----------
    minutes
        Working time that counts.
    days
        Days that the average is taken over, this week's included.
    opted_out
        Whether an opt-out holds on every day of this week, and the carer may have one.
    """

    minutes: int = 0
    days: int = 7
    opted_out: bool = False

    def average_with(self, minutes: int) -> float:
        """Return the average minutes a week when `minutes` are worked in this one."""
        return (self.minutes + minutes) * 7 / self.days

    def left_of(self, weekly_minutes: int) -> int:
        """Return what may be worked this week at an average of `weekly_minutes`; may be < 0."""
        return weekly_minutes * self.days // 7 - self.minutes


@dataclass(frozen=True, slots=True)
class Pay:
    """Basic pay in pence an hour, the refund in pence a mile, and the way of travel."""

    contact_pence: int
    travel_pence: int
    waiting_pence: int
    mileage_pence: int
    travel_mode: str


@dataclass(frozen=True, slots=True)
class RunsOut:
    """A check or a training with its first day out of date, and the visits after that day."""

    kind: str
    before: date
    visits: int = 0


@dataclass(frozen=True)
class WorkRecord:
    """One carer's week and what bears on it. `last_week` are the seven days before."""

    carer: int
    week: Week
    zone: ZoneInfo
    rules: LawRules
    days: tuple[WorkingDay, ...] = ()
    last_week: tuple[WorkingDay, ...] = ()
    before: WorkBefore = WorkBefore()
    born_on: date | None = None
    is_night_worker: bool = False
    has_night_hazard: bool = False
    night_assessed_on: date | None = None
    visa_minutes: int | None = None
    pay: Pay | None = None
    running_out: tuple[RunsOut, ...] = ()
    met: frozenset[int] = field(default_factory=frozenset)
    """Clients whom the carer visited before this week."""

    @cached_property
    def clocks(self) -> Clocks:
        """The clocks of the whole week."""
        return clocks_of(self.days, self.rules)

    def day_number(self, day: WorkingDay) -> int:
        """Return the day of the week, 0 is Monday."""
        return (day.on - self.week.starts_on).days

    def is_young_on(self, on: date) -> bool:
        """Say whether the carer is below the adult age on a day; not known means adult."""
        return self.born_on is not None and age_on(self.born_on, on) < self.rules.young.adult_age

    @property
    def is_young(self) -> bool:
        """Whether the carer is young on a day of the week."""
        return self.is_young_on(self.week.starts_on)

    def rested(self, end: int, start: int) -> int:
        """Return the rest between two minutes, by the wall or in real time, whichever is less."""
        real = (self._moment(start) - self._moment(end)) // timedelta(minutes=1)
        return min(start - end, real)

    def _moment(self, minute: int) -> datetime:
        return at_wall_minute(
            self.week.starts_on + timedelta(days=minute // DAY_MINUTES),
            minute % DAY_MINUTES,
            self.zone,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a week breaks or comes near to.

    Attributes
    ----------
    code
        The rule's code in the domain rules, such as "WTR-01".
    kind
        What of the rule it is, in a word that never changes; screens find their words by it.
    day
        0 is Monday; None: the whole week.
    excess
        How far: minutes, pence or a number of things; never below zero.
    message
        What is wrong, in plain words and without names.
    figures
        The figures of the message, by name.
    """

    code: str
    kind: str
    carer: int
    message: str
    visit: int | None = None
    day: int | None = None
    excess: int = 0
    figures: Mapping[str, int | str] = field(default_factory=dict)


class LawRule(Protocol):
    """A rule of law over one carer's week: what it refuses, and what it warns of."""

    CODE: str

    def breaches(self, record: WorkRecord) -> Iterator[Finding]:
        """Yield what may not be published."""

    def warnings(self, record: WorkRecord) -> Iterator[Finding]:
        """Yield what may be, and is said before."""


def age_on(born_on: date, on: date) -> int:
    """Return whole years of age; who was born on 29 February is a year older on 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def hours_text(minutes: float) -> str:
    """Return minutes as hours and minutes, such as `48:00`; parts of a minute count as one."""
    whole = -int(-minutes // 1)
    return f"{whole // 60}:{whole % 60:02d}"


def night_minutes(start: int, end: int, night_from: int, night_to: int) -> int:
    """Return the minutes of a period that lie in the night from one to the other minute of day."""
    found = 0
    for day in range((start // DAY_MINUTES) - 1, end // DAY_MINUTES + 1):
        begins, ends = day * DAY_MINUTES + night_from, (day + 1) * DAY_MINUTES + night_to
        found += max(0, min(end, ends) - max(start, begins))
    return found
