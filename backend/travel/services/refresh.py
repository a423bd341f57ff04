"""Ask a route service for the times that a branch lacks, within a time limit."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from backend.organisation.models import Branch
from backend.travel import health
from backend.travel.grid import Cell, lat_lon
from backend.travel.known_times import Known, Pair, keep, known_between
from backend.travel.route_services import RouteService, RouteServiceError, service_called
from backend.travel.route_services.face import PASSING, Failure
from backend.travel.tables import write_table

TRIES: Final = 3
FIRST_PAUSE_SECONDS: Final = 0.5

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a look at a service brought for one mode."""

    mode: str
    fetched: int
    failure: str


class _AskingEndsError(Exception):
    """Nothing more is to be asked."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


def refresh_tables(
    *,
    branch: Branch,
    service: str,
    cells: Mapping[str, Sequence[Cell]],
    seconds: float,
    now: datetime,
    pause: Callable[[float], None] = time.sleep,
) -> list[Refreshed]:
    """Fetch what is missing or old of a branch's times, and write its tables anew.

    Never raises what a service does wrong: what is known stays, and the table says what failed.
    A second call fetches nothing that the first one brought. What has been answered is stored at
    once, so a call that is cut short has not been in vain.

    Parameters
    ----------
    cells
        By mode, the cells between which somebody travels.
    seconds
        The time there is for all of it.
    """
    until = time.monotonic() + seconds
    provider = service_called(service)
    found = []
    for mode, places in sorted(cells.items()):
        if provider is not None and not provider.serves(mode):
            continue  # this way of travel keeps the formula
        ends = sorted(set(places))
        known = known_between(service, mode, ends)
        asking = _Asking(provider, service, mode, known, until, now, pause)
        fetched, failure = asking.run(ends)
        write_table(branch, service, mode, cells=ends, known=known, failure=failure, now=now)
        found.append(Refreshed(mode, fetched, failure))
        if failure:
            logger.warning(
                "travel times of branch %s, %s: %s after %s pairs",
                branch.pk,
                mode,
                failure,
                fetched,
            )
    return found


class _Asking:
    """One mode's questions to a service. What comes in is stored, and noted in `known`."""

    def __init__(
        self,
        provider: RouteService | None,
        service: str,
        mode: str,
        known: dict[Pair, Known],
        until: float,
        now: datetime,
        pause: Callable[[float], None],
    ) -> None:
        self._provider = provider
        self._service = service
        self._mode = mode
        self._known = known
        self._until = until
        self._now = now
        self._pause = pause
        self._fetched = 0

    def run(self, cells: Sequence[Cell]) -> tuple[int, str]:
        """Fetch what is wanted; return how many pairs came, and why not all if so."""
        wanted = self._wanted(cells)
        if not wanted:
            return 0, ""
        try:
            if self._provider is None:
                raise _AskingEndsError(Failure.NO_ADDRESS)
            if health.is_resting(self._service, self._now):
                raise _AskingEndsError(Failure.RESTING)
            self._ask_all(self._provider, cells, wanted)
        except _AskingEndsError as end:
            return self._fetched, end.failure.value
        return self._fetched, ""

    def _wanted(self, cells: Sequence[Cell]) -> set[Pair]:
        oldest = self._now - timedelta(days=settings.TRAVEL_TIMES_DAYS)
        return {
            (a, b) for a in cells for b in cells if a != b and not self._is_fresh((a, b), oldest)
        }

    def _is_fresh(self, pair: Pair, oldest: datetime) -> bool:
        found = self._known.get(pair)
        return found is not None and found.fetched_at > oldest

    def _ask_all(self, provider: RouteService, cells: Sequence[Cell], wanted: set[Pair]) -> None:
        size = provider.most_places
        blocks = list(_blocks(cells, size, wanted))
        # What nobody knows goes before what is only old.
        blocks.sort(key=lambda block: all(pair in self._known for pair in _pairs(block, wanted)))
        while blocks:
            sources, targets = blocks.pop(0)
            try:
                self._ask(provider, sources, targets)
            except RouteServiceError as error:
                if error.failure is not Failure.TOO_BIG or size == 1:
                    raise self._ends(error.failure) from error
                # The server allows less than servers usually do: go on with half.
                size = max(1, size // 2)
                left = {pair for block in [(sources, targets), *blocks]
                        for pair in _pairs(block, wanted)}  # fmt: skip
                blocks = list(_blocks(cells, size, left))

    def _ends(self, failure: Failure) -> _AskingEndsError:
        # That our own time is up says nothing about the service.
        if failure is not Failure.OUT_OF_TIME:
            health.failed(self._service, failure, self._now)
        return _AskingEndsError(failure)

    def _ask(
        self, provider: RouteService, sources: Sequence[Cell], targets: Sequence[Cell]
    ) -> None:
        rows = self._with_patience(provider, sources, targets)
        times = {
            (a, b): seconds
            for a, row in zip(sources, rows, strict=True)
            for b, seconds in zip(targets, row, strict=True)
            if a != b
        }
        keep(self._service, self._mode, times, fetched_at=self._now)
        health.answered(self._service, self._now)
        self._known.update({pair: Known(value, self._now) for pair, value in times.items()})
        self._fetched += len(times)

    def _with_patience(
        self, provider: RouteService, sources: Sequence[Cell], targets: Sequence[Cell]
    ) -> list[list[int | None]]:
        """Ask again what may go better the next time, after ever longer pauses."""
        wait = FIRST_PAUSE_SECONDS
        for attempt in range(1, TRIES + 1):
            try:
                return provider.seconds(
                    [lat_lon(cell) for cell in sources],
                    [lat_lon(cell) for cell in targets],
                    self._mode,
                    until=self._until,
                )
            except RouteServiceError as error:
                is_last = attempt == TRIES or time.monotonic() + wait >= self._until
                if error.failure not in PASSING or is_last:
                    raise
            self._pause(wait)
            wait *= 2
        raise AssertionError("the last try returns or raises")


def _blocks(
    cells: Sequence[Cell], size: int, wanted: set[Pair]
) -> Iterator[tuple[list[Cell], list[Cell]]]:
    """Yield what to ask for at once: sources and targets among which something is wanted."""
    parts = [cells[start : start + size] for start in range(0, len(cells), size)]
    for first in parts:
        for second in parts:
            sources = [a for a in first if any((a, b) in wanted for b in second)]
            targets = [b for b in second if any((a, b) in wanted for a in sources)]
            if sources:
                yield sources, targets


def _pairs(block: tuple[Sequence[Cell], Sequence[Cell]], wanted: set[Pair]) -> Iterator[Pair]:
    sources, targets = block
    return ((a, b) for a in sources for b in targets if (a, b) in wanted)
