"""Why each open visit is open: the rules that kept each carer away, and who was nearest."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from scheduler.explain.judge import Judge
from scheduler.explain.opening import Opening
from scheduler.explain.order import nearest_first
from scheduler.explain.verdict import CANNOT, Verdict
from scheduler.rules import (
    availability,
    breaks,
    code_order,
    days_worked,
    rest,
    suitability,
    voted_days,
    voted_nights,
    voted_weekends,
    working_time,
)
from scheduler.units import moment_text

NEAREST: Final = 3
"""So many of the nearest carers are named."""
LOOKED_AT_CLOSELY: Final = 12
"""For so many of them it is worked out whether moving one other visit would do."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A carer who was near to taking an open visit.

    `code` is the first rule in the way, None when there is none; `change` says what would have
    to change.
    """

    carer: str
    code: str | None
    message: str
    change: str


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """An open visit and what kept it open.

    `reasons` counts, by code, the carers kept away first by that rule. Those who could take the
    visit in the rota as it stands are not among them. `nearest` begins with the nearest carer.
    """

    visit: str
    reasons: Mapping[str, int]
    nearest: tuple[Nearest, ...]


def open_visit(judge: Judge, opening: Opening) -> OpenVisit:
    """Explain one open visit."""
    verdicts = judge.verdicts(opening)
    reasons = Counter(verdict.code for verdict in verdicts if verdict.code is not None)
    by_code = dict(sorted(reasons.items(), key=lambda item: code_order(item[0])))
    near = nearest_first(verdicts)[:LOOKED_AT_CLOSELY]
    closer = nearest_first([judge.with_move(verdict, opening) for verdict in near])
    return OpenVisit(opening.visit.id, by_code, tuple(_nearest(closer[:NEAREST], opening)))


def _nearest(verdicts: Iterable[Verdict], opening: Opening) -> Iterable[Nearest]:
    for verdict in verdicts:
        yield Nearest(verdict.carer, verdict.code, verdict.message, _change(verdict, opening))


def _change(verdict: Verdict, opening: Opening) -> str:
    """Say in one sentence what would have to change for this carer to take the visit."""
    if verdict.moves is not None:
        return f"Move visit {verdict.moves}, or give it to somebody else."
    if verdict.outcome != CANNOT and verdict.start is not None:
        second = " Find a second carer for the same time." if verdict.code else ""
        return f"Give it to this carer at {moment_text(verdict.start)}.{second}"
    visit, missing = opening.visit, verdict.shortfall
    changes = {
        suitability.CODE: "Only a change of skills, or of what the client asks for, would help.",
        availability.CODE: (
            f"Ask for {missing} minutes more of availability around {moment_text(visit.target)}."
        ),
        rest.CODE: f"The rest would have to be {missing} minutes longer.",
        working_time.CODE: f"The limit of work would have to be {missing} minutes higher.",
        days_worked.CODE: "The carer would have to work one day more, or leave another day free.",
        breaks.CODE: f"A break would have to come {missing} minutes earlier.",
        voted_days.CODE: "The carer would have to be free on another day of that row.",
        voted_weekends.CODE: "This weekend is to be free for the carer, by the members' vote.",
        voted_nights.CODE: f"The evening or the morning would have to move by {missing} minutes.",
    }
    return changes.get(verdict.code or "", "More than one other visit would have to move.")
