"""A week that was read before, with the edits made to its draft since, and nothing read twice."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from backend.audit.models import AuditEntry
from backend.rota.models import Rota
from backend.rota.solver.ids import pk_of, visit_id
from backend.rota.solver.translate import WeekOfBranch, draft_rows

DRAFT_EDITS: Final = frozenset(
    {"visit.assigned", "visit.unassigned", "visit.locked", "visit.unlocked"}
)
"""What changes nothing but who makes one visit of a draft and when, or its lock."""


def edited_visits(week: WeekOfBranch, entries: Iterable[AuditEntry]) -> set[int] | None:
    """Return the visits of a week that entries edited; None where they may have done more.

    Drafts of other branches have a part in a week only where they lend its carers. Another draft
    of the same branch may have one: the rest since last week is reckoned from it.
    """
    here, people = f"branch:{week.rota.branch_id}", {row.pk for row in week.carers.carers}
    found = set()
    for entry in entries:
        if entry.event not in DRAFT_EDITS:
            return None
        if entry.chain != here and _carers(entry) & people:
            return None
        if entry.chain == here:
            if entry.body.get("rota") != week.rota.pk:
                return None
            found.add(int(entry.subject.partition(":")[2]))
    return found


def _carers(entry: AuditEntry) -> set[int]:
    """Return whom an edit gave a visit or took off it; a lock does neither."""
    return {pk for side in ("was", "is") for pk in entry.body.get(side, {}).get("carers", ())}


def redrafted(week: WeekOfBranch, rota: Rota, visits: Collection[int]) -> WeekOfBranch | None:
    """Return a week as it is after edits of these visits; None where it has to be read anew.

    That is so when a visit is not in the week, or a carer who has left was given or lost one: who
    is in a week depends on it.
    """
    locks, rows = draft_rows(rota, visits)
    names = set(map(visit_id, visits))
    problem = week.problem
    kept = {row.visit: row for row in week.draft.assignments}
    given = {row.visit: row for row in rows}
    touched = {pk_of(c) for row in (*rows, *map(kept.get, names)) if row for c in row.carers}
    if not names <= problem.visit_of.keys() or not touched <= _employed(week):
        return None
    after = {v: row for v, row in kept.items() if v not in names} | given
    held = {lock.visit: lock for lock in problem.locked if lock.visit not in names}
    held |= {lock.visit: lock for lock in locks}
    locked = tuple(held[v.id] for v in problem.visits if v.id in held)
    return replace(
        week,
        rota=rota,
        problem=problem if locked == problem.locked else replace(problem, locked=locked),
        draft=replace(
            week.draft, assignments=tuple(after[v.id] for v in problem.visits if v.id in after)
        ),
    )


def _employed(week: WeekOfBranch) -> set[int]:
    """Return the carers who are in the week whether or not they make a visit of it."""
    branch, days = week.rota.branch_id, week.week
    return {
        row.pk
        for row in week.carers.carers
        if row.branch_id == branch
        and (row.starts_on is None or row.starts_on < days.ends_before)
        and (row.ends_before is None or row.ends_before > days.starts_on)
    }
