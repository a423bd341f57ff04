"""A carer's day on two clocks: working time (WTR-09), and time that minimum wage must cover.

Times are wall-clock minutes since Monday 00:00 of the planned week; days before it are negative.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from backend.organisation.rules import PayRules
from backend.organisation.selectors import LawRules


@dataclass(frozen=True, slots=True)
class Stop:
    """One carer's part in one visit."""

    visit: int
    client: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Leg:
    """What lies between two stops of a day.

    Attributes
    ----------
    gap
        Minutes from the end of the one to the start of the next; below zero if they overlap.
    travel
        Minutes of the direct way.
    by_home
        Minutes of the way home and from there to the next stop.
    metres
        Of the direct way by road.
    """

    gap: int
    travel: int
    by_home: int
    metres: float

    @property
    def free(self) -> int:
        """Minutes that the direct way leaves; never below zero."""
        return max(0, self.gap - self.travel)


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """The stops of one day in time order, never empty; one leg fewer than stops."""

    on: date
    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]
    from_home: int
    to_home: int

    @property
    def start(self) -> int:
        """When the first visit starts."""
        return self.stops[0].start

    @property
    def end(self) -> int:
        """When the last visit ends."""
        return max(stop.end for stop in self.stops)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Minutes of one day, or of several.

    `working` is the time of the working-time rules. `contact`, `travel` and `waiting` are what
    the minimum wage must cover; `unpaid` is what it need not. `metres` are on business.
    """

    working: int = 0
    contact: int = 0
    travel: int = 0
    waiting: int = 0
    unpaid: int = 0
    metres: float = 0.0

    @property
    def paid(self) -> int:
        """Minutes that the minimum wage must cover."""
        return self.contact + self.travel + self.waiting


def clocks_of(days: Iterable[WorkingDay], rules: LawRules) -> Clocks:
    """Return the clocks of some days together."""
    rows = [_clocks(day, rules) for day in days]
    return Clocks(
        working=sum(row.working for row in rows),
        contact=sum(row.contact for row in rows),
        travel=sum(row.travel for row in rows),
        waiting=sum(row.waiting for row in rows),
        unpaid=sum(row.unpaid for row in rows),
        metres=sum(row.metres for row in rows),
    )


def _clocks(day: WorkingDay, rules: LawRules) -> Clocks:
    home_counts = rules.working_week.count_home_journeys
    contact = sum(stop.end - stop.start for stop in day.stops)
    working = contact + (day.from_home + day.to_home) * home_counts
    travel = waiting = unpaid = 0
    metres = 0.0
    for leg in day.legs:
        # The way to the next visit is working time, also when the carer chooses to go by home.
        working += leg.travel
        if is_off_duty(leg, rules.pay):
            unpaid += leg.gap
            continue
        travel += leg.travel
        metres += leg.metres
        # A gap that is a real break is not work; the rota takes it for one (WTR-05).
        if leg.free < rules.rota.break_minutes:
            working += leg.free
        if is_unpaid_break(leg, rules.pay):
            unpaid += leg.free
        else:
            waiting += leg.free
    return Clocks(working, contact, travel, waiting, unpaid, metres)


def is_off_duty(leg: Leg, rules: PayRules) -> bool:
    """Say whether a carer can go home and back in a long gap, which is then theirs (PAY-07)."""
    return leg.gap >= rules.off_duty_minutes and leg.by_home <= leg.gap


def is_unpaid_break(leg: Leg, rules: PayRules) -> bool:
    """Say whether a gap is an unpaid break (PAY-06): long enough beside two journeys."""
    least = rules.unpaid_break_minutes
    return least is not None and leg.gap - 2 * leg.travel >= least


def work_spells(day: WorkingDay, rules: LawRules) -> list[tuple[int, int]]:
    """Return when a day's working time lies, as periods in time order that do not overlap.

    Travel is put right before the visit it leads to, the way home right after the last.
    """
    home = rules.working_week.count_home_journeys
    spells = [(day.start - day.from_home * home, day.stops[0].end)]
    for leg, stop in zip(day.legs, day.stops[1:], strict=True):
        lead = leg.travel + (leg.free if leg.free < rules.rota.break_minutes else 0)
        spells.append((stop.start - lead, stop.end))
    spells[-1] = (spells[-1][0], spells[-1][1] + day.to_home * home)
    return _joined(spells)


def _joined(spells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined = spells[:1]
    for start, end in spells[1:]:
        if start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def longest_break(day: WorkingDay) -> int:
    """Return the longest time between two visits of a day that the way leaves free."""
    return max((leg.free for leg in day.legs), default=0)
