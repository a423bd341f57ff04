"""What a plan makes of the wishes that carers placed points on, and why not, where not.

A wish that is not kept has visits that stand against it: those of the day off, those to a client
whom the carer would rather not see, or, for a client gladly seen, the visits that others make.
Each is judged by the rules that the board and the explanation judge by: who could make it instead,
and what that would cost everybody but the carer who wished.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from backend.rota.models import WishReason
from backend.rota.solver.candidates import law_in_the_way
from backend.rota.solver.ids import carer_id
from backend.rota.solver.laid_out import LaidOutWeek
from backend.rota.solver.wishes import WishInWeek, placed_in_week
from scheduler import Verdict, Visit, Wish
from scheduler.explain.opening import Opening
from scheduler.rules import CarerWeek, preferences, stop_at
from scheduler.units import DAY

COST_DECIMALS: Final = 1
WEEKEND: Final = (5, 6)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one placed wish; the fields are those of `WishOutcome`."""

    wish: int
    is_kept: bool
    reason: str = ""
    rule: str = ""
    visits: int = 0
    cost: float | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class _Way:
    """What it takes to put one visit right: `reason` says why it cannot be, else `cost` counts."""

    cost: float = 0.0
    reason: str = ""
    rule: str = ""


def wish_outcomes(laid_out: LaidOutWeek) -> Iterator[Outcome]:
    """Yield what becomes of each placed wish of the branch's own carers in a plan, one by one.

    A wish for which the week gives no occasion (a client without visits) has no outcome. It may
    take seconds for each wish: every carer's week is asked about every visit against it.
    """
    source = laid_out.source
    branch = source.rota.branch
    carers = [row.pk for row in source.carers.carers if row.branch_id == branch.pk]
    verdicts: dict[str, list[Verdict]] = {}
    for pk, rows in placed_in_week(branch, carers, source.week).items():
        for row in rows:
            outcome = _WishInPlan(laid_out, carer_id(pk), row, verdicts).outcome()
            if outcome is not None:
                yield outcome


