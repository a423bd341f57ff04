"""Judges carers for visits, by trying the visit in the carer's week against every hard rule."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from scheduler.explain.opening import Opening, Openings
from scheduler.explain.pricing import Pricing
from scheduler.explain.starts import available_starts, starts_to_try
from scheduler.explain.verdict import CAN, CAN_IF, CANNOT, Fault, Verdict
from scheduler.model import Assignment, Carer, Problem, Solution, Visit
from scheduler.rules import (
    CARER_RULES,
    Breach,
    CarerWeek,
    Stop,
    availability,
    breaks,
    code_order,
    days_worked,
    locks,
    plan_of,
    rest,
    stop_at,
    suitability,
    team,
    travel_time,
    visit_order,
    working_time,
)
from scheduler.score import COST_DECIMALS
from scheduler.units import Minute, Points, moment_text

# Judged before any start is tried, since they do not depend on the rest of the carer's week.
TRIED_RULES: Final = tuple(
    rule for rule in CARER_RULES if rule.CODE not in {suitability.CODE, availability.CODE}
)


class Judge:
    """Judges any carer for any visit of one plan. What many verdicts need is worked out once.

    A rule counts as in the way only where the visit breaks it anew or breaks it further, so that
    a week with an old fault can still be mended visit by visit.
    """

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.plan = plan_of(problem, solution)
        self._problem = problem
        self._openings = Openings(self.plan)
        self._pricing = Pricing(self.plan)
        self._old_faults: dict[str, dict[tuple[object, ...], int]] = {}
        self._takers: dict[str, str | None] = {}

    def opening(self, visit_id: str, *, ignores_lock: bool = False) -> Opening:
        """Return the opening that a visit is; see `Openings.of`."""
        return self._openings.of(visit_id, ignores_lock=ignores_lock)

    def verdicts(self, opening: Opening) -> list[Verdict]:
        """Return one verdict for each carer, in the problem's order, without `moves`."""
        found = [self._verdict(carer, opening) for carer in self._problem.carers]
        if opening.row is None and opening.visit.carers > 1:
            found = self._paired(opening, found)
        if opening.is_blocked:
            found = [_blocked(verdict, opening) for verdict in found]
        return found

    def verdict_on(self, carer_id: str, opening: Opening) -> Verdict:
        """Return the verdict on one carer, without `moves` and without a partner in a double-up."""
        found = self._verdict(self._problem.carer_of[carer_id], opening)
        return _blocked(found, opening) if opening.is_blocked else found

    def with_move(self, verdict: Verdict, opening: Opening) -> Verdict:
        """Return "CAN_IF" in place of "CANNOT" when one other visit of the carer is in the way."""
        tried = {rule.CODE for rule in TRIED_RULES}
        if verdict.outcome != CANNOT or verdict.code not in tried or opening.is_blocked:
            return verdict
        left_open: Verdict | None = None
        for other, start in self._ways_by_moving(verdict.carer, opening, verdict.code):
            to, when = self._new_place(verdict.carer, other, opening, start)
            found = replace(
                verdict,
                outcome=CAN_IF,
                message=f"{verdict.message} Possible when visit {other.visit.id} "
                f"({moment_text(other.start)}) {_what_of_it(to, when)}.",
                start=start,
                moves=other.visit.id,
                moves_to=to,
                moves_start=when,
            )
            if to is not None or when is not None:
                return found
            left_open = left_open or found
        return left_open or verdict

    def faults(self, verdict: Verdict, opening: Opening) -> tuple[Fault, ...]:
        """Return every rule in the way of a carer at the planned start, the deciding one first.

        The deciding one is as in the verdict, where another start may come nearer.
        """
        if verdict.code is None:
            return ()
        found = {verdict.code: Fault(verdict.code, verdict.shortfall)}
        for fault in self._faults_at(verdict.carer, opening, opening.preferred):
            found.setdefault(fault.code, fault)
        return tuple(found.values())

    def _faults_at(self, carer_id: str, opening: Opening, start: Minute) -> Iterator[Fault]:
        visit, week = opening.visit, self.plan.weeks[carer_id]
        client = self._problem.client_of[visit.client]
        for shortfall, _ in suitability.misfits(week.carer, visit, client):
            yield Fault(suitability.CODE, shortfall)
        outside = availability.minutes_outside(week.carer, start, start + visit.minutes)
        if outside:
            yield Fault(availability.CODE, outside)
        for breach in self._breaches(week, opening, start):
            yield Fault(breach.code, breach.shortfall)

    def _ways_by_moving(
        self, carer_id: str, opening: Opening, code: str
    ) -> Iterator[tuple[Stop, Minute]]:
        """Yield each visit without which the carer could, and the start that is then possible."""
        week = self.plan.weeks[carer_id]
        starts = self._starts(week, opening)
        for other in self._in_the_way(week, opening, code):
            lighter = week.without(other.visit.id, self.plan.travel)
            for start in starts:
                if self._fault(lighter, opening, start) is None and self._outgoing(opening, start):
                    yield other, start
                    break

    def _new_place(
        self, carer_id: str, other: Stop, opening: Opening, start: Minute
    ) -> tuple[str | None, Minute | None]:
        """Return who could take the other visit as it is, or else when its carer could make it."""
        at = self.opening(other.visit.id)
        taker = self._taker(at, other.start)
        if taker is not None:
            return taker, None
        if at.visit.carers > 1 or _follow_each_other(at.visit, opening.visit):
            return None, None
        week = self.plan.weeks[carer_id].without(at.visit.id, self.plan.travel)
        stop = stop_at(opening.visit, start, self._problem)
        fuller = week.with_stop(stop, self.plan.travel)
        for when in self._starts(fuller, at):
            if when != other.start and self._fault(fuller, at, when) is None:
                return None, when
        return None, None

    def _taker(self, opening: Opening, start: Minute) -> str | None:
        """Return another carer who could be there at a start; those the client knows come first.

        Whoever is on the visit now cannot be the one, so the answer is the same for all who would
        leave it, and is kept.
        """
        key = opening.visit.id
        if key not in self._takers:
            familiar = self._problem.client_of[opening.visit.client].familiar
            others = sorted(self._problem.carers, key=lambda carer: carer.id not in familiar)
            on_it = opening.row.carers if opening.row else ()
            self._takers[key] = next(
                (
                    other.id
                    for other in others
                    if other.id not in on_it
                    and next(self._faults_at(other.id, opening, start), None) is None
                ),
                None,
            )
        return self._takers[key]

    def _verdict(self, carer: Carer, opening: Opening) -> Verdict:
        visit, row = opening.visit, opening.row
        if row is not None and carer.id in row.carers:
            return Verdict(carer.id, CAN, None, "Makes this visit now.", 0.0, row.start)
        if opening.lock is not None and carer.id not in opening.lock.carers:
            return _cannot(carer, locks.CODE, "The visit is locked to other carers.", 1)
        client = self._problem.client_of[visit.client]
        for shortfall, message in suitability.misfits(carer, visit, client):
            return _cannot(carer, suitability.CODE, message, shortfall)
        week = self.plan.weeks[carer.id]
        starts = self._starts(week, opening)
        if not starts:
            outside = _least_outside(carer, opening)
            message = f"Not available for {outside} minutes of it."
            return _cannot(carer, availability.CODE, message, outside)
        return self._first_possible(carer, week, opening, starts)

    def _first_possible(
        self, carer: Carer, week: CarerWeek, opening: Opening, starts: Sequence[Minute]
    ) -> Verdict:
        nearest: Breach | None = None
        nearest_start = starts[0]
        for start in starts:
            fault = self._fault(week, opening, start)
            if fault is None:
                if self._outgoing(opening, start):
                    return self._able(carer, opening, start)
                # The other carer of a double-up could not be there then.
                fault = Breach(
                    team.CODE, carer.id, opening.visit.id, None, 1, "The second carer cannot then."
                )
            if nearest is None or _passed_more(fault, nearest):
                nearest, nearest_start = fault, start
        if nearest is None:
            raise AssertionError("there is always a start to try here")
        about = "" if nearest.visit in {None, opening.visit.id} else f" (visit {nearest.visit})"
        message = f"At {moment_text(nearest_start)}{about}: {nearest.message}"
        return _cannot(carer, nearest.code, message, nearest.shortfall)

    def _able(self, carer: Carer, opening: Opening, start: Minute) -> Verdict:
        moment = moment_text(start)
        leaver, terms = self._cheapest(carer, opening, start)
        is_planned = start == opening.preferred
        return Verdict(
            carer.id,
            CAN if is_planned else CAN_IF,
            None,
            f"Can make it at {moment}." if is_planned else f"Possible at {moment}.",
            round(sum(terms.values()), COST_DECIMALS),
            start,
            replaces=leaver,
            terms=terms,
        )

    def _starts(self, week: CarerWeek, opening: Opening) -> list[Minute]:
        periods = available_starts(week.carer, opening.visit.minutes, opening.starts)
        if not periods:
            return []
        return starts_to_try(
            opening.visit,
            opening.place,
            week,
            periods,
            opening.preferred,
            policy=self._problem.policy,
            travel=self.plan.travel,
            change=self._problem.clock_change,
        )

    def _fault(self, week: CarerWeek, opening: Opening, start: Minute) -> Breach | None:
        """Return the first rule that the visit would break anew in a week, at a start."""
        return next(self._breaches(week, opening, start), None)

    def _breaches(self, week: CarerWeek, opening: Opening, start: Minute) -> Iterator[Breach]:
        trial = week.with_stop(stop_at(opening.visit, start, self._problem), self.plan.travel)
        old = self._faults_of(week.carer.id)
        for rule in TRIED_RULES:
            for breach in rule.breaches(trial, self._problem):
                if breach.shortfall > old.get((breach.code, breach.visit, breach.day), 0):
                    yield breach

    def _faults_of(self, carer_id: str) -> dict[tuple[object, ...], int]:
        if carer_id not in self._old_faults:
            week = self.plan.weeks[carer_id]
            self._old_faults[carer_id] = {
                (breach.code, breach.visit, breach.day): breach.shortfall
                for rule in TRIED_RULES
                for breach in rule.breaches(week, self._problem)
            }
        return self._old_faults[carer_id]

    def _outgoing(self, opening: Opening, start: Minute) -> list[str | None]:
        """Return whom a newcomer could replace at a start; None is nobody, an empty place.

        Whoever stays on a double-up must be able to follow it to another start.
        """
        row = opening.row
        if row is None or len(row.carers) < opening.visit.carers:
            return [None]
        return [
            leaver
            for leaver in row.carers
            if start == row.start
            or all(
                self._can_follow(opening, stays, start) for stays in row.carers if stays != leaver
            )
        ]

    def _can_follow(self, opening: Opening, carer_id: str, start: Minute) -> bool:
        visit, week = opening.visit, self.plan.weeks[carer_id]
        if availability.minutes_outside(week.carer, start, start + visit.minutes):
            return False
        return self._fault(week.without(visit.id, self.plan.travel), opening, start) is None

    def _cheapest(
        self, carer: Carer, opening: Opening, start: Minute
    ) -> tuple[str | None, dict[str, Points]]:
        """Return whom the carer had best replace, and the change of cost by term."""
        prices = (
            (leaver, self._price(carer, leaver, opening, start))
            for leaver in self._outgoing(opening, start)
        )
        return min(prices, key=lambda pair: sum(pair[1].values()))

    def _price(
        self, carer: Carer, leaver: str | None, opening: Opening, start: Minute
    ) -> dict[str, Points]:
        visit, row, travel = opening.visit, opening.row, self.plan.travel
        stays = tuple(other for other in row.carers if other != leaver) if row else ()
        after = Assignment(visit.id, start, (*stays, carer.id))
        stop = stop_at(visit, start, self._problem)
        weeks = {carer.id: self.plan.weeks[carer.id].with_stop(stop, travel)}
        if leaver is not None:
            weeks[leaver] = self.plan.weeks[leaver].without(visit.id, travel)
        if row is not None and row.start != start:
            for other in stays:
                week = self.plan.weeks[other].without(visit.id, travel)
                weeks[other] = week.with_stop(stop, travel)
        return self._pricing.change(visit, row, after, weeks)

    def _paired(self, opening: Opening, verdicts: Sequence[Verdict]) -> list[Verdict]:
        """Match the carers who could make an open double-up: two are needed at the same time."""
        able = [verdict.carer for verdict in verdicts if verdict.is_able]
        weeks = {carer_id: self.plan.weeks[carer_id] for carer_id in able}
        starts = sorted(
            {start for week in weeks.values() for start in self._starts(week, opening)},
            key=lambda start: (abs(start - opening.preferred), start),
        )
        free_at = {
            start: {c for c, week in weeks.items() if self._is_free(week, opening, start)}
            for start in starts
        }
        together = [start for start in starts if len(free_at[start]) >= opening.visit.carers]
        paired = []
        for verdict in verdicts:
            if verdict.is_able:
                shared = next((s for s in together if verdict.carer in free_at[s]), None)
                if shared is None:
                    message = f"{verdict.message} Nobody else could be there at the same time."
                    changed = replace(
                        verdict, outcome=CAN_IF, code=team.CODE, message=message, shortfall=1
                    )
                else:
                    changed = self._able(self._problem.carer_of[verdict.carer], opening, shared)
                paired.append(changed)
            else:
                paired.append(verdict)
        return paired

    def _is_free(self, week: CarerWeek, opening: Opening, start: Minute) -> bool:
        end = start + opening.visit.minutes
        if availability.minutes_outside(week.carer, start, end):
            return False
        return self._fault(week, opening, start) is None

    def _in_the_way(self, week: CarerWeek, opening: Opening, code: str) -> list[Stop]:
        """Return the visits whose going could mend a fault, the least important first."""
        stops = [
            stop
            for stop in _touching(week, opening.visit.day, code)
            if not self._openings.is_locked(stop.visit.id)
        ]
        return sorted(stops, key=lambda stop: (-stop.visit.priority, stop.visit.minutes))


