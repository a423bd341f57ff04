"""What of the law can be said as limits of one carer is said so to the search.

The search knows, of each carer, minutes a week and windows of availability. A rule that it does
not know is made safe by cutting those: what is then planned cannot break it, but for the ways from
home in the average, of which only a likely part is kept back. Cut are only the weeks of carers whom
the rule concerns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median_high
from typing import TypeAlias

from backend.core.periods import DAY_MINUTES, WEEK_DAYS
from backend.organisation.selectors import LawRules
from backend.people.models import Carer
from backend.rota.law.night_work import months_later
from backend.rota.law.weekly_rest import FORTNIGHT_STARTS
from backend.rota.solver.law_facts import LawFacts
from backend.rota.solver.weekly_limit import traveller
from scheduler import Carer as ProblemCarer
from scheduler import Place

Windows: TypeAlias = tuple[tuple[int, int], ...]


def within_law(
    facts: LawFacts, row: Carer, carer: ProblemCarer, clients: Sequence[Place]
) -> ProblemCarer:
    """Return a carer of the problem with the week that the law leaves them."""
    windows = carer.available
    nights = facts.rules.nights
    if nights.assessment == "hard":
        windows = _without_unassessed_nights(facts, row, windows)
    if row.has_night_hazard:
        way = max(_ways(facts, row, clients))
        windows = same_hours(windows, nights.hazard_hours * 60 - 2 * _counted(facts, way))
    if facts.is_young(row):
        windows = _young_windows(facts, row, windows, clients)
    elif facts.rules.working_week.weekly_rest_mode != "7d_24h":
        windows = _with_fortnights_rest(facts, row, windows)
    return replace(carer, available=windows, max_week_minutes=_most(facts, row, carer, clients))


def rest_in_week(rules: LawRules) -> int:
    """Return the rest that the search keeps in every week; a fortnight's rest is cut instead."""
    is_weekly = rules.working_week.weekly_rest_mode == "7d_24h"
    return rules.rota.weekly_rest_minutes if is_weekly else 0


def _most(facts: LawFacts, row: Carer, carer: ProblemCarer, clients: Sequence[Place]) -> int:
    """Return the minutes of visits and travel that may be planned in the week.

    Ways from and to home are working time that the search does not count, so they are kept back as
    if every day began and ended with the carer's middling way. To keep back the longest would
    leave those on foot without work; where a plan has longer ways than these and passes the limit,
    `lawful_part` takes visits out of it.
    """
    most = min(carer.max_week_minutes, facts.visa.get(row.pk, carer.max_week_minutes))
    limit = facts.limits[row.pk].minutes
    if facts.is_young(row):
        limit = min(limit, facts.rules.young.max_week_minutes)
    if most > 0:
        way = median_high(_ways(facts, row, clients))
        limit = max(0, limit - carer.max_days * 2 * _counted(facts, way))
    return min(most, limit)


def _ways(facts: LawFacts, row: Carer, clients: Sequence[Place]) -> list[int]:
    """Return the minutes from home to each client, at the slowest time of the week."""
    who = traveller(row, facts.roads)
    return [facts.roads.longest(who.home, place, who.mode) for place in clients] or [0]


def _counted(facts: LawFacts, way: int) -> int:
    """Return what a way from or to home counts as working time (WTR-09)."""
    rules = facts.rules.working_week
    return min(way, rules.longest_home_journey_minutes) if rules.count_home_journeys else 0


def _without_unassessed_nights(facts: LawFacts, row: Carer, windows: Windows) -> Windows:
    rules, done = facts.rules.nights, row.night_assessed_on
    found: Windows = ()
    for number, day in enumerate(facts.week.days()):
        there = tuple(window for window in windows if window[0] // DAY_MINUTES == number)
        if done is None or day >= months_later(done, rules.assessment_months):
            there = between(there, rules.ends_minute, rules.starts_minute)
        found += there
    return found


def _young_windows(
    facts: LawFacts, row: Carer, windows: Windows, clients: Sequence[Place]
) -> Windows:
    """Return hours in which no young worker's limit can be passed.

    The same hours each day, shorter than a day's limit by the ways from and to home, in two parts
    with room for the break and the longest way between them; by day; after the rest since last
    week; and without the two days together on which there is least to lose.
    """
    rules = facts.rules.young
    way = max(_ways(facts, row, clients))
    span = min(
        rules.max_day_minutes - 2 * _counted(facts, way), DAY_MINUTES - rules.daily_rest_minutes
    )
    windows = between(windows, rules.night_ends_minute, rules.night_starts_minute)
    last = facts.last_week.get(row.pk, ())
    if last:
        windows = _from(windows, last[-1].end + rules.daily_rest_minutes)
    windows = same_hours(windows, span)
    if span > rules.stretch_minutes:
        # No way between two clients is longer than both of theirs from home.
        pause = rules.break_minutes + 2 * way
        windows = _with_pause(windows, rules.stretch_minutes, pause)
    return without_days(windows, -(-rules.weekly_rest_minutes // DAY_MINUTES))


def _with_fortnights_rest(facts: LawFacts, row: Carer, windows: Windows) -> Windows:
    rests, before = [], FORTNIGHT_STARTS
    for day in facts.last_week.get(row.pk, ()):
        rests.append(day.start - before)
        before = day.end
    rests.append(-before)
    if facts.rules.working_week.weekly_rest_mode == "14d_48h":
        held = 2 * (max(rests) >= 2 * DAY_MINUTES)
    else:
        held = sum(rest // DAY_MINUTES for rest in rests)
    return without_days(windows, max(0, 2 - held))


def between(windows: Windows, from_minute: int, to_minute: int) -> Windows:
    """Return the parts of windows between two minutes of the day."""
    cut = (
        (
            max(start, start // DAY_MINUTES * DAY_MINUTES + from_minute),
            min(end, start // DAY_MINUTES * DAY_MINUTES + to_minute),
        )
        for start, end in windows
    )
    return tuple(window for window in cut if window[0] < window[1])


def same_hours(windows: Windows, span: int) -> Windows:
    """Return windows cut to the same `span` minutes of each day, those that keep most of them."""
    if span <= 0:
        return ()
    starts = sorted({start % DAY_MINUTES for start, _ in windows})
    cuts = [between(windows, start, start + span) for start in starts]
    return max(cuts, key=_length, default=())


def without_days(windows: Windows, count: int) -> Windows:
    """Return windows without so many days together, those with the least availability."""
    choices = [
        tuple(window for window in windows if not first <= window[0] // DAY_MINUTES < first + count)
        for first in range(WEEK_DAYS - count + 1)
    ]
    return max(choices, key=_length, default=())


def _with_pause(windows: Windows, stretch: int, pause: int) -> Windows:
    first = min((start % DAY_MINUTES for start, _ in windows), default=0)
    early = between(windows, first, first + stretch)
    late = between(windows, min(first + stretch + pause, DAY_MINUTES), DAY_MINUTES)
    return tuple(sorted((*early, *late)))


def _from(windows: Windows, minute: int) -> Windows:
    cut = ((max(start, minute), end) for start, end in windows)
    return tuple(window for window in cut if window[0] < window[1])


def _length(windows: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in windows)
