"""The soft kernel as a Python object: chains of plans that are improved side by side."""

import ctypes
from types import TracebackType

import numpy as np

from scheduler.flexible import FlexiblePlan, Price
from scheduler.improve.library import SOFT, load
from scheduler.improve.soft_encode import NONE, EncodedFlexible


class SoftEngine:
    """One chain for each thread, each from its own greedy plan. Use it in a `with` block."""

    def __init__(self, encoded: EncodedFlexible, *, threads: int, seed: int) -> None:
        self._encoded = encoded
        self._library = load(SOFT)
        address = ctypes.byref(encoded.arrays)
        self._solver = self._library.soft_create(address, threads, seed % 2**64)

    def __enter__(self) -> "SoftEngine":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._library.soft_free(self._solver)
        self._solver = None

    def improve(self, rounds: int, temperature: float, spread: float) -> None:
        """Let every chain do so many rounds.

        `temperature` is in units of price; `spread`, 0 to 1, says how much of the price of the
        idlest carer's time falls on the next idlest, so that the search sees where to go.
        """
        self._library.soft_improve(self._solver, rounds, temperature, spread)

    def meet(self) -> None:
        """Let all chains go on from the cheapest current plan."""
        self._library.soft_meet(self._solver)

    def go_back_to_best(self) -> None:
        """Let all chains go on from the best plan so far."""
        self._library.soft_go_back_to_best(self._solver)

    @property
    def best_total(self) -> Price:
        """The price of the best plan so far."""
        return int(self._library.soft_best_total(self._solver))

    def plan(self) -> FlexiblePlan:
        """Return the best plan so far."""
        rows = [np.full(self._encoded.parts, NONE, dtype=np.int32) for _ in range(4)]
        self._library.soft_read_best(self._solver, *(row.ctypes.data for row in rows))
        return self._encoded.plan(*rows)
