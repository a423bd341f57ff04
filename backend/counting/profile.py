"""What was on the papers of a ranked election, and which papers are alike."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

Ranking = tuple[int, ...]
"""Candidate numbers from 1, best first."""


@dataclass(frozen=True)
class Profile:
    """A ranked election as counted: papers that say the same are one line.

    Parameters
    ----------
    candidates
        Names in number order; the first has number 1.
    papers
        Rankings of candidates who stand, each with how often it was cast, in the order of
        the rankings. None is empty.
    withdrawn
        Numbers of those who no longer stand; papers skip them.
    rejected
        Papers without a usable first preference; they are counted apart.
    """

    seats: int
    candidates: tuple[str, ...]
    papers: tuple[tuple[int, Ranking], ...]
    withdrawn: frozenset[int] = frozenset()
    rejected: int = 0
    title: str = ""

    @property
    def valid(self) -> int:
        """Number of papers that count."""
        return sum(times for times, _ in self.papers)

    @property
    def standing(self) -> list[int]:
        """Numbers of the candidates who can be elected."""
        return [n for n in range(1, len(self.candidates) + 1) if n not in self.withdrawn]

    def without(self, leaver: int) -> "Profile":
        """Return the same papers, read as if one candidate did not stand."""
        return profile(
            seats=self.seats,
            candidates=self.candidates,
            papers=self.papers,
            withdrawn=self.withdrawn | {leaver},
            rejected=self.rejected,
            title=self.title,
        )

    def with_seats(self, seats: int) -> "Profile":
        """Return the same papers for another number of seats."""
        return replace(self, seats=seats)


def profile(
    *,
    seats: int,
    candidates: Sequence[str],
    papers: Iterable[tuple[int, Sequence[int | None]]],
    withdrawn: Iterable[int] = (),
    rejected: int = 0,
    title: str = "",
) -> Profile:
    """Return papers as they are counted.

    A paper is valid up to the first gap (None) or repeated number. Without a preference before
    that for somebody who stands, it is rejected.
    """
    gone = frozenset(withdrawn)
    counted: Counter[Ranking] = Counter()
    for times, marks in papers:
        if not times:
            continue
        ranking = tuple(n for n in _usable(marks) if n not in gone)
        if ranking:
            counted[ranking] += times
        else:
            rejected += times
    return Profile(
        seats=seats,
        candidates=tuple(candidates),
        papers=tuple((counted[ranking], ranking) for ranking in sorted(counted)),
        withdrawn=gone,
        rejected=rejected,
        title=title,
    )


def _usable(marks: Sequence[int | None]) -> list[int]:
    usable: list[int] = []
    for mark in marks:
        if mark is None or mark in usable:
            break
        usable.append(mark)
    return usable
