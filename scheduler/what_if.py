"""What if: the same week under other rules or with more carers, and two answers side by side.

Nothing here solves. A changed problem is a problem like any other, and no answer to it fits the
problem that it was made from.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from statistics import quantiles
from typing import Final

from scheduler.model import Carer, Place, Policy, Problem, ProblemError, Solution
from scheduler.rules import CarerWeek, Plan, continuity, plan_of
from scheduler.rules.preferences import SATURDAY
from scheduler.score import Cost, cost_of, indicators_of
from scheduler.units import WEEK, Minutes

NEW: Final = "new-"
"""Ids of added carers begin with this; they are nobody."""

_CURVE_BITS: Final = 16


@dataclass(frozen=True, slots=True)
class MoreCarers:
    """So many more carers of one kind. `gender`, `skills` and `available` are as in `Carer`."""

    count: int
    guaranteed_minutes: Minutes
    max_week_minutes: Minutes
    max_days: int
    mode: str
    gender: str
    skills: tuple[str, ...]
    available: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ProblemError("count", f"must be one or more, not {self.count}")
        if self.guaranteed_minutes > self.max_week_minutes:
            raise ProblemError("guaranteed_minutes", "must not be above max_week_minutes")


def with_policy(problem: Problem, policy: Policy) -> Problem:
    """Return the week under other limits and weights."""
    return replace(problem, policy=policy)


def with_more_carers(problem: Problem, more: MoreCarers) -> Problem:
    """Return the week with more carers, whom no client knows.

    Their homes are client homes spread over the patch as the visits are: along a curve through
    all of them, one in the middle of each equal part of the care. The same week gives the same.

    Raises
    ------
    ProblemError
        The week has no visits to live near, no such mode, or carers of these ids already.
    """
    places = _spread(problem, more.count)
    first = sum(carer.id.startswith(NEW) for carer in problem.carers) + 1
    added = tuple(
        Carer(
            id=f"{NEW}{number}",
            branch=problem.clients[0].branch,
            home=place,
            mode=more.mode,
            gender=more.gender,
            skills=more.skills,
            guaranteed_minutes=more.guaranteed_minutes,
            max_week_minutes=more.max_week_minutes,
            max_days=more.max_days,
            available=more.available,
            last_end=-WEEK,
            worked_last_weekend=False,
        )
        for number, place in enumerate(places, first)
    )
    return replace(problem, carers=(*problem.carers, *added))


@dataclass(frozen=True, slots=True)
class Spread:
    """How a figure lies over people, without saying whose it is."""

    lowest: float
    quarter: float
    median: float
    three_quarters: float
    highest: float


@dataclass(frozen=True, slots=True)
class Side:
    """One answer in figures.

    Attributes
    ----------
    figures
        As `indicators` gives them, and "travel minutes", "new faces" (pairs of a client and a
        carer whom the client does not know), "weekends worked" (carers), "contract hours filled %"
        and "carers without work".
    by_carer
        Name of a figure to its spread over the carers who work.
    by_client
        The same over the clients who are visited.
    prices
        What the answer costs under its own policy and under the other side's.
    """

    figures: Mapping[str, float]
    by_carer: Mapping[str, Spread]
    by_client: Mapping[str, Spread]
    prices: tuple[Cost, Cost]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two answers to the same week side by side. `prices` of both begin with their own policy."""

    first: Side
    second: Side


def compare(
    first: Problem, first_answer: Solution, second: Problem, second_answer: Solution
) -> Comparison:
    """Put two answers side by side.

    Raises
    ------
    ProblemError
        As `require_same_week`.
    """
    require_same_week(first, second)
    return Comparison(
        _side(first, first_answer, second.policy), _side(second, second_answer, first.policy)
    )


def require_same_week(first: Problem, second: Problem) -> None:
    """Refuse two problems that are not of the same visits with a `ProblemError`."""
    if first.week_start != second.week_start:
        raise ProblemError("week_start", "the two problems must be of the same week")
    if first.visits != second.visits:
        raise ProblemError("visits", "the two problems must have the same visits")


def figures_beside(problem: Problem, answer: Solution) -> Mapping[str, float]:
    """Return the figures of any plan for a week, as `Side.figures` has them."""
    return _figures(plan_of(problem, answer))


