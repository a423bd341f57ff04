"""Plan a flexible problem: chains of ruin and recreate, cooling with the time that has passed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from scheduler.flexible import FlexiblePlan, FlexibleProblem, Price
from scheduler.improve.annealing import Annealing
from scheduler.improve.soft_encode import EncodedFlexible
from scheduler.improve.soft_engine import SoftEngine
from scheduler.progress import Stopwatch
from scheduler.stop import Limit

COOLING: Final = Annealing(hot=1.5, cold=0.015)
"""In mean legs. Hot enough to take whole routes apart: which carer works where is settled early."""
SPREAD: Final = 0.8
SPREAD_SHARE: Final = 0.8
"""How much of the idle price falls on the next idlest at first, and when it is nothing any more."""
MEETINGS: Final = 30
"""How often in a run the chains go on from the cheapest of them."""
ROUNDS_A_TURN: Final = 200
TURN_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class FlexibleProgress:
    """Where a run stands: seconds, rounds of each chain, the best price so far."""

    elapsed: float
    iterations: int
    price: Price


def solve_flexible(
    problem: FlexibleProblem,
    *,
    seconds: float | None,
    seed: int = 1,
    threads: int = 2,
    iterations: int | None = None,
    on_progress: Callable[[FlexibleProgress], bool] | None = None,
) -> FlexiblePlan:
    """Return the cheapest plan that was found.

    Parameters
    ----------
    seconds
        Wall time; None for no limit of time.
    iterations
        Rounds of each chain; None for no limit. With it alone the answer is the same on every
        machine for the same problem, seed and number of threads.
    on_progress
        Called some twenty times a second; False means "give me the best so far".

    Visits that fit nowhere are left out even where they must be given: `faults_of` names them.
    """
    if seconds is None and iterations is None:
        raise ValueError("give seconds or iterations, or the run would never end")
    watch = Stopwatch()
    limit = Limit(seconds=seconds, iterations=iterations)
    unit = _mean_leg(problem)
    with SoftEngine(EncodedFlexible(problem), threads=threads, seed=seed) as engine:
        rounds, turn, meetings = 0, ROUNDS_A_TURN, 0
        while not limit.reached(rounds):
            began = watch.elapsed()
            done = max(
                began / seconds if seconds else 0.0, rounds / iterations if iterations else 0.0
            )
            if threads > 1 and done * MEETINGS >= meetings + 1:
                engine.meet()
                meetings += 1
            spread = round(max(0.0, SPREAD * (1 - done / SPREAD_SHARE)), 6)
            engine.improve(turn, COOLING.temperature(done) * unit, spread)
            rounds += turn
            progress = FlexibleProgress(watch.elapsed(), rounds, engine.best_total)
            if on_progress is not None and not on_progress(progress):
                break
            # Turns of a fixed length where the answer must not depend on the clock.
            if iterations is None:
                turn = _next_turn(turn, watch.elapsed() - began, limit.seconds_left())
        return engine.plan()


def _next_turn(turn: int, took: float, left: float) -> int:
    fitting = turn * min(TURN_SECONDS, max(left, 0.001)) / max(took, 1e-6)
    return max(1, min(int(fitting), 2 * turn))


def _mean_leg(problem: FlexibleProblem) -> float:
    """Return what the mean leg between two places costs; prices are measured by it."""
    legs = sum(map(sum, problem.travel))
    mean = legs / max(1, len(problem.travel) ** 2)
    return max(1.0, mean * max(1, problem.prices.travel))
