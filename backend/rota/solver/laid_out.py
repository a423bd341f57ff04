"""A branch's draft laid out by the scheduler, read in keys of rows: work, journeys, figures."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db import connection

from backend.audit.services import entries_since, heads
from backend.rota.law import Finding, WorkRecord, warnings_of
from backend.rota.law import breaches_of as breaches_of_law
from backend.rota.models import Rota
from backend.rota.solver.figures import figures_of_plan
from backend.rota.solver.ids import carer_id, pk_of
from backend.rota.solver.law_facts import Advice, advice_for
from backend.rota.solver.law_records import records_of
from backend.rota.solver.live_check import BrokenRule, law_broken, rules_broken
from backend.rota.solver.redraft import edited_visits, redrafted
from backend.rota.solver.translate import WeekOfBranch, week_of_branch
from scheduler import Assignment
from scheduler import Carer as ProblemCarer
from scheduler import Client as ProblemClient
from scheduler.explain import Judge
from scheduler.rules import CarerWeek
from scheduler.score import beyond_votes_of, breaches_of


class LaidOutWeek:
    """One look at a draft. What is worked out is worked out once."""

    def __init__(self, rota: Rota, source: WeekOfBranch | None = None) -> None:
        self.source: WeekOfBranch = week_of_branch(rota) if source is None else source
        self.judge = Judge(self.source.problem, self.source.draft)
        self._plan = self.judge.plan

    @cached_property
    def broken(self) -> list[BrokenRule]:
        """Every hard rule the draft breaks."""
        refused = breaches_of_law(self._records(None))
        return [*rules_broken(breaches_of(self._plan)), *law_broken(refused)]

    @cached_property
    def beyond_votes(self) -> list[BrokenRule]:
        """What is beyond a vote that is priced and not forbidden (V4 to V6)."""
        return rules_broken(beyond_votes_of(self._plan))

    @cached_property
    def law_warnings(self) -> list[Finding]:
        """What the law allows and wants to be seen, in the order of the rules."""
        return warnings_of(self._records(advice_for(self.source.law)))

    def _records(self, advice: Advice | None) -> list[WorkRecord]:
        facts, weeks = self.source.law, self._plan.weeks.values()
        return records_of(facts, self.source.problem, weeks, advice)

    @cached_property
    def figures(self) -> dict[str, Any]:
        """The figures by which people judge the week."""
        return figures_of_plan(self._plan, len(self.broken))

    @cached_property
    def journeys(self) -> dict[tuple[int, int], int]:
        """Minutes of the journey to a visit from the one before on that day, by (visit, carer).

        The first visit of a carer's day has no entry.
        """
        return {
            (pk_of(leg.after.visit.id), pk_of(name)): leg.travel
            for name, week in self._plan.weeks.items()
            for leg in week.legs()
        }

    @cached_property
    def clients(self) -> dict[int, ProblemClient]:
        """The clients of the week by key."""
        return {pk_of(client.id): client for client in self.source.problem.clients}

    @cached_property
    def carer_names(self) -> dict[int, str]:
        """The names of the week's carers by key."""
        return {row.pk: row.name for row in self.source.carers.carers}

    @cached_property
    def client_names(self) -> dict[int, str]:
        """The client's name by visit."""
        return dict(self.source.rota.visits.values_list("pk", "client__name"))

    def carer(self, pk: int) -> ProblemCarer:
        """Return a carer as the rules see them this week."""
        return self.source.problem.carer_of[carer_id(pk)]

    def given(self, visit: str) -> Assignment | None:
        """Return what the draft says of a visit of the problem, None when it is open."""
        return self._plan.given.get(visit)

    def work_minutes(self, pk: int) -> int:
        """Return the minutes a carer is planned to work: visits and the travel that counts."""
        return self._week(pk).work(self.source.problem.policy.split_gap_minutes)

    def contact_minutes(self, pk: int) -> int:
        """Return the minutes a carer is planned to spend with clients."""
        return sum(stop.end - stop.start for stop in self._week(pk).stops())

    def planned_carers(self) -> dict[int, set[int]]:
        """Return the carers that the draft sends to each client."""
        found: dict[int, set[int]] = {pk: set() for pk in self.clients}
        visits = self.source.problem.visit_of
        for row in self._plan.given.values():
            found[pk_of(visits[row.visit].client)].update(pk_of(name) for name in row.carers)
        return found

    def _week(self, pk: int) -> CarerWeek:
        return self._plan.weeks[carer_id(pk)]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A week, and the heads of all audit chains from before it was read."""

    heads: Mapping[str, int]
    week: LaidOutWeek


_KEPT_WEEKS: Final = 4
"""So many weeks are kept in each process."""
_MOST_EDITS: Final = 100
"""After more than so many edits a week is read anew."""
_kept: OrderedDict[int, _Kept] = OrderedDict()
_kept_lock = threading.Lock()


def laid_out_week(rota: Rota) -> LaidOutWeek:
    """Return a draft laid out, for reading; kept from the last time where that is enough.

    Reading a branch's week takes longer than judging one visit of it. Every write leaves an audit
    entry in its own transaction. So a week is kept until the next entry in any chain, and where
    the entries since tell of nothing but edits of drafts, only the visits that were edited are
    read. Services that write do not judge by this: they read the week anew under its lock.
    """
    if connection.in_atomic_block:
        # What is seen here may yet be undone.
        return LaidOutWeek(rota)
    # Looked up before the week is read: what is written meanwhile counts as not yet seen.
    now = heads()
    with _kept_lock:
        kept = _kept.get(rota.pk)
    week = _as_of_now(kept, rota, now) or LaidOutWeek(rota)
    with _kept_lock:
        _kept[rota.pk] = _Kept(now, week)
        _kept.move_to_end(rota.pk)
        while len(_kept) > _KEPT_WEEKS:
            _kept.popitem(last=False)
    return week


def _as_of_now(kept: _Kept | None, rota: Rota, now: Mapping[str, int]) -> LaidOutWeek | None:
    """Return a kept week with the edits since; None where it has to be read anew."""
    if kept is None:
        return None
    week = kept.week
    if kept.heads == now:
        return week if week.source.rota.version == rota.version else None
    entries = entries_since(kept.heads, most=_MOST_EDITS + 1)
    visits = edited_visits(week.source, entries) if len(entries) <= _MOST_EDITS else None
    if visits is None:
        return None
    if not visits and week.source.rota.version == rota.version:
        return week
    source = redrafted(week.source, rota, visits)
    return None if source is None else LaidOutWeek(rota, source)
