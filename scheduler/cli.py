"""The command line: solve a problem file, check a solution, make the engine ready."""

import argparse
import json
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from scheduler.benchmarks.formats import FORMATS
from scheduler.exchange import read_problem, read_solution, write_document, write_solution
from scheduler.explain import explain_unassigned
from scheduler.flexible_price import faults_of
from scheduler.improve import library
from scheduler.model import CRITICAL, Problem, ProblemError, Solution
from scheduler.progress import Heartbeat, Progress, Stopwatch
from scheduler.rules import plan_of
from scheduler.score import breaches_of, check, cost, cost_of, indicators_of
from scheduler.solve import solve
from scheduler.solve_flexible import FlexibleProgress, solve_flexible
from scheduler.stop import StopRequest, stopped_by_signals

DONE: Final = 0
BREACHES_FOUND: Final = 1
BAD_INPUT: Final = 2
NO_ENGINE: Final = 3

LINE_SECONDS: Final = 0.5
"""Progress lines are at least this far apart."""
SILENCE_SECONDS: Final = 1.5
"""After so long without a line the last one is said again."""
CHECKPOINT_SECONDS: Final = 1.0
"""Checkpoints are at least this far apart."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns the exit status: 0 well, 1 rules are broken, 2 bad input,
    3 the engine has not been compiled or cannot be.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ProblemError as error:
        print(f"scheduler: {error}", file=sys.stderr)
        return BAD_INPUT
    except library.EngineError as error:
        print(f"scheduler: {error}", file=sys.stderr)
        return NO_ENGINE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scheduler", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("solve", help="plan the week of a rota-problem/1 file")
    run.add_argument("problem", type=Path, help="a name that ends in .gz is compressed")
    run.add_argument("-o", "--output", type=Path, required=True, metavar="SOLUTION")
    run.add_argument("--format", choices=("rota", *FORMATS), default="rota")
    run.add_argument("--seconds", type=_amount, help="stop after so long")
    run.add_argument("--iterations", type=_count, help="stop after so many: repeatable anywhere")
    run.add_argument("--seed", type=int, default=1)
    run.add_argument("--threads", type=_threads, default=2)
    run.add_argument("--start", type=Path, metavar="SOLUTION", help="improve this one")
    run.add_argument("--progress", action="store_true", help="one JSON object a line on stdout")
    run.add_argument("--checkpoint", type=Path, metavar="FILE", help="keep the best so far here")
    run.add_argument("--explain", type=Path, metavar="FILE", help="say why visits stay open")
    run.set_defaults(run=_solve)

    report = commands.add_parser("check", help="report broken rules, cost and figures")
    report.add_argument("problem", type=Path)
    report.add_argument("solution", type=Path)
    report.add_argument("--json", action="store_true")
    report.set_defaults(run=_check)

    build = commands.add_parser("build", help="compile the engine; quick when up to date")
    build.set_defaults(run=_build)
    return parser


def _amount(text: str) -> float:
    value = float(text)
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"must be zero or more, not {text}")
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"must be zero or more, not {text}")
    return value


def _threads(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be one or more, not {text}")
    return value


def _solve(options: argparse.Namespace) -> int:
    if options.seconds is None and options.iterations is None:
        raise ProblemError("", "give --seconds or --iterations, or the run would never end")
    for path in (options.output, options.checkpoint, options.explain):
        _require_folder(path)
    if options.format != "rota":
        return _solve_instance(options)
    with stopped_by_signals() as request, Reporter(options, request) as reporter:
        problem = read_problem(options.problem)
        start = read_solution(options.start, problem) if options.start else None
        reporter.begin(problem, start)
        solution = solve(
            problem,
            seconds=options.seconds,
            seed=options.seed,
            threads=options.threads,
            iterations=options.iterations,
            start=start,
            on_progress=reporter.report,
        )
        write_solution(solution, options.output)
        if options.explain:
            reasons = [asdict(visit) for visit in explain_unassigned(problem, solution)]
            write_document(reasons, options.explain)
        reporter.finish(problem, solution)
    return DONE


def _solve_instance(options: argparse.Namespace) -> int:
    """Plan a file of a public benchmark; what cannot be planned soundly is said and is status 1."""
    for name in ("start", "checkpoint", "explain"):
        if getattr(options, name) is not None:
            raise ProblemError(f"--{name}", f"does not go with --format {options.format}")
    watch = Stopwatch()
    with stopped_by_signals() as request:
        instance = FORMATS[options.format].read(options.problem)

        def report(progress: FlexibleProgress) -> bool:
            if options.progress:
                print(json.dumps(asdict(progress)), flush=True)
            return not request.made

        # What reading took counts too: it is the whole command that must be in time.
        seconds = options.seconds
        plan = solve_flexible(
            instance.problem,
            seconds=None if seconds is None else max(0.0, seconds - watch.elapsed()),
            seed=options.seed,
            threads=options.threads,
            iterations=options.iterations,
            on_progress=report,
        )
        write_document(instance.document_of(plan), options.output)
    faults = faults_of(instance.problem, plan)
    for fault in faults:
        print(fault, file=sys.stderr)
    return BREACHES_FOUND if faults else DONE


def _require_folder(path: Path | None) -> None:
    """Refuse a target that could not be written before an hour is spent on its content."""
    if path is not None and not os.access(path.parent, os.W_OK):
        raise ProblemError(str(path), "its folder does not exist or cannot be written to")


class Reporter:
    """Says on standard output how a run goes, and keeps its best solution in a file.

    A reader that has gone away is taken as the wish to stop.
    """

    def __init__(self, options: argparse.Namespace, request: StopRequest) -> None:
        self._speaks: bool = options.progress
        self._checkpoint: Path | None = options.checkpoint
        self._request = request
        self._watch = Stopwatch()
        self._lock = threading.Lock()
        self._heart = Heartbeat(LINE_SECONDS, self._break_silence)
        self._line: dict[str, Any] = _line("loading", None, {}, None, None)
        self._iterations = 0
        self._said_at = self._kept_at = -1.0
        self._kept_cost = float("inf")

    def __enter__(self) -> "Reporter":
        self._say(self._line, checkpoint=False)
        self._heart.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._heart.__exit__()

    def begin(self, problem: Problem, start: Solution | None) -> None:
        """Take note of the start: a checkpoint that it came from must only be improved."""
        if start is not None and not check(problem, start):
            self._kept_cost = cost(problem, start).total

    def report(self, progress: Progress) -> bool:
        """Take note of how the run stands; False asks it to stop."""
        self._iterations = progress.iterations
        # An empty week is no checkpoint, and "done" is said when the files have been written.
        if progress.stage in {"loading", "done"}:
            return not self._request.made
        now = self._watch.elapsed()
        better = progress.cost < self._kept_cost
        kept = better and now - self._kept_at >= CHECKPOINT_SECONDS and self._keep(progress)
        is_new_stage = progress.stage != self._line["stage"]
        if kept or is_new_stage or now - self._said_at >= LINE_SECONDS:
            line = _line(
                progress.stage,
                progress.cost,
                dict(progress.terms),
                progress.unassigned,
                progress.unassigned_critical,
            )
            self._say(line, checkpoint=kept)
        return not self._request.made

    def finish(self, problem: Problem, solution: Solution) -> None:
        """Keep the last solution and say the last line, with the exact cost."""
        if self._checkpoint:
            write_solution(solution, self._checkpoint)
        points = cost(problem, solution)
        given = {row.visit for row in solution.assignments}
        left = [visit for visit in problem.visits if visit.id not in given]
        critical = sum(visit.priority == CRITICAL for visit in left)
        line = _line("done", points.total, dict(points.terms), len(left), critical)
        self._say(line, checkpoint=self._checkpoint is not None)

    def _keep(self, progress: Progress) -> bool:
        if self._checkpoint is None:
            return False
        write_solution(progress.solution(), self._checkpoint)
        self._kept_at, self._kept_cost = self._watch.elapsed(), progress.cost
        return True

    def _break_silence(self) -> None:
        if self._watch.elapsed() - self._said_at >= SILENCE_SECONDS:
            self._say(self._line, checkpoint=False)

    def _say(self, line: dict[str, Any], *, checkpoint: bool) -> None:
        with self._lock:
            self._line, self._said_at = line, self._watch.elapsed()
            if not self._speaks:
                return
            moment = {"elapsed": round(self._said_at, 3), "iterations": self._iterations}
            spoken = {"stage": line["stage"], **moment, **line, "checkpoint": checkpoint}
            try:
                print(json.dumps(spoken), flush=True)
            except BrokenPipeError:
                self._speaks = False
                self._request.make()
                # Or the interpreter would try again, and complain, when it ends.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _line(
    stage: str,
    points: float | None,
    terms: dict[str, float],
    unassigned: int | None,
    critical: int | None,
) -> dict[str, Any]:
    return {
        "stage": stage,
        "cost": points,
        "terms": terms,
        "unassigned": unassigned,
        "unassigned_critical": critical,
    }


def _check(options: argparse.Namespace) -> int:
    problem = read_problem(options.problem)
    plan = plan_of(problem, read_solution(options.solution, problem))
    breaches, points, figures = breaches_of(plan), cost_of(plan), indicators_of(plan)
    if options.json:
        result = {
            "breaches": [asdict(breach) for breach in breaches],
            "total": points.total,
            "cost": dict(points.terms),
            "indicators": figures,
        }
        print(json.dumps(result, indent=1))
    else:
        for breach in breaches:
            about = (
                breach.carer,
                breach.visit,
                None if breach.day is None else f"day {breach.day}",
            )
            print(f"{breach.code:4}{' '.join(part for part in about if part)}: {breach.message}")
        for name, value in {**points.terms, **figures}.items():
            print(f"  {name:34} {value:>14,}")
        print(f"total cost {points.total:,.1f}; hard rule breaches {len(breaches)}")
    return BREACHES_FOUND if breaches else DONE


def _build(_options: argparse.Namespace) -> int:
    library.build()
    print("The engine is ready.")
    return DONE
