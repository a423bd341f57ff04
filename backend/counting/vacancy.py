"""Who takes the seat of somebody who leaves: the original papers again ("casual-vacancy-1").

The papers are read as if the leaver had not stood. Those who still sit are never excluded and
keep their seats; the first other candidate to be elected takes the free one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from backend.counting.lots import Lot, Lots
from backend.counting.profile import Profile
from backend.counting.stv import Stage, StvCount

METHOD = "casual-vacancy-1"


@dataclass(frozen=True)
class VacancyResult:
    """Who takes the free seat (None if nobody else stood), and the stages up to there."""

    elected: int | None
    stages: tuple[Stage, ...]
    lots: tuple[Lot, ...]


def fill_vacancy(
    papers: Profile, *, leaver: int, sitting: Collection[int], lots: Lots
) -> VacancyResult:
    """Recount the papers of an election for the seat of one who was elected in it."""
    return _Recount(papers.without(leaver), lots, sitting).fill()


class _Recount(StvCount):
    def __init__(self, papers: Profile, lots: Lots, sitting: Collection[int]) -> None:
        super().__init__(papers, lots)
        self._sitting = frozenset(sitting)

    def fill(self) -> VacancyResult:
        result = self.run()
        others = [n for n in result.elected if n not in self._sitting]
        elected = self.with_most_votes(others) if others else None
        return VacancyResult(elected, result.stages, tuple(self.lots.drawn))

    def is_over(self) -> bool:
        return super().is_over() or bool(set(self.elected) - self._sitting)

    def may_be_excluded(self, continuing: Sequence[int]) -> list[int]:
        return [n for n in continuing if n not in self._sitting]
