"""One carer's day as a route: which of the possible visits, in which order, with which gaps.

The caller owns the starts and who makes which visit; here they are tied to one another by travel
times (H5) and by what the gaps make of the day: work, splits, idle minutes and stretches. The
limits themselves are the caller's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ortools.sat.python import cp_model

from scheduler.model import Carer, Policy, Visit
from scheduler.travel import Travel
from scheduler.units import DAY, Day, Minutes

Expression: TypeAlias = cp_model.LinearExpr | int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A visit that the carer may make: its place, its start, and whether they make it."""

    visit: Visit
    place: str
    start: cp_model.IntVar
    earliest: int
    latest: int
    is_made: cp_model.IntVar


class CarerDay:
    """The variables of one carer's day.

    Attributes
    ----------
    has_candidates
        Whether there is any visit to make at all.
    is_worked
        Whether any visit is made.
    begins, ends
        The first start and the last end; inside the day, and without meaning when it is free.
    work
        Visit minutes and travel that counts as work (H7).
    travel, idle, splits
        Travel minutes that count as work (S1), idle minutes (S6) and the number of splits.
    stretches
        For each visit that needs it: the minutes from the start of its stretch to its end, and
        the visit, to be held below the limit (H9).
    """

    def __init__(
        self,
        model: cp_model.CpModel,
        carer: Carer,
        day: Day,
        candidates: Sequence[Candidate],
        *,
        policy: Policy,
        travel: Travel,
    ) -> None:
        self._model, self._policy = model, policy
        self._candidates = candidates
        self._arcs: list[tuple[int, int, cp_model.LiteralT]] = []
        self._minutes: dict[tuple[int, int], Minutes] = {}
        for i, before in enumerate(candidates):
            for j, after in enumerate(candidates):
                if i != j:
                    # Under peaks the longest way, whenever the visit before ends: always safe.
                    first, last = (
                        before.visit.minutes + t for t in (before.earliest, before.latest)
                    )
                    way = travel.longest(before.place, after.place, carer.mode, first, last)
                    self._minutes[i, j] = way
        midnight = day * DAY
        self.has_candidates = bool(candidates)
        self.is_worked = model.new_bool_var("")
        self.begins = model.new_int_var(midnight, midnight + DAY, "")
        self.ends = model.new_int_var(midnight, midnight + DAY, "")
        self._is_split: dict[int, list[cp_model.IntVar]] = {}
        travel_parts: list[Expression] = []
        split_parts: list[cp_model.IntVar] = []
        self._short: dict[tuple[int, int], cp_model.IntVar] = {}
        self._split: dict[tuple[int, int], cp_model.IntVar] = {}
        self._add_ends()
        for i, j in self._minutes:
            self._add_leg(i, j, travel_parts, split_parts)
        model.add_circuit(self._arcs)
        contact = sum(row.visit.minutes * row.is_made for row in candidates)
        self.travel: Expression = sum(travel_parts)
        self.splits: Expression = sum(split_parts)
        self.work: Expression = contact + self.travel
        self.idle = self._idle(contact)
        self.stretches = self._stretches() if candidates else []

    def _add_ends(self) -> None:
        model = self._model
        self._arcs.append((0, 0, self.is_worked.negated()))
        for index, row in enumerate(self._candidates):
            is_first, is_last = model.new_bool_var(""), model.new_bool_var("")
            node = index + 1
            self._arcs += [
                (0, node, is_first),
                (node, 0, is_last),
                (node, node, row.is_made.negated()),
            ]
            model.add(self.begins == row.start).only_enforce_if(is_first)
            model.add(self.ends == row.start + row.visit.minutes).only_enforce_if(is_last)
            # Follows from the route; said plainly it makes the proof shorter.
            model.add(self.begins <= row.start).only_enforce_if(row.is_made)
            model.add(self.ends >= row.start + row.visit.minutes).only_enforce_if(row.is_made)
            model.add_implication(row.is_made, self.is_worked)

    def _add_leg(
        self,
        i: int,
        j: int,
        travel_parts: list[Expression],
        split_parts: list[cp_model.IntVar],
    ) -> None:
        """Add the ways to go from one visit to another: with a short gap, with a split."""
        before, after = self._candidates[i], self._candidates[j]
        way, limit = self._minutes[i, j], self._policy.split_gap_minutes
        smallest = after.earliest - before.latest - before.visit.minutes
        largest = after.latest - before.earliest - before.visit.minutes
        gap = after.start - before.start - before.visit.minutes
        if max(way, smallest) <= min(limit, largest):
            short = self._short[i, j] = self._model.new_bool_var("")
            self._model.add(gap >= way).only_enforce_if(short)
            if largest > limit:
                self._model.add(gap <= limit).only_enforce_if(short)
            self._arcs.append((i + 1, j + 1, short))
            travel_parts.append(way * short)
        if max(way, limit + 1) <= largest:
            split = self._split[i, j] = self._model.new_bool_var("")
            self._model.add(gap >= max(way, limit + 1)).only_enforce_if(split)
            self._arcs.append((i + 1, j + 1, split))
            split_parts.append(split)

    def _idle(self, contact: Expression) -> Expression:
        """Return the idle minutes: what is left of the day without work and without splits."""
        if not self._short:
            return 0
        model = self._model
        free: list[cp_model.IntVar] = []
        for j, after in enumerate(self._candidates):
            ways = [(i, split) for (i, k), split in self._split.items() if k == j]
            if not ways:
                continue
            minutes = model.new_int_var(0, DAY, "")
            model.add(minutes <= DAY * sum(split for _, split in ways))
            for i, split in ways:
                before = self._candidates[i]
                gap = after.start - before.start - before.visit.minutes
                model.add(minutes <= gap).only_enforce_if(split)
            free.append(minutes)
        idle = model.new_int_var(0, DAY, "")
        span = self.ends - self.begins
        model.add(idle >= span - contact - self.travel - sum(free)).only_enforce_if(self.is_worked)
        return idle

    def _stretches(self) -> list[tuple[Expression, Visit]]:
        rows, policy = self._candidates, self._policy
        longest = max(row.latest + row.visit.minutes for row in rows) - min(
            row.earliest for row in rows
        )
        if longest <= policy.stretch_minutes:
            return []
        model = self._model
        since = [model.new_int_var(row.earliest // DAY * DAY, row.latest, "") for row in rows]
        has_break = [model.new_bool_var("") for _ in rows]
        for row, begin in zip(rows, since, strict=True):
            model.add(begin <= row.start)
        for (i, j), leg in [*self._short.items(), *self._split.items()]:
            before, after, way = rows[i], rows[j], self._minutes[i, j]
            gap = after.start - before.start - before.visit.minutes
            model.add(gap >= way + policy.break_minutes).only_enforce_if(leg, has_break[j])
            model.add(since[j] <= since[i]).only_enforce_if(leg, has_break[j].negated())
        found: list[tuple[Expression, Visit]] = []
        for row, begin in zip(rows, since, strict=True):
            length = model.new_int_var(0, DAY, "")
            # The later its stretch is said to begin, the better: never later than it does.
            model.add(length >= row.start + row.visit.minutes - begin).only_enforce_if(row.is_made)
            found.append((length, row.visit))
        return found
