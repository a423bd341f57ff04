"""Lots that nobody can bend: their order was fixed before the first vote ("lots-1").

Before opening, a random seed is drawn and its hash published; after close, the seed.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

MOST_OUTCOMES = 1000


def commitment(seed: str) -> str:
    """Return what is published of a seed before the vote."""
    return hashlib.sha256(seed.encode()).hexdigest()


def lot_order(seed: str, election: str, candidates: Iterable[int]) -> list[int]:
    """Return candidates, first in lots to last, by the seed of an election."""

    def key(candidate: int) -> str:
        return hashlib.sha256(f"{seed}|{election}|{candidate}".encode()).hexdigest()

    return sorted(candidates, key=key)


@dataclass(frozen=True)
class Lot:
    """Between whom a lot was drawn, in number order, and who was drawn."""

    tied: tuple[int, ...]
    drawn: int


class Lots(ABC):
    """Where a count asks for a lot; `drawn` holds all lots so far."""

    def __init__(self) -> None:
        self.drawn: list[Lot] = []

    def draw(self, tied: Sequence[int], *, to_lose: bool) -> int:
        """Return one of the tied: the one to go first, or to be excluded if `to_lose`."""
        candidate = self._choose(sorted(tied), to_lose=to_lose)
        self.drawn.append(Lot(tuple(sorted(tied)), candidate))
        return candidate

    @abstractmethod
    def _choose(self, tied: Sequence[int], *, to_lose: bool) -> int: ...


class SeededLots(Lots):
    """Lots by the published seed: the earliest in the order goes first, the latest loses."""

    def __init__(self, seed: str, election: str) -> None:
        super().__init__()
        self._seed = seed
        self._election = election

    def _choose(self, tied: Sequence[int], *, to_lose: bool) -> int:
        return lot_order(self._seed, self._election, tied)[-1 if to_lose else 0]


class ScriptedLots(Lots):
    """Lots that fall as written down, then always to the first: for trying all of them."""

    def __init__(self, script: Sequence[int] = ()) -> None:
        super().__init__()
        self._script = script

    def _choose(self, tied: Sequence[int], *, to_lose: bool) -> int:  # noqa: ARG002  either way
        place = len(self.drawn)
        return self._script[place] if place < len(self._script) else tied[0]


@dataclass(frozen=True)
class Outcome:
    """How lots could fall, and who is then elected."""

    lots: tuple[Lot, ...]
    elected: tuple[int, ...]


def every_outcome(
    count: Callable[[Lots], Sequence[int]], *, most: int = MOST_OUTCOMES
) -> tuple[list[Outcome], bool]:
    """Count once for each way in which lots can fall.

    Returns
    -------
    list of Outcome, bool
        In the order of the numbers drawn; and whether these are all of them, or only the
        first `most`.
    """
    outcomes: list[Outcome] = []
    script: list[int] | None = []
    while script is not None:
        if len(outcomes) == most:
            return outcomes, False
        lots = ScriptedLots(script)
        elected = count(lots)
        outcomes.append(Outcome(tuple(lots.drawn), tuple(elected)))
        script = _next_script(lots.drawn)
    return outcomes, True


def _next_script(drawn: Sequence[Lot]) -> list[int] | None:
    """Return the lots to force next: the last one that can still fall another way."""
    for place in reversed(range(len(drawn))):
        lot = drawn[place]
        after = lot.tied.index(lot.drawn) + 1
        if after < len(lot.tied):
            return [*(earlier.drawn for earlier in drawn[:place]), lot.tied[after]]
    return None
