"""Seats by Meek's method, for rule sets that prefer it ("meek-1").

Each elected candidate keeps the part of every paper that leaves them just the quota, and the
quota falls as papers run out. Ties are settled as in the Scottish count. That takes many rounds, so
it cannot be followed by hand; here with whole numbers of 10⁻²⁴ vote.
"""

from collections import Counter
from dataclasses import dataclass

from backend.counting.lots import Lot, Lots
from backend.counting.profile import Profile, Ranking

METHOD = "meek-1"
ONE = 10**24
SETTLED = ONE // 10**12
"""Surplus, in all, below which keep values are as good as exact."""

ALIKE = ONE // 10**9
"""Totals that differ by less are equal: no difference of a real paper is that small."""

MOST_ROUNDS = 20_000


class MeekUnsettledError(Exception):
    """Keep values did not settle in any reasonable number of rounds."""


@dataclass(frozen=True)
class MeekPoint:
    """Totals once surpluses have gone, in parts of 10⁻²⁴ vote, before the next exclusion."""

    votes: dict[int, int]
    exhausted: int
    quota: int
    elected: tuple[int, ...]
    excluded: int | None
    """Who is excluded next; None at the end."""


@dataclass(frozen=True)
class MeekResult:
    """Who is elected, in order, and the totals before each exclusion and at the end."""

    elected: tuple[int, ...]
    points: tuple[MeekPoint, ...]
    lots: tuple[Lot, ...]


def count_meek(papers: Profile, lots: Lots) -> MeekResult:
    """Count a ranked election with a quota of exactly votes ÷ (seats + 1), to be exceeded."""
    return _Count(papers, lots).run()


class _Count:
    def __init__(self, papers: Profile, lots: Lots) -> None:
        self._papers = papers
        self._lots = lots
        self._hopeful = papers.standing
        self._keep: dict[int, int] = {}
        """Of those elected, in order of election: the part that they keep."""
        self._paths: dict[Ranking, int] = {}
        self._points: list[MeekPoint] = []

    def run(self) -> MeekResult:
        seats = self._papers.seats
        while True:
            votes, exhausted, quota = self._settled()
            over = [n for n in self._hopeful if votes[n] - quota > ALIKE]
            if len(self._keep) + len(self._hopeful) <= seats:
                over = self._hopeful
            self._elect(over, votes)
            full = len(self._keep) == seats
            if over and self._hopeful and not full:
                continue
            excluded = self._lowest(votes) if self._hopeful and not full else None
            point = MeekPoint(votes, exhausted, quota, tuple(self._keep), excluded=excluded)
            self._points.append(point)
            if excluded is None:
                return MeekResult(point.elected, tuple(self._points), tuple(self._lots.drawn))
            self._hopeful = [n for n in self._hopeful if n != excluded]

    def _elect(self, candidates: list[int], votes: dict[int, int]) -> None:
        for n in sorted(candidates, key=lambda n: (-votes[n], n)):
            self._keep[n] = ONE
        self._hopeful = [n for n in self._hopeful if n not in self._keep]

    def _settled(self) -> tuple[dict[int, int], int, int]:
        """Return votes, exhausted votes and quota once nobody elected has a surplus."""
        paths = self._live_paths()
        for _ in range(MOST_ROUNDS):
            votes, exhausted = self._share_out(paths)
            quota = (self._papers.valid * ONE - exhausted) // (self._papers.seats + 1)
            surplus = sum(max(0, votes[n] - quota) for n in self._keep)
            if surplus < SETTLED:
                return votes, exhausted, quota
            for n in self._keep:
                # Rounded up, so that nobody ever falls below the quota.
                self._keep[n] = min(ONE, -(-self._keep[n] * quota // votes[n]))
        raise MeekUnsettledError

    def _live_paths(self) -> dict[Ranking, int]:
        """Return papers by what still matters of them: up to the first hopeful candidate."""
        paths: Counter[Ranking] = Counter()
        for times, ranking in self._papers.papers:
            path = []
            for n in ranking:
                if n in self._keep:
                    path.append(n)
                elif n in self._hopeful:
                    path.append(n)
                    break
            paths[tuple(path)] += times
        return dict(paths)

    def _share_out(self, paths: dict[Ranking, int]) -> tuple[dict[int, int], int]:
        votes = dict.fromkeys([*self._keep, *self._hopeful], 0)
        exhausted = 0
        for path, times in paths.items():
            left = times * ONE
            for n in path:
                kept = left * self._keep.get(n, ONE) // ONE
                votes[n] += kept
                left -= kept
            exhausted += left
        return votes, exhausted

    def _lowest(self, votes: dict[int, int]) -> int:
        tied = list(self._hopeful)
        for earlier in [votes, *(point.votes for point in reversed(self._points))]:
            fewest = min(earlier[n] for n in tied)
            tied = [n for n in tied if earlier[n] - fewest < ALIKE]
        return tied[0] if len(tied) == 1 else self._lots.draw(tied, to_lose=True)
