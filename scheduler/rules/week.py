"""A carer's week as the rules see it: days, the stops of each day, and the legs between them."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from scheduler.model import Carer, Problem, Visit
from scheduler.travel import Travel
from scheduler.units import DAY, Day, Minute, Minutes


@dataclass(frozen=True, slots=True)
class Stop:
    """One carer's part in one visit. `place` is the client's."""

    visit: Visit
    start: Minute
    end: Minute
    place: str


@dataclass(frozen=True, slots=True)
class Leg:
    """What lies between two stops of a day: `gap` minutes, of which `travel` on the way."""

    before: Stop
    after: Stop
    gap: Minutes
    travel: Minutes


@dataclass(frozen=True, slots=True)
class CarerDay:
    """The stops of one day in time order, never empty. A stop belongs to the day it starts on."""

    day: Day
    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]

    @property
    def first(self) -> Stop:
        """The stop that starts first."""
        return self.stops[0]

    @property
    def last_end(self) -> Minute:
        """The end of the day's work."""
        return max(stop.end for stop in self.stops)

    def work(self, split_gap: Minutes) -> Minutes:
        """Return visit minutes and the travel that counts as work.

        Travel counts between two visits whose gap is `split_gap` minutes or less; in a longer
        gap the carer is free, and the way there is their own.
        """
        contact = sum(stop.end - stop.start for stop in self.stops)
        return contact + sum(leg.travel for leg in self.legs if leg.gap <= split_gap)


@dataclass(frozen=True, slots=True)
class CarerWeek:
    """One carer's worked days, in order."""

    carer: Carer
    days: tuple[CarerDay, ...]

    def stops(self) -> Iterator[Stop]:
        """Yield all stops in time order."""
        for day in self.days:
            yield from day.stops

    def legs(self) -> Iterator[Leg]:
        """Yield all legs in time order; there is none from one day to the next."""
        for day in self.days:
            yield from day.legs

    def work(self, split_gap: Minutes) -> Minutes:
        """Return the week's work in minutes, as `CarerDay.work` counts it."""
        return sum(day.work(split_gap) for day in self.days)

    def day(self, number: Day) -> CarerDay | None:
        """Return one worked day, None when the carer does not work on it."""
        return next((day for day in self.days if day.day == number), None)

    def with_stop(self, stop: Stop, travel: Travel) -> "CarerWeek":
        """Return the week with one stop more; all that it does not touch is kept."""
        number = stop.start // DAY
        there = self.day(number) or CarerDay(number, (), ())
        index = bisect_left(there.stops, _time_order(stop), key=_time_order)
        before, after = there.stops[:index], there.stops[index:]
        stops = (*before[-1:], stop, *after[:1])
        legs = (
            *there.legs[: max(0, index - 1)],
            *_legs(self.carer, stops, travel),
            *there.legs[index:],
        )
        return self._with_day(CarerDay(number, (*before, stop, *after), legs))

    def without(self, visit_id: str, travel: Travel) -> "CarerWeek":
        """Return the week without the stops at a visit."""
        week = self
        for day in self.days:
            kept = tuple(stop for stop in day.stops if stop.visit.id != visit_id)
            if len(kept) < len(day.stops):
                week = week._with_day(_carer_day(self.carer, day.day, kept, travel))
        return week

    def _with_day(self, changed: CarerDay) -> "CarerWeek":
        """Return the week with one day changed; a day without stops is not a worked one."""
        days = [day for day in self.days if day.day != changed.day]
        if changed.stops:
            insort(days, changed, key=lambda day: day.day)
        return CarerWeek(self.carer, tuple(days))


def stop_at(visit: Visit, start: Minute, problem: Problem) -> Stop:
    """Return the stop that a visit is when it starts at `start`."""
    return Stop(visit, start, start + visit.minutes, problem.client_of[visit.client].place)


def carer_week(carer: Carer, stops: Iterable[Stop], travel: Travel) -> CarerWeek:
    """Return the week of a carer who makes these stops, which may be in any order."""
    by_day = groupby(sorted(stops, key=_time_order), key=lambda stop: stop.start // DAY)
    days = tuple(_carer_day(carer, day, tuple(group), travel) for day, group in by_day)
    return CarerWeek(carer, days)


def _carer_day(carer: Carer, day: Day, stops: tuple[Stop, ...], travel: Travel) -> CarerDay:
    return CarerDay(day, stops, tuple(_legs(carer, stops, travel)))


def _legs(carer: Carer, stops: Sequence[Stop], travel: Travel) -> Iterator[Leg]:
    for before, after in pairwise(stops):
        minutes = travel.minutes(before.place, after.place, carer.mode, before.end)
        yield Leg(before, after, gap=after.start - before.end, travel=minutes)


def _time_order(stop: Stop) -> tuple[Minute, Minute, str]:
    return stop.start, stop.end, stop.visit.id
