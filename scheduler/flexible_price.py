"""What a flexible plan costs and what is wrong with it, worked out from its stated times alone.

It knows nothing of the search: tests and the end of every run hold the kernel against it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from scheduler.flexible import FlexiblePlan, FlexibleProblem, Part, Price, Route, Stop, Time, Visit

Given = Mapping[int, Mapping[int, tuple[Route, Stop]]]


def price_of(problem: FlexibleProblem, plan: FlexiblePlan) -> Price:
    """Return the whole price; a plan with faults has one too."""
    prices = problem.prices
    lateness = [0]
    idle = _idle_of_the_unused(problem, plan)
    total = _left_out(problem, plan) + _missed_breaks(problem, plan)
    for route in plan.routes:
        carer = problem.carers[route.carer]
        shift = carer.shifts[route.day]
        legs, waits = legs_of(problem, route), list(_waits(problem, route))
        last = route.stops[-1]
        home = last.start + minutes_of(problem, route, last) + legs[-1]
        # Waiting after a break that opens the day is the carer's own time.
        free = 1 if route.stops[0].visit is None else 0
        total += prices.travel * sum(legs) + prices.waiting * sum(waits[free:])
        total += prices.overtime * max(0, home - shift.ends)
        leaves = route.stops[0].start - legs[0]
        idle.append(leaves - shift.begins + sum(waits) + max(0, shift.ends - home))
        for stop in route.stops:
            if stop.visit is not None:
                part = problem.visits[stop.visit].parts[stop.part]
                total += dict(part.carers).get(route.carer, 0)
                lateness.append(_late(part, stop.start))
    total += prices.late * sum(lateness) + prices.latest * max(lateness)
    return total + prices.idle * max(idle, default=0)


def faults_of(problem: FlexibleProblem, plan: FlexiblePlan) -> list[str]:
    """Return what breaks a hard rule, in words; empty for a sound plan."""
    faults = [fault for route in plan.routes for fault in _route_faults(problem, route)]
    given = given_parts(plan)
    for row, visit in enumerate(problem.visits):
        stops = given.get(row, {})
        if not stops and visit.left_out is None:
            faults.append(f"{visit.id} is not given")
        elif stops and len(stops) < len(visit.parts):
            faults.append(f"{visit.id} is given in part only")
        elif stops:
            faults += _visit_faults(visit, stops)
    seen = [(stop.visit, stop.part) for _, stop in plan.stops() if stop.visit is not None]
    if len(seen) != len(set(seen)):
        faults.append("a part is given twice")
    rows = [(route.carer, route.day) for route in plan.routes]
    if len(rows) != len(set(rows)):
        faults.append("a carer has two routes on a day")
    return faults


def legs_of(problem: FlexibleProblem, route: Route) -> list[Time]:
    """Return the travel times of a route, from its start point to its end point."""
    carer = problem.carers[route.carer]
    places = [carer.leaves_from, *(stop.place for stop in route.stops), carer.returns_to]
    return [problem.travel[a][b] for a, b in pairwise(places)]


def minutes_of(problem: FlexibleProblem, route: Route, stop: Stop) -> Time:
    """Return how long a stop lasts."""
    if stop.visit is not None:
        return problem.visits[stop.visit].parts[stop.part].minutes
    rest = problem.carers[route.carer].shifts[route.day].rest
    return rest.minutes if rest else 0


def given_parts(plan: FlexiblePlan) -> Given:
    """Return route and stop of every part that is given, by visit and part."""
    given: dict[int, dict[int, tuple[Route, Stop]]] = defaultdict(dict)
    for route, stop in plan.stops():
        if stop.visit is not None:
            given[stop.visit][stop.part] = (route, stop)
    return given


def _waits(problem: FlexibleProblem, route: Route) -> Iterator[Time]:
    legs = legs_of(problem, route)
    for number in range(1, len(route.stops)):
        before, stop = route.stops[number - 1], route.stops[number]
        yield stop.start - before.start - minutes_of(problem, route, before) - legs[number]


def _late(part: Part, start: Time) -> Time:
    opened = [window for window in part.windows if window.opens <= start] or part.windows[:1]
    return max(0, start - opened[-1].closes)


def _left_out(problem: FlexibleProblem, plan: FlexiblePlan) -> Price:
    given = given_parts(plan)
    return sum(visit.left_out or 0 for row, visit in enumerate(problem.visits) if row not in given)


def _missed_breaks(problem: FlexibleProblem, plan: FlexiblePlan) -> Price:
    taken = {(route.carer, route.day) for route, stop in plan.stops() if stop.visit is None}
    return sum(
        shift.rest.missed
        for row, carer in enumerate(problem.carers)
        for day, shift in enumerate(carer.shifts)
        if shift.rest is not None and (row, day) not in taken
    )


def _idle_of_the_unused(problem: FlexibleProblem, plan: FlexiblePlan) -> list[Time]:
    used = {(route.carer, route.day) for route in plan.routes}
    return [
        shift.ends - shift.begins
        for row, carer in enumerate(problem.carers)
        for day, shift in enumerate(carer.shifts)
        if (row, day) not in used
    ]


def _route_faults(problem: FlexibleProblem, route: Route) -> Iterator[str]:
    carer = problem.carers[route.carer]
    shift = carer.shifts[route.day]
    legs = legs_of(problem, route)
    if route.stops[0].start - legs[0] < shift.begins:
        yield f"{carer.id} leaves before the shift"
    if any(wait < 0 for wait in _waits(problem, route)):
        yield f"{carer.id} cannot be there in time"
    work = sum(legs) + sum(minutes_of(problem, route, stop) for stop in route.stops)
    if shift.longest is not None and work > shift.longest:
        yield f"{carer.id} works {work} on day {route.day}, may {shift.longest}"
    breaks = [stop for stop in route.stops if stop.visit is None]
    if len(breaks) > (shift.rest is not None):
        yield f"{carer.id} has too many breaks"
    for stop in breaks:
        if shift.rest and not shift.rest.earliest <= stop.start <= shift.rest.latest:
            yield f"{carer.id} has a break at {stop.start}"
    for stop in route.stops:
        if stop.visit is None:
            continue
        visit = problem.visits[stop.visit]
        part = visit.parts[stop.part]
        if route.carer not in dict(part.carers):
            yield f"{carer.id} may not do part {stop.part} of {visit.id}"
        if stop.start < part.windows[0].opens:
            yield f"{visit.id} starts before it may"
        if stop.place != part.place:
            yield f"{visit.id} is given at the wrong place"


def _visit_faults(visit: Visit, stops: Mapping[int, tuple[Route, Stop]]) -> Iterator[str]:
    if visit.gap is not None:
        apart = stops[1][1].start - stops[0][1].start
        if not visit.gap[0] <= apart <= visit.gap[1]:
            yield f"{visit.id}: its parts start {apart} apart, not {visit.gap[0]} to {visit.gap[1]}"
    days = tuple(stops[part][0].day for part in range(len(visit.parts)))
    if days not in visit.choices:
        yield f"{visit.id} falls on days {days}, which is none of its patterns"
    carers = {route.carer for route, _ in stops.values()}
    if visit.most_carers is not None and len(carers) > visit.most_carers:
        yield f"{visit.id} sees {len(carers)} carers"