def _touching(week: CarerWeek, day: int, code: str) -> Iterator[Stop]:
    """Yield the stops that a rule looks at together with a visit on `day`."""
    if code in {travel_time.CODE, breaks.CODE}:
        yield from (stop for worked in week.days if worked.day == day for stop in worked.stops)
    elif code == working_time.CODE:
        yield from week.stops()
    elif code == days_worked.CODE:
        yield from (worked.first for worked in week.days if len(worked.stops) == 1)
    elif code == rest.CODE:
        before = [worked for worked in week.days if worked.day < day]
        after = [worked for worked in week.days if worked.day > day]
        yield from (worked.stops[-1] for worked in before)
        yield from (worked.first for worked in after)


def _follow_each_other(one: Visit, other: Visit) -> bool:
    """Say whether a visit's start depends on the other's (H10)."""
    return (one.after is not None and one.after.visit == other.id) or (
        other.after is not None and other.after.visit == one.id
    )


def _what_of_it(to: str | None, when: Minute | None) -> str:
    if to is not None:
        return f"is given to carer {to}"
    if when is not None:
        return f"is moved to {moment_text(when)}"
    return "is left open, since nobody could take it as the week stands"


def _cannot(carer: Carer, code: str, message: str, shortfall: int) -> Verdict:
    return Verdict(carer.id, CANNOT, code, message, None, None, shortfall=shortfall)


