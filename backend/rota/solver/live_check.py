"""The rules over a draft while people work on it, and over one change before it is made."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from backend.core.periods import DAY_MINUTES
from backend.rota.law import Finding
from backend.rota.solver.ids import carer_id, pk_of, visit_id
from backend.rota.solver.known_only import KNOWN_TO_CLIENT
from backend.rota.solver.law_records import law_breaches, worsened
from backend.rota.solver.skill_days import DAY_NAMES, SEPARATOR
from backend.rota.solver.translate import CONFIRMED_ADDRESS, WeekOfBranch
from scheduler import Assignment, Breach, Solution, check

_DAY_OF_SKILL = re.compile(rf"{SEPARATOR}(?:{'|'.join(DAY_NAMES)})\b")
_Where: TypeAlias = tuple[str, str | None, int | None]


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A hard rule that a draft breaks, in keys of rows; `day` 0 is Monday."""

    code: str
    carer_id: int | None
    visit_id: int | None
    day: int | None
    message: str


def broken_rules(week: WeekOfBranch) -> list[BrokenRule]:
    """Return every hard rule the draft breaks, in the order of the rules' codes."""
    return [
        *rules_broken(check(week.problem, week.draft)),
        *law_broken(law_breaches(week.law, week.problem, week.draft)),
    ]


def law_broken(findings: Iterable[Finding]) -> list[BrokenRule]:
    """Return what the law refuses as rules that are broken."""
    return [BrokenRule(row.code, row.carer, row.visit, row.day, row.message) for row in findings]


def rules_broken(breaches: Iterable[Breach]) -> list[BrokenRule]:
    """Return the scheduler's breaches in keys of rows and in words for people."""
    return [
        BrokenRule(
            code=breach.code,
            carer_id=None if breach.carer is None else pk_of(breach.carer),
            visit_id=None if breach.visit is None else pk_of(breach.visit),
            day=breach.day,
            message=plain_words(breach.message),
        )
        for breach in breaches
    ]


def rules_broken_by(
    week: WeekOfBranch, *, visit: int, day: int, minute: int, carers: Sequence[int]
) -> list[BrokenRule]:
    """Return the rules that giving one visit to `carers` would newly break or break further.

    A draft may be broken already, by sickness or a changed package; what is not made worse by
    this change does not stand in its way, or nothing could be mended step by step.
    """
    given = Assignment(
        visit_id(visit), day * DAY_MINUTES + minute, tuple(carer_id(pk) for pk in carers)
    )
    kept = (row for row in week.draft.assignments if row.visit != given.visit)
    changed = Solution(week.problem.name, (*kept, given))
    unlocked = replace(
        week.problem,
        locked=tuple(lock for lock in week.problem.locked if lock.visit != given.visit),
    )
    return [
        *rules_broken(_added(check(unlocked, week.draft), check(unlocked, changed))),
        *law_broken(
            worsened(
                law_breaches(week.law, unlocked, week.draft, carers),
                law_breaches(week.law, unlocked, changed, carers),
            )
        ),
    ]


def rules_broken_by_loans(week: WeekOfBranch, carers: Collection[int]) -> list[BrokenRule]:
    """Return the rules that some carers' weeks break because they work for another branch as well.

    What is broken without that work as well does not stand in its way.
    """
    names = {carer_id(pk) for pk in carers}
    at_home = Solution(
        week.problem.name, tuple(row for row in week.draft.assignments if week.is_own(row.visit))
    )
    unlocked = replace(week.problem, locked=())
    added = _added(check(unlocked, at_home), check(unlocked, week.draft))
    return [
        *rules_broken(breach for breach in added if breach.carer in names),
        *law_broken(
            worsened(
                law_breaches(week.law, unlocked, at_home, carers),
                law_breaches(week.law, unlocked, week.draft, carers),
            )
        ),
    ]


def plain_words(message: str) -> str:
    """Return a message of the scheduler without the names that only problems use."""
    if CONFIRMED_ADDRESS in message:
        return "Somebody must confirm the pin of the client's address first."
    if KNOWN_TO_CLIENT in message:
        return "The funder asks that short visits are made by somebody the client has met."
    return _DAY_OF_SKILL.sub("", message).replace("_", " ")


def _added(before: Iterable[Breach], after: Iterable[Breach]) -> list[Breach]:
    known: dict[_Where, int] = defaultdict(int)
    for breach in before:
        known[_where(breach)] += breach.shortfall
    found: dict[_Where, int] = defaultdict(int)
    rows = list(after)
    for breach in rows:
        found[_where(breach)] += breach.shortfall
    return [row for row in rows if found[_where(row)] > known[_where(row)]]


def _where(breach: Breach) -> _Where:
    # A short night names the first visit after it; another visit may be the first after the
    # change, so rules about a carer are told apart by the day and not by the visit.
    return breach.code, breach.carer or breach.visit, breach.day
