"""S9: a fixed price for each split, wait and way beyond what members voted (V4 to V6)."""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Problem
from scheduler.rules import voted_idle, voted_journeys, voted_splits
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek
from scheduler.units import Points
from scheduler.voted_limits import OVER_POINTS

CODE: Final = "S9"
TERMS: Final[tuple[str, ...]] = ("S9 voted limits",)


def penalty(week: CarerWeek, problem: Problem) -> dict[str, Points]:
    """Return the points of all excesses: for a wait or a way however long, for splits by number."""
    splits = sum(row.shortfall for row in voted_splits.excesses(week, problem))
    others = sum(row.code != voted_splits.CODE for row in excesses(week, problem))
    return {TERMS[0]: OVER_POINTS * (splits + others)}


def excesses(week: CarerWeek, problem: Problem) -> Iterator[Breach]:
    """Yield what of a carer's week is beyond a vote without being forbidden."""
    for rule in (voted_splits, voted_idle, voted_journeys):
        yield from rule.excesses(week, problem)