class _WishInPlan:
    """One placed wish, held against the plan."""

    def __init__(
        self,
        laid_out: LaidOutWeek,
        carer: str,
        placed: WishInWeek,
        known: dict[str, list[Verdict]],
    ) -> None:
        self._laid_out, self._carer, self._placed = laid_out, carer, placed
        # One visit may stand against the wishes of several.
        self._known = known
        self._problem, self._judge = laid_out.source.problem, laid_out.judge
        self._week: CarerWeek = self._judge.plan.weeks[carer]

    def outcome(self) -> Outcome | None:
        wishes = [wish for wish in self._placed.wishes if self._has_occasion(wish)]
        if not wishes:
            return None
        pk = self._placed.row.pk
        sizes = {wish: self._size(wish) for wish in wishes}
        broken = [wish for wish, size in sizes.items() if size]
        weights = self._problem.policy.weights.preferences
        weight = sum(weights[wish.kind] * wish.strength * (sizes[wish] or 1) for wish in wishes)
        if not broken:
            return Outcome(pk, is_kept=True, weight=round(weight, COST_DECIMALS))
        weight = sum(weights[wish.kind] * wish.strength * sizes[wish] for wish in broken)
        wanted = [visit for wish in broken for visit in self._wanted(wish)]
        if wanted:
            missing = sum(sizes[wish] for wish in broken)
            ways = sorted(map(self._take, wanted), key=lambda way: (bool(way.reason), way.cost))
            ways = ways[:missing]
        else:
            against = {visit for wish in broken for visit in self._against(wish)}
            ways = list(self._until_stuck(sorted(against)))
            return self._judged(ways, round(weight, COST_DECIMALS), len(against))
        return self._judged(ways, round(weight, COST_DECIMALS), len(ways))

    def _judged(self, ways: list[_Way], weight: float, visits: int) -> Outcome:
        stuck = [way for way in ways if way.reason]
        if stuck:
            reason = Counter(way.reason for way in stuck).most_common(1)[0][0]
            rules = Counter(way.rule for way in stuck if way.reason == reason and way.rule)
            return Outcome(
                self._placed.row.pk,
                is_kept=False,
                reason=reason,
                rule=rules.most_common(1)[0][0] if rules else "",
                visits=visits,
                weight=weight,
            )
        cost = round(sum(way.cost for way in ways), COST_DECIMALS)
        return Outcome(
            self._placed.row.pk,
            is_kept=False,
            reason=WishReason.COST_MORE if cost > weight else WishReason.NARROWLY,
            visits=visits,
            cost=cost,
            weight=weight,
        )

    def _size(self, wish: Wish) -> int:
        return preferences.SIZES[wish.kind](wish, self._week, self._problem)

    def _until_stuck(self, visits: Iterable[str]) -> Iterator[_Way]:
        # One visit that nobody else can make decides; judging a visit asks every carer's week.
        for visit in visits:
            way = self._give_away(visit)
            yield way
            if way.reason:
                return

    def _has_occasion(self, wish: Wish) -> bool:
        return wish.client is None or self._problem.carer_visits_of.get(wish.client, 0) > 0

    def _against(self, wish: Wish) -> Iterator[str]:
        """Yield the carer's visits without which the wish would be kept."""
        if wish.kind == "no_split":
            yield from self._smaller_parts()
            return
        since, until = wish.from_minute or 0, wish.to_minute or DAY
        for stop in self._week.stops():
            day = stop.start // DAY
            if (
                (wish.kind == "day_off" and day == wish.day)
                or (wish.kind == "weekend_off" and day in WEEKEND)
                or (wish.kind == "avoid_client" and stop.visit.client == wish.client)
                or (
                    wish.kind == "avoid_window"
                    and stop.start % DAY < until
                    and since < (stop.end % DAY or DAY)
                )
            ):
                yield stop.visit.id

    def _smaller_parts(self) -> Iterator[str]:
        """Yield, of each split day, the visits on the side of the long gap that has fewer."""
        for day in self._week.days:
            for number, leg in enumerate(day.legs, start=1):
                if leg.gap > self._problem.policy.split_gap_minutes:
                    sides = day.stops[:number], day.stops[number:]
                    yield from (stop.visit.id for stop in min(sides, key=len))

    def _wanted(self, wish: Wish) -> Iterator[Visit]:
        """Yield the visits to a client gladly seen that others make."""
        if wish.kind == "prefer_client":
            mine = {stop.visit.id for stop in self._week.stops()}
            for visit in self._problem.visits:
                if visit.client == wish.client and visit.id not in mine:
                    yield visit

    def _give_away(self, visit: str) -> _Way:
        """Return what it takes that somebody else makes a visit."""
        opening = self._judge.opening(visit)
        if opening.lock is not None:
            return _Way(reason=WishReason.FIXED)
        on_it = opening.row.carers if opening.row else ()
        verdicts = [row for row in self._verdicts(opening) if row.carer not in on_it]
        able = sorted(
            (row for row in verdicts if row.is_able and row.replaces in {None, self._carer}),
            key=lambda row: row.cost_change or 0.0,
        )
        return self._first_lawful(visit, able) or _Way(
            reason=WishReason.LAW if able else WishReason.NOBODY_ELSE,
            rule=self._commonest(verdicts),
        )

    def _take(self, visit: Visit) -> _Way:
        """Return what it takes that the carer makes a visit."""
        opening = self._judge.opening(visit.id)
        if opening.lock is not None:
            return _Way(reason=WishReason.FIXED)
        verdict = self._judge.verdict_on(self._carer, opening)
        if verdict.cost_change is None:
            return _Way(reason=WishReason.RULES, rule=verdict.code or "")
        return self._first_lawful(visit.id, [verdict]) or _Way(reason=WishReason.LAW)

    def _verdicts(self, opening: Opening) -> list[Verdict]:
        visit = opening.visit.id
        if visit not in self._known:
            self._known[visit] = self._judge.verdicts(opening)
        return self._known[visit]

    def _first_lawful(self, visit: str, able: Iterable[Verdict]) -> _Way | None:
        for verdict in able:
            if law_in_the_way(self._laid_out, visit, verdict) is None:
                return _Way(cost=(verdict.cost_change or 0.0) + self._own_gain(visit, verdict))
        return None

    def _own_gain(self, visit: str, verdict: Verdict) -> float:
        """Return what the carer's own wishes gain by the change, which is no cost of others."""
        travel = self._judge.plan.travel
        if verdict.carer == self._carer:
            start = verdict.start
            if start is None:
                return 0.0
            after = self._week.with_stop(
                stop_at(self._problem.visit_of[visit], start, self._problem), travel
            )
        else:
            after = self._week.without(visit, travel)
        return self._pain(self._week) - self._pain(after)

    def _pain(self, week: CarerWeek) -> float:
        return sum(preferences.penalty(week, self._problem).values())

    @staticmethod
    def _commonest(verdicts: Collection[Verdict]) -> str:
        codes = Counter(row.code for row in verdicts if row.code)
        return codes.most_common(1)[0][0] if codes else ""
