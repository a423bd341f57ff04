"""What would have to change so that an open visit is covered, in keys of rows."""

from dataclasses import dataclass, replace
from typing import Final

from backend.core.periods import DAY_MINUTES
from backend.rota.solver.ids import pk_of, visit_id
from backend.rota.solver.skill_days import SEPARATOR
from backend.rota.solver.translate import CONFIRMED_ADDRESS, WeekOfBranch
from scheduler import Assignment, Problem
from scheduler.exact.relaxation import RULES

PROVED: Final = "PROVED"
UNFINISHED: Final = "UNFINISHED"
NOT_OPEN: Final = "NOT_OPEN"
STATES: Final = (PROVED, UNFINISHED, NOT_OPEN)

KINDS: Final = tuple(RULES)
"""What may have to give way; the scheduler's `relaxation.py` says what each means."""

SECONDS: Final = 2.0
"""A person waits for the answer."""


@dataclass(frozen=True, slots=True)
class GivesWay:
    """One fact that would have to change; `day` 0 is Monday, `skills` are codes of skills."""

    kind: str
    rule: str
    carer_id: int | None
    day: int | None
    amount: int
    is_law: bool
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A visit as it would be; `start` is a wall-clock minute of its day."""

    visit_id: int
    start: int
    carer_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WayToCover:
    """What would give way, and the visits that change: the open one first."""

    gives_way: tuple[GivesWay, ...]
    changes: tuple[ChangedRow, ...]
    is_minimal: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """The ways to cover a visit, the least first.

    Attributes
    ----------
    state
        "PROVED" when each way is the least and no other was left out for want of time,
        "UNFINISHED" when that could not be proved in time, "NOT_OPEN" when nobody is missing.
    pin_confirmed
        Somebody has confirmed the pin of the address. Where not, that comes first; the ways say
        what it takes besides.
    carer_ids
        The carers who were looked at, the nearest ones.
    """

    state: str
    pin_confirmed: bool
    carer_ids: tuple[int, ...]
    ways: tuple[WayToCover, ...]


def ways_for(week: WeekOfBranch, visit: int) -> Cover:
    """Find what it would take to cover a visit; nothing is changed by asking."""
    name = visit_id(visit)
    problem, draft = week.problem, week.draft
    is_open = name in problem.visit_of and all(row.visit != name for row in draft.assignments)
    if not is_open:
        return Cover(NOT_OPEN, pin_confirmed=True, carer_ids=(), ways=())
    # OR-Tools takes a second and 100 MB to load; a web process that is never asked does without.
    from scheduler.exact.cover import ways_to_cover

    needed = problem.visit_of[name].skills
    pin_confirmed = CONFIRMED_ADDRESS not in needed
    study = ways_to_cover(_as_if_confirmed(problem, name), draft, name, seconds=SECONDS)
    return Cover(
        state=PROVED if study.is_complete else UNFINISHED,
        pin_confirmed=pin_confirmed,
        carer_ids=tuple(map(pk_of, study.carers)),
        ways=tuple(
            WayToCover(
                gives_way=tuple(
                    GivesWay(
                        kind=row.kind,
                        rule=row.rule,
                        carer_id=None if row.carer is None else pk_of(row.carer),
                        day=row.day,
                        amount=row.amount,
                        is_law=row.is_law,
                        skills=tuple(skill.split(SEPARATOR)[0] for skill in row.skills),
                    )
                    for row in way.relaxations
                ),
                changes=tuple(map(_changed, way.changes)),
                is_minimal=way.is_minimal,
            )
            for way in study.ways
        ),
    )


def _changed(row: Assignment) -> ChangedRow:
    return ChangedRow(pk_of(row.visit), row.start % DAY_MINUTES, tuple(map(pk_of, row.carers)))


def _as_if_confirmed(problem: Problem, name: str) -> Problem:
    """Return the problem with one visit's address taken as confirmed."""
    visits = tuple(
        replace(visit, skills=tuple(s for s in visit.skills if s != CONFIRMED_ADDRESS))
        if visit.id == name
        else visit
        for visit in problem.visits
    )
    return replace(problem, visits=visits)
