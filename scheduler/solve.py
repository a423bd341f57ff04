"""Plan the whole week: keep what is given, fill up, improve until told to stop, check."""

import logging
from collections.abc import Iterable
from importlib import import_module
from typing import Final

from scheduler.build.first_rows import FirstRow, known_rows, locked_rows, starts_near_target
from scheduler.improve.annealing import FROM_A_START, FROM_NOTHING
from scheduler.improve.encode import EncodedProblem
from scheduler.improve.engine import Engine
from scheduler.model import CRITICAL, Problem, Solution
from scheduler.progress import OnProgress, Progress, Stopwatch
from scheduler.quality import Quality
from scheduler.rules import Breach
from scheduler.score import check, cost
from scheduler.stop import Limit
from scheduler.units import DAYS_IN_WEEK, Points

log = logging.getLogger(__name__)

ROUNDS_A_TURN: Final = 4000
"""Rounds between two looks at the clock, at the stop request and at the other thread's work; at
least this many, and half as many as there are visits, since joining takes longer then."""
LONGEST_TURN_SECONDS: Final = 0.6
SETTLING_ROUNDS_A_VISIT: Final = 2
SETTLING_TEMPERATURE: Final = 3.0
"""A greedy rota is worth far less than the same rota after some cold rounds, which take a fraction
of a second; the first rota that anybody sees has had them."""
REPORT_SECONDS: Final = 0.5
POLISH_SHARE: Final = 0.05
CHECK_SHARE: Final = 0.01
"""The parts of the time kept for the exact choice of starts with the final check, and for that
check alone."""
BOUND_FROM: Final = 0.3
"""The part of the search after which a small week is also bounded from below: by then a plan is
there that is hardly bettered, and where it is the best there is the rest need not be waited for."""
SHORTEST_BOUNDED_SECONDS: Final = 20.0
SHORTEST_POLISHED_SECONDS: Final = 10.0
"""Loading OR-Tools would take too much of a shorter run."""
REPAIR_TRIES: Final = 5


def solve(
    problem: Problem,
    *,
    seconds: float | None,
    seed: int = 1,
    threads: int = 2,
    iterations: int | None = None,
    start: Solution | None = None,
    on_progress: OnProgress | None = None,
    target: Points | None = None,
    gap: float | None = None,
) -> Solution:
    """Plan a week that breaks no hard rule and costs as little as the time allows.

    Parameters
    ----------
    seconds
        Wall time for the whole run; None for no limit of time.
    iterations
        Rounds of the search in all; None for no limit. With it and the same problem, seed and
        number of threads, the answer is the same on every machine, whatever `seconds` cuts off
        aside.
    start
        A week to improve; what is infeasible in it is dropped. The answer is never worse than a
        start without breaches. Without it, what was published is the start.
    on_progress
        Called about twice a second; False means "give me the best so far".
    target
        Enough is a plan that costs no more than this.
    gap
        Enough is a plan that is proved to be within this part of its cost of the best: 0.03 is
        3 %. Weeks too large to be bounded never are.

    Returns
    -------
    Solution
        Visits that could not be covered are left out of it. A locked visit is left out only when
        its lock itself breaks a rule.

    Raises
    ------
    EngineError
        The kernel has not been compiled.
    ValueError
        Neither limit was given, or one that means nothing.
    """
    if seconds is None and iterations is None:
        raise ValueError("give seconds or iterations, or the run would never end")
    if threads < 1:
        raise ValueError(f"threads must be 1 or more, not {threads}")
    quality = Quality(problem, target=target, gap=gap, threads=threads)
    run = _Run(
        problem, seconds=seconds, iterations=iterations, on_progress=on_progress, quality=quality
    )
    run.say("loading", Solution(problem.name))
    with Engine(EncodedProblem(problem), threads=threads, seed=seed) as engine:
        has_start = _build(engine, problem, start)
        if not has_start:
            run.settle(engine)
        run.report("building", engine)
        try:
            run.improve(engine, has_start=has_start)
        finally:
            quality.stop()
        solution = engine.solution()
    solution = run.polish(_without_breaches(problem, solution))
    solution = _better_of(problem, solution, quality.better)
    solution = _better_of(problem, solution, start)
    run.say("done", solution)
    return solution


