"""Which starts are worth trying: those at which some rule begins or ceases to hold.

Between two such starts nothing changes for any rule, so trying them all answers for every minute
of the window.
"""

from collections.abc import Iterable, Iterator

from scheduler.model import Carer, ClockChange, Policy, Visit
from scheduler.rules import CarerWeek, Stop
from scheduler.rules.rest import long_rest_counts_from
from scheduler.travel import Travel
from scheduler.units import DAY, WEEK, Minute, Minutes
from scheduler.windows import Periods


def available_starts(
    carer: Carer, minutes: Minutes, starts: Periods
) -> list[tuple[Minute, Minute]]:
    """Return the periods, both ends included, in which a visit so long can start (H4).

    Parameters
    ----------
    starts
        When it may start, whoever the carer is.
    """
    periods = (
        (max(first, since), min(last, until - minutes))
        for first, last in starts
        for since, until in carer.available
    )
    return [(first, last) for first, last in periods if first <= last]


def starts_to_try(
    visit: Visit,
    place: str,
    week: CarerWeek,
    periods: Iterable[tuple[Minute, Minute]],
    preferred: Minute,
    *,
    policy: Policy,
    travel: Travel,
    change: ClockChange | None,
) -> list[Minute]:
    """Return the starts inside `periods` to try, those near `preferred` first."""
    day, own = visit.day, policy.for_carer(week.carer)
    borders = {preferred}
    borders.update(_around_stops(visit, place, week, own, travel))
    borders.update(_around_nights(visit, week, own, change))
    found: set[Minute] = set()
    for first, last in periods:
        found.update((first, last))
        found.update(start for start in borders if first <= start <= last)
    return sorted(
        (start for start in found if start // DAY == day),
        key=lambda start: (abs(start - preferred), start),
    )


def _around_stops(
    visit: Visit, place: str, week: CarerWeek, policy: Policy, travel: Travel
) -> Iterator[Minute]:
    """Yield the borders of H5, H7 and H9 that the day's other visits make."""
    there = week.day(visit.day)
    if there is None:
        return
    for stop in there.stops:
        mode = week.carer.mode
        on_the_way_here = travel.minutes(stop.place, place, mode, stop.end)
        for free in (0, policy.break_minutes):
            yield stop.end + on_the_way_here + free
            yield travel.leave_by(place, stop.place, mode, stop.start - free) - visit.minutes
        yield from _in_peaks(visit, place, stop, mode, travel)
        # Just past this gap the way there no longer counts as work.
        split = policy.split_gap_minutes + 1
        yield stop.end + split
        yield stop.start - split - visit.minutes
        yield stop.start + policy.stretch_minutes - visit.minutes
        yield stop.end - policy.stretch_minutes


def _in_peaks(visit: Visit, place: str, stop: Stop, mode: str, travel: Travel) -> Iterator[Minute]:
    """Yield the starts after which the way to a stop takes another time than a minute earlier.

    Hours of work then change from minute to minute (H7), so that any of them may be a border.
    """
    if not travel.has_peaks(mode):
        return
    before = travel.minutes(place, stop.place, mode, visit.first_start + visit.minutes)
    for start in range(visit.first_start + 1, visit.last_start + 1):
        now = travel.minutes(place, stop.place, mode, start + visit.minutes)
        if now != before:
            yield from (start - 1, start)
        before = now


def _around_nights(
    visit: Visit, week: CarerWeek, policy: Policy, change: ClockChange | None
) -> Iterator[Minute]:
    """Yield the borders of H6 and V3 that the days before and after make."""
    ends = [max(week.carer.last_end, long_rest_counts_from(week.carer)), week.carer.last_end]
    ends += [day.last_end for day in week.days if day.day < visit.day][-1:]
    starts = [day.first.start for day in week.days if day.day > visit.day][:1]
    starts.append(WEEK)
    shifts = (0,) if change is None else (0, change.shift)
    for rest in (policy.daily_rest_minutes, policy.weekly_rest_minutes):
        for shift in shifts:
            yield from (end + rest + shift for end in ends)
            yield from (start - rest - shift - visit.minutes for start in starts)
    voted = policy.voted
    if voted.latest_finish_before_early is not None:
        midnight = visit.day * DAY
        yield midnight + voted.early_start
        yield midnight + voted.latest_finish_before_early - visit.minutes
    if change is not None:
        # The rest before ends by the change, and the rest after begins past it.
        yield change.minute
        yield change.minute - visit.minutes + 1
