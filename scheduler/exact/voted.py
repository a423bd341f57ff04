"""V1 to V3 in the exact model of a week. What is priced of votes is left out: it only adds."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from scheduler.exact.carer_day import CarerDay
from scheduler.model import Carer, Policy
from scheduler.rules.voted_weekends import may_work_weekend
from scheduler.units import DAY, DAYS_IN_WEEK, SATURDAY


def add_voted(
    model: cp_model.CpModel, carer: Carer, days: Sequence[CarerDay], policy: Policy
) -> None:
    """Hold a carer's week, of seven days, to what members voted."""
    _add_days_in_a_row(model, carer, days, policy)
    if not may_work_weekend(carer, policy):
        for day in days[SATURDAY:]:
            model.add(day.is_worked == 0)
    _add_nights(model, carer, days, policy)


def _add_days_in_a_row(
    model: cp_model.CpModel, carer: Carer, days: Sequence[CarerDay], policy: Policy
) -> None:
    most = policy.voted.max_consecutive_days
    if most is None:
        return
    for first in range(DAYS_IN_WEEK - most):
        model.add(sum(day.is_worked for day in days[first : first + most + 1]) <= most)
    if carer.days_in_a_row_before:
        # The row that began before Monday must end after so many days.
        left = max(0, most - carer.days_in_a_row_before)
        model.add(sum(day.is_worked for day in days[: left + 1]) <= left)


def _add_nights(
    model: cp_model.CpModel, carer: Carer, days: Sequence[CarerDay], policy: Policy
) -> None:
    latest, early = policy.voted.latest_finish_before_early, policy.voted.early_start
    if latest is None:
        return
    if carer.last_end > latest - DAY:
        model.add(days[0].begins >= early).only_enforce_if(days[0].is_worked)
    for number in range(1, DAYS_IN_WEEK):
        before, after = days[number - 1], days[number]
        both = (before.is_worked, after.is_worked)
        is_soon = model.new_bool_var("")
        model.add(before.ends <= (number - 1) * DAY + latest).only_enforce_if(*both, is_soon)
        model.add(after.begins >= number * DAY + early).only_enforce_if(*both, is_soon.negated())
