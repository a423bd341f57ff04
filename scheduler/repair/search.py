"""Filling the hole with the kernel: everything that is not set free is locked as it was told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from scheduler.explain.starts import available_starts
from scheduler.improve.annealing import Annealing
from scheduler.improve.encode import EncodedProblem
from scheduler.improve.engine import Engine
from scheduler.model import (
    Assignment,
    Lock,
    Policy,
    Problem,
    PublishedVisit,
    Solution,
    Visit,
)
from scheduler.repair.answer import Manner
from scheduler.repair.hole import Hole
from scheduler.rules.punctuality import minutes_away
from scheduler.rules.suitability import misfits
from scheduler.units import Minute, Minutes

NEAR_MINUTES: Final[Minutes] = 180
"""Visits that begin so near to one of the hole, by a carer who may make it, can give way."""
TURNS: Final = 20
GENTLE: Final = Annealing(hot=6.0, cold=0.5)
BOLD: Final = Annealing(hot=120.0, cold=5.0)
"""Where a change costs much, one change too many must be possible on the way to fewer."""
HOT_STABILITY: Final = 200.0
"""Points of a change where changes are to be few: above what a change can gain, below what leaving
a visit open costs."""


@dataclass(frozen=True, slots=True)
class Search:
    """One way to look for a plan.

    `everybody` says whether visits near the hole may give way; the factors multiply the members'
    weights, and `stability` takes the place of theirs where it is given.
    """

    manner: Manner
    everybody: bool
    stability: float | None = None
    unfamiliar: float = 1.0
    extra_carer: float = 1.0
    annealing: Annealing = GENTLE


SEARCHES: Final = (
    Search("nobody_else", everybody=False, stability=HOT_STABILITY, annealing=BOLD),
    Search("fewest_changes", everybody=True, stability=HOT_STABILITY, annealing=BOLD),
    Search("familiar_faces", everybody=True, stability=100.0, unfamiliar=10.0, extra_carer=2.0),
    Search("cheapest", everybody=True),
)


def searched(
    problem: Problem,
    hole: Hole,
    start: Mapping[str, Assignment],
    search: Search,
    *,
    now: Minute,
    rounds: int,
    seed: int,
) -> dict[str, Assignment]:
    """Return the rows of a plan in which only free visits differ from what is kept.

    Parameters
    ----------
    problem
        The week after the changes; `published` is what people were told.
    start
        The rows to begin with; a plan that was found before, or `hole.kept`.
    rounds
        Rounds of the search. With the same arguments the plan is the same on every machine.
    """
    free = set(hole.torn)
    if search.everybody:
        free |= near(problem, hole)
    told = {row.visit: row for row in problem.published}
    small = _problem_of(problem, hole, free, search, now)
    with Engine(EncodedProblem(small), threads=1, seed=seed) as engine:
        for visit, row in hole.kept.items():
            if visit not in free:
                engine.keep(visit, row.start, row.carers)
        for visit in sorted(free & start.keys(), key=lambda visit: (start[visit].start, visit)):
            engine.keep(visit, start[visit].start, start[visit].carers)
        # The same people at another time are nearer to what was told than other people.
        for visit in (visit for visit in hole.torn if visit not in start and visit in told):
            engine.keep(visit, None, told[visit].carers)
        engine.construct()
        for turn in range(TURNS):
            engine.improve(rounds // TURNS, search.annealing.temperature(turn / TURNS))
        found = {row.visit: row for row in engine.solution().assignments}
    # Fixed rows are taken as they were told, even one that the kernel would refuse.
    still = {visit: row for visit, row in hole.kept.items() if visit not in free}
    return still | {visit: row for visit, row in found.items() if visit in free}


def near(problem: Problem, hole: Hole) -> set[str]:
    """Return the visits that may give way: near in time, by carers who could make a torn one."""
    torn = [problem.visit_of[visit] for visit in hole.torn]
    able = {visit.id: set(able_carers(problem, visit)) for visit in torn}
    return {
        row.visit
        for row in hole.kept.values()
        if row.visit not in hole.fixed
        and any(
            minutes_away(visit, row.start) <= NEAR_MINUTES and able[visit.id] & set(row.carers)
            for visit in torn
        )
    }


def able_carers(problem: Problem, visit: Visit) -> Iterator[str]:
    """Yield the carers who could make a visit if they had nothing else to do (H3, H4)."""
    client = problem.client_of[visit.client]
    for carer in problem.carers:
        is_fit = next(misfits(carer, visit, client), None) is None
        if is_fit and available_starts(carer, visit.minutes, visit.periods):
            yield carer.id


def _problem_of(
    problem: Problem, hole: Hole, free: set[str], search: Search, now: Minute
) -> Problem:
    """Return the week for the kernel: what is not free is locked, what was open before is out."""
    in_week = hole.kept.keys() | free
    return replace(
        problem,
        policy=_policy(problem.policy, search),
        visits=tuple(
            _from_now(visit, now) if visit.id in free else visit
            for visit in problem.visits
            if visit.id in in_week
        ),
        locked=tuple(
            Lock(visit, row.carers, row.start)
            for visit, row in hole.kept.items()
            if visit not in free
        ),
        published=tuple(row for row in problem.published if row.visit in free),
    )


def _from_now(visit: Visit, now: Minute) -> Visit:
    """Return a visit as it may still be made: in what is left of its windows."""
    if visit.earliest >= now and not visit.alternatives:
        return visit
    mine = (visit.window_of(visit.target), *visit.alternatives)
    return visit.within([window.since(now) for window in mine if window.latest >= now])


def _policy(policy: Policy, search: Search) -> Policy:
    weights = policy.weights
    return replace(
        policy,
        weights=replace(
            weights,
            stability=weights.stability if search.stability is None else search.stability,
            unfamiliar=weights.unfamiliar * search.unfamiliar,
            extra_carer=weights.extra_carer * search.extra_carer,
        ),
    )


def told_of(plan: Solution, problem: Problem) -> tuple[PublishedVisit, ...]:
    """Return a plan as what people were told, of the visits that are still in the week."""
    return tuple(
        PublishedVisit(row.visit, row.start, row.carers)
        for row in plan.assignments
        if row.visit in problem.visit_of
    )
