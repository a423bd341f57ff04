"""Seats by the single transferable vote, as Scottish councils count it ("scottish-stv-1").

Scottish Local Government Elections Order 2007, schedule 1, rules 45 to 52. Votes are whole
numbers of 0.00001; what a division leaves over is cut off and becomes non-transferable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.counting.lots import Lot, Lots
from backend.counting.profile import Profile, Ranking

METHOD = "scottish-stv-1"
ONE = 100_000
"""A whole vote."""


class Action(StrEnum):
    """What a stage does before it ends with new totals."""

    FIRST_PREFERENCES = "first_preferences"
    TRANSFER_SURPLUS = "transfer_surplus"
    EXCLUDE = "exclude"


@dataclass(frozen=True)
class Stage:
    """One stage; `votes` are totals after it in number order, in units of 0.00001."""

    action: Action
    candidate: int | None
    votes: tuple[int, ...]
    non_transferable: int
    elected: tuple[int, ...]


@dataclass(frozen=True)
class StvResult:
    """Who is elected and by which stages.

    Parameters
    ----------
    elected
        In order of election; inside one stage by falling votes, then by number.
    elected_without_quota
        Those of them who were elected since no more candidates than seats were left.
    """

    quota: int
    elected: tuple[int, ...]
    elected_without_quota: tuple[int, ...]
    stages: tuple[Stage, ...]
    lots: tuple[Lot, ...]


@dataclass(frozen=True)
class _Pile:
    """Papers alike, lying with the candidate at `place` of their ranking."""

    ranking: Ranking
    place: int
    papers: int
    value: int


def quota_of(*, valid: int, seats: int) -> int:
    """Return the votes that elect: the least that only `seats` candidates can reach."""
    return valid // (seats + 1) + 1


def count_stv(papers: Profile, lots: Lots) -> StvResult:
    """Count a ranked election."""
    return StvCount(papers, lots).run()


class StvCount:
    """A count in progress; a count under other rules overrides who may be excluded, and the end."""

    def __init__(self, papers: Profile, lots: Lots) -> None:
        self._seats = papers.seats
        self._valid = papers.valid * ONE
        self._quota = quota_of(valid=papers.valid, seats=papers.seats) * ONE
        self.lots = lots
        self._numbers = range(1, len(papers.candidates) + 1)
        self._continuing = papers.standing
        self.elected: list[int] = []
        self._without_quota: list[int] = []
        self._stages: list[Stage] = []
        self._votes = dict.fromkeys(self._numbers, 0)
        self._piles: dict[int, list[_Pile]] = {number: [] for number in self._numbers}
        for times, ranking in papers.papers:
            self._give(_Pile(ranking, 0, times, ONE))

    def run(self) -> StvResult:
        """Count stage by stage to the end."""
        self._end_stage(Action.FIRST_PREFERENCES, None)
        while not self.is_over():
            with_surplus = [n for n in self.elected if self._votes[n] > self._quota]
            if with_surplus:
                candidate = self.with_most_votes(with_surplus)
                self._transfer_surplus(candidate)
                self._end_stage(Action.TRANSFER_SURPLUS, candidate)
            else:
                candidate = self._lowest()
                self._exclude(candidate)
                self._end_stage(Action.EXCLUDE, candidate)
        return StvResult(
            quota=self._quota // ONE,
            elected=tuple(self.elected),
            elected_without_quota=tuple(self._without_quota),
            stages=tuple(self._stages),
            lots=tuple(self.lots.drawn),
        )

    def is_over(self) -> bool:
        """Return whether no further stage is needed."""
        return not self._continuing or len(self.elected) >= self._seats

    def may_be_excluded(self, continuing: Sequence[int]) -> Sequence[int]:
        """Return those among whom the lowest is excluded."""
        return continuing

    def _end_stage(self, action: Action, candidate: int | None) -> None:
        elected = [n for n in self._continuing if self._votes[n] >= self._quota]
        rest = [n for n in self._continuing if n not in elected]
        if len(rest) <= self._seats - len(self.elected) - len(elected):
            self._without_quota += self._by_votes(rest)
            elected += rest
        elected = self._by_votes(elected)
        self.elected += elected
        self._continuing = [n for n in self._continuing if n not in elected]
        self._stages.append(
            Stage(
                action=action,
                candidate=candidate,
                votes=tuple(self._votes[n] for n in self._numbers),
                non_transferable=self._valid - sum(self._votes.values()),
                elected=tuple(elected),
            )
        )

    def _by_votes(self, candidates: Sequence[int]) -> list[int]:
        return sorted(candidates, key=lambda n: (-self._votes[n], n))

    def _transfer_surplus(self, candidate: int) -> None:
        total = self._votes[candidate]
        surplus = total - self._quota
        for pile in self._take_piles(candidate):
            self._pass_on(pile, surplus * pile.value // total)
        self._votes[candidate] = self._quota

    def _exclude(self, candidate: int) -> None:
        self._continuing.remove(candidate)
        for pile in self._take_piles(candidate):
            self._pass_on(pile, pile.value)
        self._votes[candidate] = 0

    def _take_piles(self, candidate: int) -> list[_Pile]:
        piles, self._piles[candidate] = self._piles[candidate], []
        return piles

    def _pass_on(self, pile: _Pile, value: int) -> None:
        """Move papers to the next continuing candidate; without one they are out."""
        for place in range(pile.place + 1, len(pile.ranking)):
            if pile.ranking[place] in self._continuing:
                self._give(_Pile(pile.ranking, place, pile.papers, value))
                return

    def _give(self, pile: _Pile) -> None:
        candidate = pile.ranking[pile.place]
        self._piles[candidate].append(pile)
        self._votes[candidate] += pile.papers * pile.value

    def with_most_votes(self, candidates: Sequence[int]) -> int:
        """Return who has most votes; if equal, who had more before; at the last by lot."""
        most = max(self._votes[n] for n in candidates)
        tied = self._still_tied([n for n in candidates if self._votes[n] == most], to_lose=False)
        return tied[0] if len(tied) == 1 else self.lots.draw(tied, to_lose=False)

    def _lowest(self) -> int:
        candidates = self.may_be_excluded(self._continuing)
        fewest = min(self._votes[n] for n in candidates)
        lowest = [n for n in candidates if self._votes[n] == fewest]
        tied = self._still_tied(lowest, to_lose=True)
        return tied[0] if len(tied) == 1 else self.lots.draw(tied, to_lose=True)

    def _still_tied(self, tied: Sequence[int], *, to_lose: bool) -> list[int]:
        """Return those at the extreme at each earlier stage, from the latest back to the first."""
        extreme = min if to_lose else max
        left = list(tied)
        for stage in reversed(self._stages):
            if len(left) == 1:
                break
            limit = extreme(stage.votes[n - 1] for n in left)
            left = [n for n in left if stage.votes[n - 1] == limit]
        return left
