"""The kernel as a Python object: one rota that is kept, filled up and improved."""

import ctypes
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scheduler.improve.encode import NONE, POINT, EncodedProblem
from scheduler.improve.library import load
from scheduler.model import Solution, Visit
from scheduler.score import terms_of
from scheduler.units import Minute, Points

# In the order of `Term` in terms.hpp; the names are those of the rules.
TERMS: Final = (
    "S0 unassigned", "S1 travel", "S2 extra carers", "S2 unfamiliar", "S3 lateness",
    "S4 overtime", "S4 shortfall", "S5 fairness", "S5 preferences", "S6 idle", "S6 split",
    "S8 stability", "S9 voted limits", "S0 optional", "S3 outside",
)  # fmt: skip
ANY_START: Final = -1


class Engine:
    """A rota in the kernel and the best one so far. Use it in a `with` block: it owns memory."""

    def __init__(self, encoded: EncodedProblem, *, threads: int, seed: int) -> None:
        self._encoded = encoded
        self._library = load()
        address = ctypes.byref(encoded.arrays)
        self._solver = self._library.rota_create(address, threads, seed % 2**64)

    def __enter__(self) -> "Engine":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._library.rota_free(self._solver)
        self._solver = None

    def keep(self, visit: str, start: Minute | None, carers: Sequence[str]) -> bool:
        """Give an open visit to this team if every rule allows it; say whether it was given.

        With a start, all others stay where they are. Without one, neighbours give way.
        """
        team = (ctypes.c_int32 * 2)(*self._encoded.pair(carers))
        row = self._encoded.visit_index[visit]
        moment = ANY_START if start is None else start
        return bool(self._library.rota_keep(self._solver, row, moment, team))

    def construct(self) -> None:
        """Fill up greedily with every open visit that fits."""
        self._library.rota_construct(self._solver)

    def improve(self, rounds: int, temperature: Points) -> None:
        """Run so many rounds of the search, shared by the threads, and join their results."""
        self._library.rota_improve(self._solver, rounds, temperature * POINT)

    def go_back_to_best(self) -> None:
        """Go on from the best rota instead of the current one."""
        self._library.rota_go_back_to_best(self._solver)

    @property
    def current_total(self) -> Points:
        """The cost of the rota in progress; comparable within one engine only."""
        return int(self._library.rota_total(self._solver)) / POINT

    @property
    def best_total(self) -> Points:
        """The cost of the best rota; comparable within one engine only (see `terms`)."""
        return int(self._library.rota_best_total(self._solver)) / POINT

    def terms(self) -> Mapping[str, Points]:
        """Return what the best rota costs by term."""
        sums = (ctypes.c_int64 * len(TERMS))()
        self._library.rota_terms(self._solver, sums)
        found = {name: points / POINT for name, points in zip(TERMS, sums, strict=True)}
        wanted = terms_of(self._encoded.problem)
        return {name: points for name, points in found.items() if name in wanted}

    def open_visits(self) -> list[Visit]:
        """Return the visits owed that the best rota leaves open."""
        _, teams = self._read_best()
        visits = self._encoded.problem.visits
        left = (visits[row] for row in np.flatnonzero(teams[:, 0] == NONE))
        return [visit for visit in left if not visit.is_optional]

    def solution(self) -> Solution:
        """Return the best rota so far."""
        return self._encoded.solution(*self._read_best())

    def _read_best(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        visits = len(self._encoded.problem.visits)
        starts = np.zeros(visits, dtype=np.int32)
        teams = np.full((visits, 2), NONE, dtype=np.int32)
        self._library.rota_read_best(self._solver, starts.ctypes.data, teams.ctypes.data)
        return starts, teams
