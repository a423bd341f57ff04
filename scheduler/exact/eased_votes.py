"""V1 to V3 on the one day that an open visit is to be fitted into; other days stay as they are."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ortools.sat.python import cp_model

from scheduler.exact.carer_day import CarerDay, Expression
from scheduler.exact.relaxation import Kind
from scheduler.model import Problem
from scheduler.rules import CarerWeek, voted_days, voted_nights, voted_weekends
from scheduler.units import DAY, DAYS_IN_WEEK, SATURDAY, Day

Old = Mapping[tuple[str, Day | None], int]
"""How far a carer's week breaks each rule on each day already."""


def days_over(
    week: CarerWeek, problem: Problem, number: Day, old: Old
) -> Iterator[tuple[Kind, Day, int]]:
    """Yield what working on a day breaks anew of V1 and V2: the kind, the day and by how much."""
    voted = problem.policy.voted
    worked = {day.day for day in week.days} | {number}
    row = week.carer.days_in_a_row_before
    for day in range(DAYS_IN_WEEK):
        row = row + 1 if day in worked else 0
        known = old.get((voted_days.CODE, day), 0)
        if voted.max_consecutive_days is not None and row - voted.max_consecutive_days > known:
            yield "VOTED_ROW", day, row - voted.max_consecutive_days - known
    is_free = not voted_weekends.may_work_weekend(week.carer, problem.policy)
    if is_free and number >= SATURDAY and not old.get((voted_weekends.CODE, number)):
        yield "VOTED_WEEKEND", number, 1


def add_nights(
    model: cp_model.CpModel,
    week: CarerWeek,
    day: CarerDay,
    number: Day,
    problem: Problem,
    *,
    old: Old,
    ease: Callable[..., Any],
) -> None:
    """Ask for V3 before and after the day; `ease` makes the minutes by which a night gives way."""
    voted, midnight = problem.policy.voted, number * DAY
    latest = voted.latest_finish_before_early
    if latest is None:
        return
    eve, tomorrow = week.day(number - 1), week.day(number + 1)
    last_end = week.carer.last_end if number == 0 else eve.last_end if eve else midnight - DAY
    late = last_end - (midnight - DAY + latest)
    first = tomorrow.first.start if tomorrow else midnight + 2 * DAY
    soon = midnight + DAY + voted.early_start - first

    def held(named: Day, fixed: int, moving: Expression) -> None:
        """Whichever is less gives way: the other day's minutes, or this one's."""
        allowed = ease("VOTED_NIGHT", DAY, carer=week.carer.id, day=named)
        allowed += old.get((voted_nights.CODE, named), 0)
        is_this = model.new_bool_var("")
        model.add(moving <= allowed).only_enforce_if(day.is_worked, is_this)
        model.add(allowed >= fixed).only_enforce_if(day.is_worked, is_this.negated())

    if late > 0:
        held(number, late, midnight + voted.early_start - day.begins)
    if soon > 0:
        held(number + 1, soon, day.ends - (midnight + latest))
