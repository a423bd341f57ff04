"""Stops with their places become the working days that the rules of law are asked about."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from backend.core.periods import DAY_MINUTES
from backend.organisation.selectors import LawRules
from backend.rota.law.working_day import Leg, Stop, WorkingDay
from backend.rota.solver.roads import Roads
from scheduler import Place


@dataclass(frozen=True, slots=True)
class Traveller:
    """Where a carer's ways begin and end, and how they are travelled."""

    home: Place
    mode: str
    roads: Roads


def working_days(
    stops: Iterable[tuple[Stop, Place]], who: Traveller, *, monday: date, rules: LawRules
) -> tuple[WorkingDay, ...]:
    """Return the days of one carer's stops, in order of time.

    The way by home is reckoned only for gaps that may be off duty: in shorter ones nobody asks for
    it.
    """
    by_day: Mapping[int, list[tuple[Stop, Place]]] = defaultdict(list)
    for row in stops:
        by_day[row[0].start // DAY_MINUTES].append(row)
    return tuple(
        _day(
            monday + timedelta(days=number),
            sorted(rows, key=lambda row: (row[0].start, row[0].end, row[0].visit)),
            who,
            rules,
        )
        for number, rows in sorted(by_day.items())
    )


def _day(
    on: date, rows: Sequence[tuple[Stop, Place]], who: Traveller, rules: LawRules
) -> WorkingDay:
    home, mode, roads = who.home, who.mode, who.roads
    legs = []
    for (before, here), (after, there) in pairwise(rows):
        gap, by_home = after.start - before.end, 0
        if gap >= rules.pay.off_duty_minutes:
            by_home = roads.minutes(here, home, mode, before.end)
            by_home += roads.minutes_before(home, there, mode, after.start)
        metres = math.dist((here.x, here.y), (there.x, there.y)) * roads.modes[mode].detour
        legs.append(Leg(gap, roads.minutes(here, there, mode, before.end), by_home, metres))
    (first, first_place), (last, last_place) = rows[0], rows[-1]
    most = rules.working_week.longest_home_journey_minutes
    return WorkingDay(
        on=on,
        stops=tuple(stop for stop, _ in rows),
        legs=tuple(legs),
        from_home=min(most, roads.minutes_before(home, first_place, mode, first.start)),
        to_home=min(most, roads.minutes(last_place, home, mode, last.end)),
    )
