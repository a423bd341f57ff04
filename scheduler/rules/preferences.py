"""S5: wishes that are not kept, and their square, so that they do not gather on a few carers."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from scheduler.model import Problem, Wish
from scheduler.rules.week import CarerWeek
from scheduler.units import DAY, Points

CODE: Final = "S5"
TERMS: Final[tuple[str, ...]] = ("S5 preferences", "S5 fairness")

SATURDAY: Final = 5
SUNDAY: Final = 6
PREFERRED_VISITS: Final = 5
"""Nobody can ask for more visits to a client than these."""


def penalty(week: CarerWeek, problem: Problem) -> dict[str, Points]:
    """Return the points of the wishes not kept, and what their sum costs as unfairness."""
    weights = problem.policy.weights
    pain = 0.0
    for wish, size in sizes(week, problem):
        pain += weights.preferences[wish.kind] * wish.strength * size
    return {TERMS[0]: pain, TERMS[1]: weights.fairness * pain * pain}


def sizes(week: CarerWeek, problem: Problem) -> Iterator[tuple[Wish, int]]:
    """Yield each wish with how far it is not kept; 0 when it is kept."""
    for wish in week.carer.preferences:
        yield wish, SIZES[wish.kind](wish, week, problem)


def _day_off(wish: Wish, week: CarerWeek, _problem: Problem) -> int:
    return int(any(day.day == wish.day for day in week.days))


def _avoid_window(wish: Wish, week: CarerWeek, _problem: Problem) -> int:
    """Count visit minutes inside the window of the day; an end at midnight is 24:00."""
    since, until = wish.from_minute or 0, wish.to_minute or DAY
    return sum(
        max(0, min(stop.end % DAY or DAY, until) - max(stop.start % DAY, since))
        for stop in week.stops()
    )


def _visits_to(wish: Wish, week: CarerWeek, _problem: Problem) -> int:
    return sum(stop.visit.client == wish.client for stop in week.stops())


def _prefer_client(wish: Wish, week: CarerWeek, problem: Problem) -> int:
    wanted = problem.carer_visits_of.get(wish.client or "", 0)
    return max(0, min(PREFERRED_VISITS, wanted) - _visits_to(wish, week, problem))


def _no_split(_wish: Wish, week: CarerWeek, problem: Problem) -> int:
    return sum(leg.gap > problem.policy.split_gap_minutes for leg in week.legs())


def _weekend_off(_wish: Wish, week: CarerWeek, _problem: Problem) -> int:
    return int(any(day.day in {SATURDAY, SUNDAY} for day in week.days))


SIZES: Final[Mapping[str, Callable[[Wish, CarerWeek, Problem], int]]] = {
    "day_off": _day_off,
    "avoid_window": _avoid_window,
    "avoid_client": _visits_to,
    "prefer_client": _prefer_client,
    "no_split": _no_split,
    "weekend_off": _weekend_off,
}
