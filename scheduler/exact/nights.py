"""Rest between an end and a begin, by the wall and in real time, as `rules/rest.py` counts it."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from scheduler.exact.carer_day import Expression
from scheduler.model import ClockChange


def add_rest(
    model: cp_model.CpModel,
    end: Expression,
    begin: Expression,
    wanted: Expression,
    *,
    change: ClockChange | None,
    when: Sequence[cp_model.IntVar],
) -> None:
    """Ask for `wanted` minutes of rest from `end` to `begin` when all literals hold.

    In spring a rest that spans the change is an hour shorter than the wall says; in autumn the
    wall is the stricter of the two.
    """
    model.add(begin - end >= wanted).only_enforce_if(*when)
    if change is None or change.shift < 0:
        return
    is_over, is_later = model.new_bool_var(""), model.new_bool_var("")
    model.add(end >= change.minute + 1).only_enforce_if(is_over)
    model.add(begin <= change.minute).only_enforce_if(is_later)
    model.add(begin - end >= wanted + change.shift).only_enforce_if(
        *when, is_over.negated(), is_later.negated()
    )
