"""In which order a group's week is planned: every branch alone, then pairs of neighbours."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import dist
from typing import Final, TypeAlias

from scheduler.model import Place, Problem
from scheduler.parts import homes_of

Centre: TypeAlias = tuple[float, float]
"""Where a branch's clients live on average, in metres on the plane."""

Round: TypeAlias = tuple[tuple[str, ...], ...]
"""Parts that share no branch, each as the names of its branches."""

ALONE_SHARE: Final = 0.7
MOST_BORDER_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """Parts that can be planned at the same time, and their share of the whole effort."""

    parts: Round
    share: float

    def waves(self, workers: int) -> int:
        """Return how often each worker takes a part, at the most."""
        return -(-len(self.parts) // workers)

    def seconds_each(self, seconds: float, workers: int) -> float:
        """Return how long each part may take for all stages to end in time."""
        return seconds * self.share / self.waves(workers)

    def iterations_each(self, iterations: int) -> int:
        """Return how many rounds each part may have of those for all stages."""
        return round(iterations * self.share / len(self.parts))


def stages_of(centres: Mapping[str, Centre]) -> tuple[Stage, ...]:
    """Return what is planned after what; with one branch that is the branch.

    Most of the time goes to the branches alone: what crosses a border is little, and a search from
    a good plan needs less.
    """
    alone = tuple((branch,) for branch in sorted(centres))
    borders = rounds_of_neighbours(centres)[:MOST_BORDER_ROUNDS]
    if not borders:
        return (Stage(alone, 1.0),)
    share = (1 - ALONE_SHARE) / len(borders)
    return (Stage(alone, ALONE_SHARE), *(Stage(pairs, share) for pairs in borders))


def rounds_of_neighbours(centres: Mapping[str, Centre]) -> tuple[Round, ...]:
    """Pair every branch with every other once, neighbours first; the pairs of a round are apart.

    Returns
    -------
    tuple of Round
        As many rounds as it takes; with an odd number of branches one has nobody in each round.
    """
    pairs = sorted(
        combinations(sorted(centres), 2),
        key=lambda pair: (dist(centres[pair[0]], centres[pair[1]]), pair),
    )
    rounds: list[Round] = []
    while pairs:
        taken: set[str] = set()
        chosen: list[tuple[str, str]] = []
        for pair in pairs:
            if not taken.intersection(pair):
                chosen.append(pair)
                taken.update(pair)
        pairs = [pair for pair in pairs if pair not in chosen]
        rounds.append(tuple(chosen))
    return tuple(rounds)


def centres_of(problem: Problem) -> dict[str, Centre]:
    """Return the centre of each branch that has visits."""
    found: dict[str, set[Place]] = defaultdict(set)
    homes = homes_of(problem)
    for visit in problem.visits:
        client = problem.client_of[visit.client]
        found[homes[visit.id]].add(problem.place_of[client.place])
    return {
        branch: (
            sum(place.x for place in places) / len(places),
            sum(place.y for place in places) / len(places),
        )
        for branch, places in sorted(found.items())
    }
