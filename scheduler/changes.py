"""What may happen to a published week, as frozen values, and the week as it is afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, TypeVar

from scheduler.model import (
    Assignment,
    Carer,
    Client,
    Place,
    Problem,
    ProblemError,
    Solution,
    Visit,
)
from scheduler.roads import TravelTable
from scheduler.units import DAY, DAYS_IN_WEEK, WEEK, Day, Minute, Minutes

HUNDRED_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class CarerAway:
    """A carer cannot work from `since` until `until` (excluded): ill, on leave, left."""

    carer: str
    since: Minute
    until: Minute

    def __post_init__(self) -> None:
        _require_period(self.since, self.until)


@dataclass(frozen=True, slots=True)
class ClientAway:
    """A client needs no visits that begin from `since` until `until` (excluded): in hospital."""

    client: str
    since: Minute
    until: Minute

    def __post_init__(self) -> None:
        _require_period(self.since, self.until)


@dataclass(frozen=True, slots=True)
class VisitsCancelled:
    """These visits are not needed."""

    visits: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.visits:
            raise ProblemError("visits", "must name at least one visit")


@dataclass(frozen=True, slots=True)
class VisitsAdded:
    """Visits that were not in the week; a client or place that is new to it comes along."""

    visits: tuple[Visit, ...]
    clients: tuple[Client, ...] = ()
    places: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        if not self.visits:
            raise ProblemError("visits", "must hold at least one visit")


@dataclass(frozen=True, slots=True)
class SlowerTravel:
    """On these days every journey takes so many percent of its usual time: snow, a closed road.

    `percent` is above 100.
    """

    days: tuple[Day, ...]
    percent: int

    def __post_init__(self) -> None:
        if not self.days or any(day not in range(DAYS_IN_WEEK) for day in self.days):
            raise ProblemError("days", "must name days from 0 (Monday) to 6 (Sunday)")
        if self.percent <= HUNDRED_PERCENT:
            raise ProblemError("percent", f"must be above 100, not {self.percent}")


Change: TypeAlias = CarerAway | ClientAway | VisitsCancelled | VisitsAdded | SlowerTravel


def _require_period(since: Minute, until: Minute) -> None:
    if not since < until:
        raise ProblemError("until", f"must be after since, {since}, not {until}")
    if until <= 0 or since >= WEEK:
        raise ProblemError("since", f"the period does not touch the week, 0 to {WEEK}")


def week_after(
    problem: Problem, plan: Solution, changes: Sequence[Change], *, now: Minute = 0
) -> Problem:
    """Return the week in which the changes have happened. Doing it twice changes nothing more.

    Slower travel is left out: it holds for some days only, and a week has one way to travel; see
    `slower`.

    Parameters
    ----------
    plan
        What people were told. It says which visits have begun.
    now
        Visits that begin before it stay as they are; a carer is away from then at the soonest.

    Raises
    ------
    ProblemError
        Something names what is not there, or would change the past; `path` begins with
        `changes[n]`.
    """
    starts = {row.visit: row for row in plan.assignments}
    for index, change in enumerate(changes):
        try:
            problem = _after(problem, starts, change, now)
        except ProblemError as error:
            raise error.inside(f"changes[{index}]") from error
    return problem


def slower(problem: Problem, percent: int) -> Problem:
    """Return the week with every journey so much slower; the fixed minutes grow as well.

    Known times grow like those of the formula; in a peak all of them take longer still.
    """
    factor = percent / HUNDRED_PERCENT
    modes = {
        name: replace(mode, kmh=mode.kmh / factor, overhead_min=mode.overhead_min * factor)
        for name, mode in problem.modes.items()
    }
    travel = {
        name: TravelTable(tuple(_slower_row(row, percent) for row in table.minutes))
        for name, table in problem.travel.items()
    }
    return replace(problem, modes=modes, travel=travel)


def _slower_row(row: Sequence[Minutes | None], percent: int) -> tuple[Minutes | None, ...]:
    """Return times rounded up; none takes a whole day, which no table may hold."""
    return tuple(
        None if minutes is None else min(DAY - 1, -(-minutes * percent // HUNDRED_PERCENT))
        for minutes in row
    )


def _after(
    problem: Problem, starts: Mapping[str, Assignment], change: Change, now: Minute
) -> Problem:
    match change:
        case CarerAway():
            return _without_carer(problem, starts, change, now)
        case ClientAway():
            if change.client not in problem.client_of:
                raise ProblemError("client", f"there is no client {change.client!r}")
            begin = max(change.since, now)
            gone = {
                visit.id
                for visit in problem.visits
                if visit.client == change.client and begin <= _start(visit, starts) < change.until
            }
            return _without_visits(problem, gone)
        case VisitsCancelled():
            return _without_visits(problem, _cancelled(problem, starts, change, now))
        case VisitsAdded():
            return _with_visits(problem, change, now)
        case SlowerTravel():
            return problem


def _start(visit: Visit, starts: Mapping[str, Assignment]) -> Minute:
    row = starts.get(visit.id)
    return visit.target if row is None else row.start


def _without_carer(
    problem: Problem, starts: Mapping[str, Assignment], away: CarerAway, now: Minute
) -> Problem:
    if away.carer not in problem.carer_of:
        raise ProblemError("carer", f"there is no carer {away.carer!r}")
    # A visit under way is made to its end: the past does not change.
    ends = (
        row.start + problem.visit_of[row.visit].minutes
        for row in starts.values()
        if away.carer in row.carers and row.start < now and row.visit in problem.visit_of
    )
    since = max(away.since, now, *ends) if now > away.since else away.since
    carers = tuple(
        _away_from(carer, since, away.until) if carer.id == away.carer else carer
        for carer in problem.carers
    )
    return replace(problem, carers=carers)


def _away_from(carer: Carer, since: Minute, until: Minute) -> Carer:
    pieces = (
        piece
        for start, end in carer.available
        for piece in ((start, min(end, since)), (max(start, until), end))
    )
    return replace(carer, available=tuple(piece for piece in pieces if piece[0] < piece[1]))


def _cancelled(
    problem: Problem, starts: Mapping[str, Assignment], change: VisitsCancelled, now: Minute
) -> set[str]:
    for index, visit_id in enumerate(change.visits):
        visit = problem.visit_of.get(visit_id)
        if visit is None and visit_id not in starts:
            raise ProblemError(f"visits[{index}]", f"there is no visit {visit_id!r}")
        if visit is not None and _start(visit, starts) < now:
            raise ProblemError(f"visits[{index}]", f"{visit_id!r} has begun already")
    return set(change.visits)


def _without_visits(problem: Problem, gone: set[str]) -> Problem:
    """Return the week without visits; a lock on one of them goes with it."""
    return replace(
        problem,
        visits=tuple(visit for visit in problem.visits if visit.id not in gone),
        locked=tuple(lock for lock in problem.locked if lock.visit not in gone),
    )


def _with_visits(problem: Problem, change: VisitsAdded, now: Minute) -> Problem:
    for index, visit in enumerate(change.visits):
        if visit.last_start < now:
            raise ProblemError(f"visits[{index}].latest", f"is in the past, before {now}")
    return replace(
        problem,
        places=_joined(problem.places, change.places),
        clients=_joined(problem.clients, change.clients),
        visits=_joined(problem.visits, change.visits),
    )


Row = TypeVar("Row", Place, Client, Visit)


def _joined(known: tuple[Row, ...], added: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return both; what is there already, exactly so, is not added again."""
    return known + tuple(row for row in added if row not in known)
