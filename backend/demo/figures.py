"""The figures that the demonstration co-operative is made to, each with where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Generic, TypeVar

Value = TypeVar("Value")

DEMO_SEED = "fellgate"

CARER_MINUTES_A_WEEK = 18_000 * 60
"""Care owed in the week after the current one, all branches; a double-up counts twice."""

LENGTH_SHARES = {15: 0.016, 30: 0.720, 45: 0.180, 60: 0.084}
"""PKG-04: council-funded visits by length in minutes."""

DOUBLE_UP_SHARE = 0.20
"""PKG-05: share of visits that need two carers."""

DAY_SHAPE = {
    "morning": (7 * 60, 11 * 60, 0.38),
    "lunch": (11 * 60 + 30, 14 * 60, 0.20),
    "tea": (16 * 60, 18 * 60 + 30, 0.20),
    "bed": (19 * 60, 22 * 60 + 30, 0.22),
}
"""PKG-08: first and last minute of preferred starts, and the share of visits."""

TRAVEL_MEAN_MINUTES = (7.0, 10.0)
"""TRV-03: mean minutes between two visits, from the inner city to the suburb."""


@dataclass(frozen=True, slots=True)
class Share(Generic[Value]):
    """A value and how often it comes up, relative to the others of its table."""

    of: Value
    weight: float


class Deck(Generic[Value]):
    """Deals values in the shares of a table, evenly rather than by luck.

    After any number of cards, each value has come up within about one card of its share, so a
    branch of 300 clients has the mix it should have whatever the seed.
    """

    def __init__(self, rng: Random, table: Sequence[Share[Value]]) -> None:
        self._rng = rng
        self._table = table
        whole = sum(row.weight for row in table)
        self._steps = [row.weight / whole for row in table]
        # A random start for each value, so that decks of one table differ between branches.
        self._owed = [step * rng.random() for step in self._steps]

    def deal(self) -> Value:
        """Return the next value."""
        self._owed = [owed + step for owed, step in zip(self._owed, self._steps, strict=True)]
        # A little luck among those that are owed most, or the values would come in a cycle.
        best = max(range(len(self._owed)), key=lambda i: self._owed[i] + self._rng.random() * 0.5)
        self._owed[best] -= 1
        return self._table[best].of


def seeded(name: str) -> Random:
    """Return a generator that yields the same numbers for the same name on every machine."""
    return Random(f"{DEMO_SEED}: {name}")  # noqa: S311  nothing here is secret
