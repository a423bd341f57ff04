"""What would have to change so that an open visit is covered: the smallest sets of relaxations."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from scheduler.exact.eased_day import EasedDay
from scheduler.exact.relaxation import Relaxation, Study, Way
from scheduler.explain import Judge, Verdict
from scheduler.explain.order import nearest_first
from scheduler.model import Assignment, Carer, Problem, ProblemError, Solution, Visit
from scheduler.rules import (
    Breach,
    Plan,
    availability,
    breaks,
    plan_of,
    rest,
    suitability,
    travel_time,
    visit_order,
    window,
    working_time,
)
from scheduler.score import breaches_of
from scheduler.stop import Limit
from scheduler.units import DAY

NEAREST: Final = 4
"""So many carers are looked at, and one more for each further carer of the visit's team."""


def ways_to_cover(
    problem: Problem, solution: Solution, visit_id: str, *, seconds: float = 2.0, most: int = 3
) -> Study:
    """Find the smallest sets of rules that, relaxed, would cover an open visit.

    A set is the cheaper the softer its rules and the fewer they are; the minutes decide between
    sets of the same rules. A law is in one only when nothing else would do. All other visits stay
    covered.

    Parameters
    ----------
    seconds
        Wall time for all ways; what is found in it is returned, and says whether it is proved.
    most
        So many ways at most; fewer where there are fewer, one where nothing has to give way.

    Raises
    ------
    ProblemError
        There is no such visit, or it is not open.
    """
    limit = Limit(seconds=seconds)
    judge = Judge(problem, solution)
    opening = judge.opening(visit_id)
    if opening.row is not None:
        raise ProblemError("", f"visit {visit_id!r} is not open")
    carers = _nearest(judge.plan, opening.visit, nearest_first(judge.verdicts(opening)))
    names = tuple(carer.id for carer in carers)
    if len(carers) < opening.visit.carers:
        return Study(visit_id, (), names, is_complete=True)
    ways, is_complete = _ways(judge.plan, opening.visit, carers, limit, most)
    return Study(visit_id, tuple(ways), names, is_complete)


def _ways(
    plan: Plan, visit: Visit, carers: Sequence[Carer], limit: Limit, most: int
) -> tuple[list[Way], bool]:
    """Return the ways, and whether nothing was left out for want of time."""
    # Without other visits changing hands the day is small: a first way is there soon.
    quick = EasedDay(plan, visit, carers, change_hands=False).next_way(limit.seconds_left() / 2)
    first = [] if quick is None else [_way(plan, *quick[:2], is_minimal=False)]
    if quick is not None and quick[2] and not quick[0]:
        return [replace(first[0], is_minimal=True)], True
    day = EasedDay(plan, visit, carers, hint=() if quick is None else quick[1])
    ways: list[Way] = []
    while len(ways) < most:
        found = day.next_way(limit.seconds_left())
        if found is None:
            is_complete = day.is_exhausted and all(way.is_minimal for way in ways)
            return ways or first, is_complete
        ways.append(_way(plan, *found[:2], is_minimal=found[2]))
        if not ways[-1].relaxations:
            break
    return ways, all(way.is_minimal for way in ways)


def _way(
    plan: Plan,
    relaxations: Sequence[Relaxation],
    changes: Sequence[Assignment],
    *,
    is_minimal: bool,
) -> Way:
    way = Way(tuple(relaxations), tuple(changes), is_minimal)
    return way if is_minimal else replace(way, relaxations=tuple(_needed(plan, way)))


def _nearest(plan: Plan, visit: Visit, verdicts: Sequence[Verdict]) -> list[Carer]:
    """Return the carers nearest to making the visit: the softest rule in the way comes first.

    Whoever is to be in two places at once on that day is left out; nothing can be built on it.
    """
    problem = plan.problem
    ranked = sorted(verdicts, key=lambda verdict: _hardness(problem, visit, verdict))
    sound = [row.carer for row in ranked if not _is_torn(plan, row.carer, visit)]
    wanted = NEAREST + visit.carers - 1
    return [problem.carer_of[carer] for carer in sound[:wanted]]


def _needed(plan: Plan, way: Way) -> Iterator[Relaxation]:
    """Yield those relaxations without which the rules would forbid the changed plan.

    While nothing is proved there may be others among them, or larger ones.
    """
    changed = {row.visit for row in way.changes}
    kept = (row for row in plan.solution.assignments if row.visit not in changed)
    after = breaches_of(
        plan_of(plan.problem, replace(plan.solution, assignments=(*kept, *way.changes)))
    )
    before = breaches_of(plan)
    for relaxation in way.relaxations:
        amount = _most(after, relaxation) - _most(before, relaxation)
        if amount > 0:
            yield replace(relaxation, amount=amount)


def _most(breaches: Sequence[Breach], relaxation: Relaxation) -> int:
    is_of_visit = relaxation.rule in {
        window.CODE,
        suitability.CODE,
        availability.CODE,
        visit_order.CODE,
    }
    return max(
        (
            breach.shortfall
            for breach in breaches
            if breach.code == relaxation.rule
            and breach.carer == relaxation.carer
            and (breach.visit == relaxation.visit or not is_of_visit)
            and (breach.day == relaxation.day or is_of_visit)
        ),
        default=0,
    )


def _is_torn(plan: Plan, carer: str, visit: Visit) -> bool:
    breaches = travel_time.breaches(plan.weeks[carer], plan.problem)
    return any(breach.day == visit.day for breach in breaches)


def _hardness(problem: Problem, visit: Visit, verdict: Verdict) -> int:
    carer = problem.carer_of[verdict.carer]
    if verdict.code == suitability.CODE:
        return 3
    if verdict.code in {rest.CODE, breaks.CODE, working_time.CODE}:
        return 2
    return int(all(since // DAY != visit.day for since, _ in carer.available))