def _build(engine: Engine, problem: Problem, start: Solution | None) -> bool:
    """Keep what is locked and known, fill up; say whether there was anything to keep."""
    for row in locked_rows(problem, start):
        if not _keep_anyhow(engine, problem, row):
            log.warning("The lock of visit %s breaks a rule; the visit stays open.", row.visit)
    rows = known_rows(problem, start)
    dropped = [row for row in rows if not engine.keep(row.visit, row.start, row.carers)]
    # The same people at another time is still nearer to what was given than other people.
    for row in dropped:
        engine.keep(row.visit, None, row.carers)
    engine.construct()
    return bool(rows)


def _keep_anyhow(engine: Engine, problem: Problem, row: FirstRow) -> bool:
    if engine.keep(row.visit, row.start, row.carers) or engine.keep(row.visit, None, row.carers):
        return True
    starts = starts_near_target(problem.visit_of[row.visit])
    return any(engine.keep(row.visit, moment, row.carers) for moment in starts)


class _Run:
    """One run's limits, and what it tells about itself."""

    def __init__(
        self,
        problem: Problem,
        *,
        seconds: float | None,
        iterations: int | None,
        on_progress: OnProgress | None,
        quality: Quality,
    ) -> None:
        self._problem = problem
        self._quality = quality
        # Where rounds are counted, only who asks for a gap has an answer that hangs on the clock.
        is_long = seconds is not None and seconds >= SHORTEST_BOUNDED_SECONDS
        self._bounds = quality.wants_bound or (is_long and iterations is None)
        self._watch = Stopwatch()
        self._seconds = None if seconds is None else seconds * (1 - POLISH_SHARE)
        self._limit = Limit(seconds=self._seconds, iterations=iterations)
        self._end = Limit(seconds=None if seconds is None else seconds * (1 - CHECK_SHARE))
        self._iterations = iterations
        self._on_progress = on_progress
        self._done = 0
        self._reported_at = 0.0
        self._is_wanted = True
        self._polishes = seconds is None or seconds >= SHORTEST_POLISHED_SECONDS

    def settle(self, engine: Engine) -> None:
        """Make a sensible first rota of a greedy one."""
        rounds = SETTLING_ROUNDS_A_VISIT * len(self._problem.visits)
        if self._iterations is not None:
            rounds = min(rounds, self._iterations // 10)
        turns = -(-rounds // ROUNDS_A_TURN)
        for _ in range(turns):
            if self._limit.reached(self._done):
                break
            engine.improve(rounds // turns, SETTLING_TEMPERATURE)
            self._done += rounds // turns

    def improve(self, engine: Engine, *, has_start: bool) -> None:
        """Search until a limit is reached or nobody wants more."""
        # Loaded after the first rota is there, and before the time is shared out for the search.
        if self._is_wanted and self._polishes:
            import_module("scheduler.improve.retiming")
        annealing = FROM_A_START if has_start else FROM_NOTHING
        rounds = max(ROUNDS_A_TURN, len(self._problem.visits) // 2)
        while self._is_wanted and not self._limit.reached(self._done):
            began = self._watch.elapsed()
            if self._iterations is not None:
                rounds = min(rounds, self._iterations - self._done)
            engine.improve(rounds, annealing.temperature(self._share_done()))
            self._done += rounds
            # On a busy machine the clock and the stop request must still be heard. Where rounds are
            # counted the turns stay as they are, or the answer would depend on the machine.
            if self._iterations is None and self._watch.elapsed() - began > LONGEST_TURN_SECONDS:
                rounds = max(ROUNDS_A_TURN // 8, rounds // 2)
            if self._watch.elapsed() - self._reported_at >= REPORT_SECONDS:
                self.report("improving", engine)
            if self._bounds and self._share_done() >= BOUND_FROM:
                self._quality.begin_bound(engine.solution, self._limit.seconds_left())
            if self._quality.is_enough(lambda: sum(engine.terms().values())):
                self.report("improving", engine)
                break

    def polish(self, solution: Solution) -> Solution:
        """Choose the starts of each day exactly, as far as the time allows."""
        if not self._polishes:
            return solution
        # OR-Tools takes a second and 100 MB to load; whoever only checks a week needs neither.
        from scheduler.improve.retiming import retimed

        polished, longest = solution, 0.0
        for day in range(DAYS_IN_WEEK):
            began = self._watch.elapsed()
            # The first day is tried on trust; then we know what one takes.
            if not self._is_wanted or self._end.seconds_left() <= longest:
                break
            polished = retimed(self._problem, polished, range(day, day + 1))
            longest = max(longest, 1.5 * (self._watch.elapsed() - began))
        is_better = cost(self._problem, polished).total < cost(self._problem, solution).total
        return polished if is_better and not check(self._problem, polished) else solution

    def _share_done(self) -> float:
        # Where rounds are counted the clock has no say, or the answer would depend on it.
        if self._iterations is not None:
            return self._done / self._iterations
        return self._watch.elapsed() / self._seconds if self._seconds else 1.0

    def report(self, stage: str, engine: Engine) -> None:
        """Tell how the best rota of the engine stands."""
        self._reported_at = self._watch.elapsed()
        if self._on_progress is None:
            return
        terms = engine.terms()
        left = engine.open_visits()
        progress = Progress(
            stage=stage,
            elapsed=self._watch.elapsed(),
            iterations=self._done,
            cost=round(sum(terms.values()), 3),
            terms=terms,
            unassigned=len(left),
            unassigned_critical=sum(visit.priority == CRITICAL for visit in left),
            solution=engine.solution,
            lower=self._quality.lower,
        )
        self._is_wanted = self._on_progress(progress) and self._is_wanted

    def say(self, stage: str, solution: Solution) -> None:
        """Tell how a solution stands, priced by the plain rules."""
        self._reported_at = self._watch.elapsed()
        if self._on_progress is None:
            return
        points = cost(self._problem, solution)
        left = self._problem.open_visits(solution)
        progress = Progress(
            stage=stage,
            elapsed=self._watch.elapsed(),
            iterations=self._done,
            cost=points.total,
            terms=points.terms,
            unassigned=len(left),
            unassigned_critical=sum(visit.priority == CRITICAL for visit in left),
            solution=lambda: solution,
            lower=self._quality.lower,
        )
        self._is_wanted = self._on_progress(progress) and self._is_wanted


def _better_of(problem: Problem, solution: Solution, other: Solution | None) -> Solution:
    """Return the other plan where it is sound and cheaper: a proved one, or an odd start."""
    if other is None or cost(problem, other).total >= cost(problem, solution).total:
        return solution
    return solution if check(problem, other) else other


def _without_breaches(problem: Problem, solution: Solution) -> Solution:
    """Take out what the plain rules forbid; a breach here is a fault of the engine."""
    for _ in range(REPAIR_TRIES):
        offending = _offending_visits(solution, check(problem, solution))
        if not offending:
            return solution
        log.error("The engine broke rules; taken out: %s", ", ".join(sorted(offending)))
        kept = tuple(row for row in solution.assignments if row.visit not in offending)
        solution = Solution(solution.problem, kept)
    return Solution(solution.problem)


def _offending_visits(solution: Solution, breaches: Iterable[Breach]) -> set[str]:
    """Return the visits to take out; a breach that names only a carer takes the carer's week."""
    found: set[str] = set()
    for breach in breaches:
        for row in solution.assignments:
            is_named = row.visit == breach.visit
            is_the_carers = breach.visit is None and breach.carer in row.carers
            if is_named or is_the_carers:
                found.add(row.visit)
    return found