def _least_outside(carer: Carer, opening: Opening) -> int:
    minutes = opening.visit.minutes
    edges = [edge for window in carer.available for edge in (window[0], window[1] - minutes)]
    starts = {
        min(max(start, first), last)
        for first, last in opening.starts
        for start in (*edges, opening.preferred)
    }
    return min(availability.minutes_outside(carer, start, start + minutes) for start in starts)


def _passed_more(fault: Breach, other: Breach) -> bool:
    """Say whether one fault comes later in the order of the rules, or is the smaller one."""
    rank, other_rank = code_order(fault.code), code_order(other.code)
    return rank > other_rank or (rank == other_rank and fault.shortfall < other.shortfall)


def _blocked(verdict: Verdict, opening: Opening) -> Verdict:
    """Say that the visits before and after leave no start, whoever the carer is (H10)."""
    makes_it_now = opening.row is not None and verdict.carer in opening.row.carers
    if makes_it_now or verdict.outcome == CANNOT:
        return verdict
    blocked = replace(verdict, code=visit_order.CODE, cost_change=None, shortfall=1)
    if opening.blocked_by is not None:
        message = f"Possible when visit {opening.blocked_by}, before or after it, is moved."
        return replace(blocked, outcome=CAN_IF, message=message, moves=opening.blocked_by)
    message = "The client's visits before and after leave no time for it."
    return replace(blocked, outcome=CANNOT, message=message, start=None)
