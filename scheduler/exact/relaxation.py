"""What would have to give way for an open visit to be covered, as codes and figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from scheduler.model import Assignment
from scheduler.rules import (
    availability,
    breaks,
    days_worked,
    locks,
    rest,
    suitability,
    visit_order,
    voted_days,
    voted_nights,
    voted_weekends,
    window,
    working_time,
)
from scheduler.units import Day

Kind: TypeAlias = Literal[
    "WINDOW",
    "AVAILABILITY",
    "LOCK",
    "DAYS",
    "AWAY",
    "DAY_WORK",
    "GENDER",
    "SKILL",
    "DECLINE",
    "VOTED_ROW",
    "VOTED_WEEKEND",
    "VOTED_NIGHT",
    "ORDER",
    "WEEK_WORK",
    "BREAK",
    "DAILY_REST",
    "WEEKLY_REST",
]

RULES: Final[Mapping[Kind, str]] = {
    "WINDOW": window.CODE,
    "AVAILABILITY": availability.CODE,
    "LOCK": locks.CODE,
    "DAYS": days_worked.CODE,
    "AWAY": availability.CODE,
    "DAY_WORK": working_time.CODE,
    "GENDER": suitability.CODE,
    "SKILL": suitability.CODE,
    "DECLINE": suitability.CODE,
    "VOTED_ROW": voted_days.CODE,
    "VOTED_WEEKEND": voted_weekends.CODE,
    "VOTED_NIGHT": voted_nights.CODE,
    "ORDER": visit_order.CODE,
    "WEEK_WORK": working_time.CODE,
    "BREAK": breaks.CODE,
    "DAILY_REST": rest.CODE,
    "WEEKLY_REST": rest.CODE,
}
"""The rule that each kind of relaxation eases."""

LAW: Final[frozenset[Kind]] = frozenset({"WEEK_WORK", "BREAK", "DAILY_REST", "WEEKLY_REST"})
"""WTR-01, WTR-03, WTR-04, WTR-05. A week's limit may be the contract's alone, but a problem does
not say which, and what may be the law is treated as the law."""

_AGREED, _LIMIT, _SAFETY, _LAW = 1, 10, 100, 1000

DEARNESS: Final[Mapping[Kind, int]] = {
    "WINDOW": _AGREED,
    "AVAILABILITY": _AGREED,
    "LOCK": _AGREED,
    "DAYS": _AGREED,
    "AWAY": _LIMIT,
    "DAY_WORK": _LIMIT,
    "GENDER": _LIMIT,
    "VOTED_ROW": _LIMIT,
    "VOTED_WEEKEND": _LIMIT,
    "VOTED_NIGHT": _LIMIT,
    "SKILL": _SAFETY,
    "DECLINE": _SAFETY,
    "ORDER": _SAFETY,
    **dict.fromkeys(LAW, _LAW),
}
"""How much sooner one thing gives way than another: what can be agreed by asking, limits and
wishes behind which there is more, safety, the law."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One fact that would have to change.

    Attributes
    ----------
    kind
        "WINDOW" another start of the visit; "AVAILABILITY" longer hours of a carer on a day,
        "AWAY" any at all; "LOCK" other carers than those it is locked to; "DAYS" a day more in
        the week; "DAY_WORK", "WEEK_WORK" more minutes of work; "GENDER", "SKILL", "DECLINE" what
        the carer is or is not; "ORDER" nearer to the visit before or after; "BREAK" a longer
        stretch; "VOTED_ROW", "VOTED_WEEKEND", "VOTED_NIGHT" what members voted of days in a row,
        weekends, and evenings before early starts; "DAILY_REST", "WEEKLY_REST" a shorter rest.
    rule
        The code of the rule that it eases.
    carer, visit, day
        Whom and what it concerns; None where it is not about one.
    amount
        By how much: minutes, or a number of skills, days and the like.
    skills
        The missing skills of a "SKILL".
    is_law
        The rule is the law's, not the co-operative's to waive.
    """

    kind: Kind
    rule: str
    carer: str | None
    visit: str | None
    day: Day | None
    amount: int
    is_law: bool
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One way to cover the visit: what must give way, and the rows that change.

    Attributes
    ----------
    changes
        The visit's own row first, then other visits of the day at another start or with others.
    is_minimal
        Proved: among the carers looked at, and with only that day's visits around it moved, there
        is no cheaper set, other than those of the ways before this one and what contains them.
    """

    relaxations: tuple[Relaxation, ...]
    changes: tuple[Assignment, ...]
    is_minimal: bool


@dataclass(frozen=True, slots=True)
class Study:
    """The ways to cover one open visit, the least first.

    Attributes
    ----------
    carers
        Those who were looked at, the nearest of the week.
    is_complete
        Every way is minimal, and all that were asked for, or all there are, were found in time.
    """

    visit: str
    ways: tuple[Way, ...]
    carers: tuple[str, ...]
    is_complete: bool
