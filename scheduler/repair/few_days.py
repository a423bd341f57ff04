"""A few days of a week by themselves, the other days standing as they were told."""

from collections.abc import Collection
from dataclasses import replace

from scheduler.model import Carer, Problem, Solution
from scheduler.rules import CarerWeek, plan_of
from scheduler.units import DAY, DAYS_IN_WEEK, Day


def only_days(problem: Problem, plan: Solution, days: Collection[Day]) -> tuple[Problem, Solution]:
    """Return the week and its plan with these days alone.

    What a carer does on the other days is taken off the hours and days of the week, and off the
    availability next to them so that the nightly rest stays.
    """
    weeks = plan_of(problem, plan).weeks
    visits = tuple(visit for visit in problem.visits if visit.day in days)
    kept = {visit.id for visit in visits}
    part = replace(
        problem,
        carers=tuple(_on_days(carer, weeks[carer.id], days, problem) for carer in problem.carers),
        visits=visits,
        locked=tuple(lock for lock in problem.locked if lock.visit in kept),
        published=tuple(row for row in problem.published if row.visit in kept),
    )
    rows = tuple(row for row in plan.assignments if row.visit in kept)
    return part, Solution(plan.problem, rows)


def _on_days(carer: Carer, week: CarerWeek, days: Collection[Day], problem: Problem) -> Carer:
    policy = problem.policy.for_carer(carer)
    others = [day for day in week.days if day.day not in days]
    work = sum(day.work(policy.split_gap_minutes) for day in others)
    soonest = {day.day: day.last_end + policy.daily_rest_minutes for day in others}
    latest = {day.day: day.first.start - policy.daily_rest_minutes for day in others}
    available = []
    for start, end in carer.available:
        day = start // DAY
        before = max((soonest[d] for d in range(day) if d in soonest), default=start)
        after = min((latest[d] for d in range(day + 1, DAYS_IN_WEEK) if d in latest), default=end)
        window = (max(start, before), min(end, after))
        if day in days and window[0] < window[1]:
            available.append(window)
    return replace(
        carer,
        available=tuple(available),
        guaranteed_minutes=max(0, carer.guaranteed_minutes - work),
        max_week_minutes=max(0, carer.max_week_minutes - work),
        max_days=max(0, carer.max_days - len(others)),
    )
