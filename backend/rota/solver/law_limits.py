"""What of the law can be said as limits of one carer is said so to the search.

The search knows, of each carer, minutes a week, limits of their days, rests and breaks, and windows
of availability. Ways from and to home are working time that it does not count, so a middling way is
kept back; where a plan has longer ones and passes a limit of the law, `lawful_part` takes visits
out of it. Limits are set for carers whom the rule concerns, and for nobody else.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from statistics import median_high
from typing import TypeAlias

from backend.core.periods import DAY_MINUTES
from backend.organisation.selectors import LawRules
from backend.people.models import Carer
from backend.rota.law.night_work import months_later
from backend.rota.law.record import night_minutes
from backend.rota.law.weekly_rest import FORTNIGHT_STARTS
from backend.rota.solver.law_facts import LawFacts
from backend.rota.solver.weekly_limit import traveller
from scheduler import Carer as ProblemCarer
from scheduler import CarerLimits, Place

Windows: TypeAlias = tuple[tuple[int, int], ...]
HomeWay: TypeAlias = Callable[[], int]
MINUTES_PER_HOUR = 60


def within_law(
    facts: LawFacts, row: Carer, carer: ProblemCarer, clients: Sequence[Place]
) -> ProblemCarer:
    """Return a carer of the problem with the week that the law leaves them."""
    windows, young = carer.available, facts.rules.young
    if facts.rules.nights.assessment == "hard":
        windows = _without_unassessed_nights(facts, row, windows)
    if facts.is_young(row):
        windows = between(windows, young.night_ends_minute, young.night_starts_minute)
    # It asks for the way to every client, and most carers' limits leave room for any way.
    way = cache(partial(_home_way, facts, row, clients))
    return replace(
        carer,
        available=windows,
        max_week_minutes=_most(facts, row, carer, way),
        limits=_limits(facts, row, windows, way),
    )


def rest_in_week(rules: LawRules) -> int:
    """Return the rest that the search keeps in every week; a fortnight's rest is cut instead."""
    is_weekly = rules.working_week.weekly_rest_mode == "7d_24h"
    return rules.rota.weekly_rest_minutes if is_weekly else 0


def _most(facts: LawFacts, row: Carer, carer: ProblemCarer, way: HomeWay) -> int:
    """Return the minutes of visits and travel that may be planned in the week.

    The ways from and to home are kept back as if every day began and ended with one.
    """
    most = min(carer.max_week_minutes, facts.visa.get(row.pk, carer.max_week_minutes))
    limit = facts.limits[row.pk].minutes
    if facts.is_young(row):
        limit = min(limit, facts.rules.young.max_week_minutes)
    ways, longest = carer.max_days * 2, facts.rules.working_week.longest_home_journey_minutes
    if most <= max(0, limit - ways * longest):
        return most
    return min(most, max(0, limit - ways * way()))


def _home_way(facts: LawFacts, row: Carer, clients: Sequence[Place]) -> int:
    """Return what the carer's middling way from home counts as working time (WTR-09).

    Each way is taken at the slowest time of the week. To keep back the longest of them would leave
    those on foot without work.
    """
    rules, who = facts.rules.working_week, traveller(row, facts.roads)
    if not (rules.count_home_journeys and clients):
        return 0
    way = median_high(facts.roads.longest(who.home, place, who.mode) for place in clients)
    return min(way, rules.longest_home_journey_minutes)


def _limits(facts: LawFacts, row: Carer, windows: Windows, way: HomeWay) -> CarerLimits | None:
    """Return limits of the carer's own; None where the policy's are enough."""
    young = facts.rules.young if facts.is_young(row) else None
    most = [young.max_day_minutes] if young else []
    nightly = [young.daily_rest_minutes] if young else []
    if row.has_night_hazard and _reaches_the_night(facts, windows):
        # With all other hours of the day as rest between two days, no 24 hours hold more work.
        hours = facts.rules.nights.hazard_hours * MINUTES_PER_HOUR
        most.append(hours)
        nightly.append(DAY_MINUTES - hours + 2 * way())
    limits = CarerLimits(
        max_day_minutes=max(0, min(most) - 2 * way()) if most else None,
        daily_rest_minutes=max(nightly, default=None),
        weekly_rest_minutes=(
            young.weekly_rest_minutes if young else _rest_due_of_fortnight(facts, row)
        ),
        stretch_minutes=young.stretch_minutes if young else None,
        break_minutes=young.break_minutes if young else None,
    )
    return limits if limits.given() else None


def _reaches_the_night(facts: LawFacts, windows: Windows) -> bool:
    nights = facts.rules.nights
    return any(
        night_minutes(start, end, nights.starts_minute, nights.ends_minute) > 0
        for start, end in windows
    )


def _rest_due_of_fortnight(facts: LawFacts, row: Carer) -> int | None:
    """Return the rest that this week must hold, less what last week held; None: no more of it.

    A rest of two days holds two of one.
    """
    mode = facts.rules.working_week.weekly_rest_mode
    if mode == "7d_24h":
        return None
    rests, before = [], FORTNIGHT_STARTS
    for day in facts.last_week.get(row.pk, ()):
        rests.append(day.start - before)
        before = day.end
    rests.append(-before)
    if mode == "14d_48h":
        held = 2 * (max(rests) >= 2 * DAY_MINUTES)
    else:
        held = sum(rest // DAY_MINUTES for rest in rests)
    return (2 - held) * DAY_MINUTES if held < 2 else None


def _without_unassessed_nights(facts: LawFacts, row: Carer, windows: Windows) -> Windows:
    rules, done = facts.rules.nights, row.night_assessed_on
    found: Windows = ()
    for number, day in enumerate(facts.week.days()):
        there = tuple(window for window in windows if window[0] // DAY_MINUTES == number)
        if done is None or day >= months_later(done, rules.assessment_months):
            there = between(there, rules.ends_minute, rules.starts_minute)
        found += there
    return found


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
