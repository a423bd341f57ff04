"""Stops with their places become the working days that the rules of law are asked about."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from backend.core.periods import DAY_MINUTES
from backend.rota.law.working_day import Leg, Stop, WorkingDay
from scheduler import Mode, Place
from scheduler.travel import travel_minutes


@dataclass(frozen=True, slots=True)
class Traveller:
    """Where a carer's ways begin and end, and how fast they are."""

    home: Place
    mode: Mode


def working_days(
    stops: Iterable[tuple[Stop, Place]], who: Traveller, *, monday: date, off_duty_minutes: int
) -> tuple[WorkingDay, ...]:
    """Return the days of one carer's stops, in order of time.

    The way by home is reckoned only for gaps of `off_duty_minutes` or more: in shorter ones
    nobody asks for it.
    """
    by_day: Mapping[int, list[tuple[Stop, Place]]] = defaultdict(list)
    for row in stops:
        by_day[row[0].start // DAY_MINUTES].append(row)
    return tuple(
        _day(
            monday + timedelta(days=number),
            sorted(rows, key=lambda row: (row[0].start, row[0].end, row[0].visit)),
            who,
            off_duty_minutes,
        )
        for number, rows in sorted(by_day.items())
    )


def _day(
    on: date, rows: Sequence[tuple[Stop, Place]], who: Traveller, off_duty_minutes: int
) -> WorkingDay:
    legs = []
    for (before, here), (after, there) in pairwise(rows):
        gap, by_home = after.start - before.end, 0
        if gap >= off_duty_minutes:
            by_home = travel_minutes(here, who.home, who.mode) + travel_minutes(
                who.home, there, who.mode
            )
        metres = math.dist((here.x, here.y), (there.x, there.y)) * who.mode.detour
        legs.append(Leg(gap, travel_minutes(here, there, who.mode), by_home, metres))
    return WorkingDay(
        on=on,
        stops=tuple(stop for stop, _ in rows),
        legs=tuple(legs),
        from_home=travel_minutes(who.home, rows[0][1], who.mode),
        to_home=travel_minutes(rows[-1][1], who.home, who.mode),
    )
