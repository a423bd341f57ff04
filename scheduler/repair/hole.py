"""What a change tears out of a published week: the visits that cannot stay as they were told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.model import Assignment, Lock, Problem, ProblemError, Solution
from scheduler.rules import Breach, availability, suitability
from scheduler.score import check
from scheduler.units import DAY, Minute


@dataclass(frozen=True, slots=True)
class Hole:
    """A week with a hole.

    Attributes
    ----------
    kept
        Visit id to its row, of all that may stay as it was told.
    torn
        The visits that need somebody, or another start, in the problem's order.
    fixed
        The visits that nothing may change: begun already, or locked.
    """

    kept: Mapping[str, Assignment]
    torn: tuple[str, ...]
    fixed: frozenset[str]


def hole_in(problem: Problem, plan: Solution, added: Iterable[str], now: Minute) -> Hole:
    """Return the hole in a plan of a week that has changed.

    Parameters
    ----------
    problem
        The week after the changes.
    added
        Visits that nobody has been told of yet.

    Raises
    ------
    ProblemError
        A rule is broken by locked visits alone: one of them has to be unlocked first.
    """
    locks = {lock.visit: lock for lock in problem.locked}
    # What is no longer in the week needs nobody. Who was told and is gone leaves a hole.
    rows = {row.visit: row for row in plan.assignments if row.visit in problem.visit_of}
    begun = {visit for visit, row in rows.items() if row.start < now}
    torn = {
        visit
        for visit, row in rows.items()
        if visit not in begun and any(carer not in problem.carer_of for carer in row.carers)
    }
    torn |= {visit for visit in added if visit not in rows}
    kept = {visit: row for visit, row in rows.items() if visit not in torn}
    while True:
        solution = Solution(problem.name, tuple(kept.values()))
        out = _to_take_out(check(problem, solution), kept, begun, locks)
        if not out:
            break
        torn |= out
        kept = {visit: row for visit, row in kept.items() if visit not in out}
    return Hole(
        kept,
        tuple(visit.id for visit in problem.visits if visit.id in torn and visit.last_start >= now),
        frozenset(begun | locks.keys()),
    )


def _to_take_out(
    breaches: Iterable[Breach],
    kept: Mapping[str, Assignment],
    begun: set[str],
    locks: Mapping[str, Lock],
) -> set[str]:
    """Return the visits to take out next; what is broken in the past alone stays."""
    found = list(breaches)
    unfit = {
        breach.visit
        for breach in found
        if breach.code in {suitability.CODE, availability.CODE} and breach.visit is not None
    }
    unfit = {visit for visit in unfit if visit not in begun}
    for visit in sorted(unfit):
        if visit in locks:
            raise ProblemError(
                "locked", f"visit {visit} is locked to a carer who cannot make it; unlock it first"
            )
    if unfit:
        return unfit
    # One visit for each carer at a time: taking it out may mend the others.
    out: dict[str | None, str] = {}
    for breach in found:
        if breach.carer not in out or breach.carer is None:
            candidates = list(_movable(breach, kept, begun | locks.keys()))
            if candidates:
                out[breach.carer] = candidates[0]
            elif _about(breach, kept) - begun:
                raise ProblemError(
                    "locked", f"locked visits break a rule together: {breach.message} Unlock one."
                )
    return set(out.values())


def _movable(breach: Breach, kept: Mapping[str, Assignment], fixed: Iterable[str]) -> Iterator[str]:
    """Yield the visits whose going may mend a breach, the one it names first."""
    held = set(fixed)
    about = sorted(_about(breach, kept) - held, key=lambda visit: (kept[visit].start, visit))
    if breach.visit in about:
        yield breach.visit
    yield from reversed([visit for visit in about if visit != breach.visit])


def _about(breach: Breach, kept: Mapping[str, Assignment]) -> set[str]:
    """Return the visits that a breach is about: the carer's day or week, or the one it names."""
    if breach.carer is None:
        return {breach.visit} & kept.keys() if breach.visit is not None else set()
    return {
        visit
        for visit, row in kept.items()
        if breach.carer in row.carers and breach.day in {None, row.start // DAY}
    }
