"""The slow and plain answer to "what is the best plan?": price every plan by the plain rules."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from hypothesis import strategies as st

from scheduler import check, cost
from scheduler.model import Assignment, Problem, Solution, Visit
from scheduler.units import DAY
from scheduler.windows import Window
from tests.scheduler.strategies import problems

MOST_PLANS = 4000


def best_by_force(problem: Problem) -> tuple[float, Solution | None]:
    """Return the cost of the cheapest plan without breaches, and that plan; infinite if none."""
    best: tuple[float, Solution | None] = (float("inf"), None)
    for rows in product(*(list(_ways(problem, visit)) for visit in problem.visits)):
        plan = Solution(problem.name, tuple(row for row in rows if row is not None))
        points = cost(problem, plan).total
        if points < best[0] and not check(problem, plan):
            best = points, plan
    return best


def _ways(problem: Problem, visit: Visit) -> Iterator[Assignment | None]:
    yield None
    for team in combinations([carer.id for carer in problem.carers], visit.carers):
        for window in visit.windows:
            for start in range(window.earliest, window.latest + 1):
                yield Assignment(visit.id, start, team)


def without_priced_votes(problem: Problem) -> Problem:
    """Return the week without the votes that the exact models leave out (V4 to V6)."""
    voted = replace(
        problem.policy.voted,
        max_splits_week=None,
        max_idle_minutes=None,
        max_journey_minutes=None,
    )
    return replace(problem, policy=replace(problem.policy, voted=voted))


def _narrowed(window: Window, visit: Visit, width: int) -> Window:
    earliest = max(visit.day * DAY, window.target - width)
    latest = min(window.latest, window.target + width)
    soft = window.soft and (max(window.soft[0], earliest), min(window.soft[1], latest))
    return Window(window.target, earliest, latest, soft)


@st.composite
def tiny_weeks(draw: st.DrawFn, *, with_peaks: bool = False) -> Problem:
    """Return a week of so few plans that all can be tried, and in which every rule may bind."""
    problem = without_priced_votes(draw(problems()))
    if not with_peaks:
        modes = {name: replace(mode, peaks=()) for name, mode in problem.modes.items()}
        problem = replace(problem, modes=modes)
    carers = problem.carers[:2]
    visits: list[Visit] = []
    plans = 1
    for visit in problem.visits:
        width = draw(st.sampled_from((0, 0, 1)))
        mine = (visit.window_of(visit.target), *visit.alternatives)
        narrow = visit.within([_narrowed(window, visit, width) for window in mine])
        plans *= len(list(_ways(replace(problem, carers=carers, locked=()), narrow)))
        if plans > MOST_PLANS:
            break
        visits.append(narrow)
    ids, names = {visit.id for visit in visits}, {carer.id for carer in carers}
    return replace(
        problem,
        carers=carers,
        visits=tuple(visits),
        locked=tuple(
            lock for lock in problem.locked if lock.visit in ids and names.issuperset(lock.carers)
        ),
    )
