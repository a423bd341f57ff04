"""What one visit leaves open to any carer: its starts, its lock, who is on it now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.model import Assignment, Lock, Problem, ProblemError, Visit
from scheduler.rules import Plan, visit_order
from scheduler.units import Minute
from scheduler.windows import Periods, clipped


@dataclass(frozen=True, slots=True)
class Opening:
    """A visit to be given to somebody.

    Attributes
    ----------
    row
        As it is assigned now; None while it is open.
    preferred
        The planned start, or the target while it is open.
    starts
        The starts that the windows, the lock and the visits before and after allow.
    is_blocked
        The visits before and after leave no start at all.
    blocked_by
        The one of them without which there would be a start, and may be moved; the starts are
        then those that would be left without it. None when there is no such one.
    """

    visit: Visit
    place: str
    row: Assignment | None
    lock: Lock | None
    preferred: Minute
    starts: Periods
    is_blocked: bool = False
    blocked_by: str | None = None


class Openings:
    """Makes openings in one plan; who follows whom is looked up once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._locks = {lock.visit: lock for lock in plan.problem.locked}
        self._followers = _followers(plan.problem)

    def is_locked(self, visit_id: str) -> bool:
        """Say whether a visit must stay as it is."""
        return visit_id in self._locks

    def of(self, visit_id: str, *, ignores_lock: bool = False) -> Opening:
        """Return the opening that a visit is, as it would be without a lock of its own if asked.

        Raises
        ------
        ProblemError
            When there is no such visit.
        """
        visit = self._plan.problem.visit_of.get(visit_id)
        if visit is None:
            raise ProblemError("", f"there is no visit {visit_id!r}")
        row = self._plan.given.get(visit.id)
        lock = None if ignores_lock else self._locks.get(visit.id)
        opening = Opening(
            visit=visit,
            place=self._plan.problem.client_of[visit.client].place,
            row=row,
            lock=lock,
            preferred=visit.target if row is None else row.start,
            starts=visit.periods,
        )
        if lock is not None and lock.start is not None:
            opening = replace(opening, starts=((lock.start, lock.start),))
        return self._between_neighbours(opening)

    def _between_neighbours(self, opening: Opening) -> Opening:
        """Narrow the starts to those that the visits before and after leave (H10)."""
        bounds = self._bounds(opening.visit)
        everything = _narrowed(opening, bounds.values())
        if everything is not None:
            return everything
        for neighbour in bounds:
            if self.is_locked(neighbour):
                continue
            others = (bound for other, bound in bounds.items() if other != neighbour)
            without = _narrowed(opening, others)
            if without is not None:
                return replace(without, is_blocked=True, blocked_by=neighbour)
        return replace(opening, is_blocked=True)

    def _bounds(self, visit: Visit) -> dict[str, tuple[Minute, Minute]]:
        """Return, by assigned neighbour, the first and the last start that it leaves.

        A visit that is too near to a neighbour already may stay so, but come no nearer.
        """
        now = self._plan.given.get(visit.id)
        bounds: dict[str, tuple[Minute, Minute]] = {}
        soonest = visit_order.soonest(visit, self._plan)
        if visit.after is not None and soonest is not None:
            first = min(soonest, now.start) if now else soonest
            bounds[visit.after.visit] = (first, visit.last_start)
        for follower in self._followers.get(visit.id, ()):
            row = self._plan.given.get(follower.id)
            if row is not None and follower.after is not None:
                last = row.start - follower.after.gap - visit.minutes
                last = max(last, now.start) if now else last
                bounds[follower.id] = (visit.first_start, last)
        return bounds


def _followers(problem: Problem) -> dict[str, list[Visit]]:
    found: dict[str, list[Visit]] = {}
    for visit in problem.visits:
        if visit.after is not None:
            found.setdefault(visit.after.visit, []).append(visit)
    return found


def _narrowed(opening: Opening, bounds: Iterable[tuple[Minute, Minute]]) -> Opening | None:
    """Return the opening within all bounds; None when no start is left."""
    starts = opening.starts
    for first, last in bounds:
        starts = clipped(starts, first, last)
    return replace(opening, starts=starts) if starts else None