def _side(problem: Problem, answer: Solution, other: Policy) -> Side:
    plan = plan_of(problem, answer)
    priced_otherwise = cost_of(plan_of(with_policy(problem, other), answer))
    working = [week for week in plan.weeks.values() if week.days]
    teams = continuity.visiting_carers(plan)
    return Side(
        figures=_figures(plan),
        by_carer={name: _spread_of(map(of(plan), working)) for name, of in _BY_CARER.items()},
        by_client={
            "new faces": _spread_of(_new_faces(plan, teams).values()),
            "different carers": _spread_of(len(set(team)) for team in teams.values()),
        },
        prices=(cost_of(plan), priced_otherwise),
    )


def _figures(plan: Plan) -> dict[str, float]:
    working = [week for week in plan.weeks.values() if week.days]
    return {**indicators_of(plan), **_more_figures(plan, working)}


def _more_figures(plan: Plan, working: Sequence[CarerWeek]) -> dict[str, float]:
    split_gap = plan.problem.policy.split_gap_minutes
    guaranteed = filled = 0
    for week in plan.weeks.values():
        guaranteed += week.carer.guaranteed_minutes
        filled += min(week.carer.guaranteed_minutes, week.work(split_gap))
    return {
        "travel minutes": sum(_travel(week, split_gap) for week in working),
        "new faces": sum(_new_faces(plan, continuity.visiting_carers(plan)).values()),
        "weekends worked": sum(_works_weekend(week) for week in working),
        "contract hours filled %": round(100 * filled / max(1, guaranteed), 2),
        "carers without work": len(plan.weeks) - len(working),
    }


def _new_faces(plan: Plan, teams: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return how many carers whom a client does not know come, by client."""
    clients = plan.problem.client_of
    return {
        client: len(set(team) - set(clients[client].familiar)) for client, team in teams.items()
    }


def _travel(week: CarerWeek, split_gap: Minutes) -> int:
    return sum(leg.travel for leg in week.legs() if leg.gap <= split_gap)


def _works_weekend(week: CarerWeek) -> bool:
    return any(day.day >= SATURDAY for day in week.days)


_OfWeek = Callable[[CarerWeek], float]
_BY_CARER: Final[Mapping[str, Callable[[Plan], _OfWeek]]] = {
    "work minutes": lambda plan: lambda week: week.work(plan.problem.policy.split_gap_minutes),
    "travel minutes": lambda plan: (
        lambda week: _travel(week, plan.problem.policy.split_gap_minutes)
    ),
    "splits": lambda plan: (
        lambda week: sum(leg.gap > plan.problem.policy.split_gap_minutes for leg in week.legs())
    ),
    "days": lambda _plan: lambda week: len(week.days),
}


def _spread_of(values: Iterable[float]) -> Spread:
    found = sorted(values)
    if not found:
        return Spread(0, 0, 0, 0, 0)
    if len(found) == 1:
        return Spread(*(found * 5))
    quarter, median, three_quarters = quantiles(found, n=4, method="inclusive")
    return Spread(found[0], quarter, median, three_quarters, found[-1])


def _spread(problem: Problem, count: int) -> Iterator[str]:
    """Return places spread as the visits' minutes are, along a Z-order curve."""
    if not problem.visits:
        raise ProblemError("visits", "there is no visit near which more carers could live")
    care: dict[str, int] = {}
    for visit in problem.visits:
        place = problem.client_of[visit.client].place
        care[place] = care.get(place, 0) + visit.minutes * visit.carers
    places = [problem.place_of[name] for name in care]
    places.sort(key=_curve_position(places))
    sums = list(accumulate(care[place.id] for place in places))
    wanted = [(2 * number + 1) * sums[-1] / (2 * count) for number in range(count)]
    return (
        next(place.id for place, sum_ in zip(places, sums, strict=True) if sum_ >= middle)
        for middle in wanted
    )


def _curve_position(places: Sequence[Place]) -> Callable[[Place], tuple[int, str]]:
    """Return the order in which a Z-order curve goes through places: near ones come together."""
    left, bottom = min(place.x for place in places), min(place.y for place in places)
    size = max(
        max(place.x for place in places) - left, max(place.y for place in places) - bottom, 1.0
    )
    steps = (1 << _CURVE_BITS) - 1

    def position(place: Place) -> tuple[int, str]:
        x = int((place.x - left) / size * steps)
        y = int((place.y - bottom) / size * steps)
        woven = 0
        for bit in range(_CURVE_BITS):
            woven |= (x >> bit & 1) << 2 * bit | (y >> bit & 1) << 2 * bit + 1
        return woven, place.id

    return position
