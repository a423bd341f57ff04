"""One whole package out of several, by comparing them in pairs ("schulze-1")."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations

METHOD = "schulze-1"

GroupedRanking = tuple[tuple[int, ...], ...]
"""Option numbers from 1, best first; those in one group rank equal, those missing rank last."""


@dataclass(frozen=True)
class PackageVote:
    """Rankings of packages; `present` is the number of the policy in force, if it is one."""

    options: tuple[str, ...]
    papers: tuple[tuple[int, GroupedRanking], ...]
    present: int | None = None

    @property
    def numbers(self) -> range:
        """Numbers of the options."""
        return range(1, len(self.options) + 1)


@dataclass(frozen=True)
class PackageResult:
    """Who wins, and why.

    Parameters
    ----------
    winner
        None when several options are unbeaten, none of them is the present policy, and no
        lot order was announced.
    unbeaten
        Options that no other beats; the winner is one of them.
    wins
        In number order, how many others each beats.
    preferred
        `preferred[x - 1][y - 1]` people put x above y.
    decided_by
        `comparison`, `present_policy` or `lot`.
    """

    winner: int | None
    unbeaten: tuple[int, ...]
    wins: tuple[int, ...]
    preferred: tuple[tuple[int, ...], ...]
    decided_by: str


def count_packages(
    vote: PackageVote, lot_order: Callable[[Sequence[int]], Sequence[int]] | None = None
) -> PackageResult:
    """Return the package that beats or ties every other by strongest paths (winning votes)."""
    preferred = _preferred(vote)
    strength = _strongest_paths(vote, preferred)
    beats = {(x, y) for x, y in permutations(vote.numbers, 2) if strength[x, y] > strength[y, x]}
    unbeaten = [x for x in vote.numbers if not any((y, x) in beats for y in vote.numbers)]
    winner, decided_by = _choose(unbeaten, vote.present, lot_order)
    return PackageResult(
        winner=winner,
        unbeaten=tuple(unbeaten),
        wins=tuple(sum((x, y) in beats for y in vote.numbers) for x in vote.numbers),
        preferred=tuple(
            tuple(preferred.get((x, y), 0) for y in vote.numbers) for x in vote.numbers
        ),
        decided_by=decided_by,
    )


def _preferred(vote: PackageVote) -> dict[tuple[int, int], int]:
    preferred = dict.fromkeys(permutations(vote.numbers, 2), 0)
    for times, ranking in vote.papers:
        rank = {n: place for place, group in enumerate(ranking) for n in group}
        last = len(ranking)
        for x, y in preferred:
            if rank.get(x, last) < rank.get(y, last):
                preferred[x, y] += times
    return preferred


def _strongest_paths(
    vote: PackageVote, preferred: dict[tuple[int, int], int]
) -> dict[tuple[int, int], int]:
    strength = {
        (x, y): votes if votes > preferred[y, x] else 0 for (x, y), votes in preferred.items()
    }
    for k, i, j in permutations(vote.numbers, 3):
        through = min(strength[i, k], strength[k, j])
        strength[i, j] = max(strength[i, j], through)
    return strength


def _choose(
    unbeaten: Sequence[int],
    present: int | None,
    lot_order: Callable[[Sequence[int]], Sequence[int]] | None,
) -> tuple[int | None, str]:
    if len(unbeaten) == 1:
        return unbeaten[0], "comparison"
    if present in unbeaten:
        return present, "present_policy"
    return (lot_order(unbeaten)[0] if lot_order else None), "lot"
