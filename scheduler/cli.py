"""The command line: solve, repair or compare weeks, check a solution, make the engine ready."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from scheduler.benchmarks.formats import FORMATS
from scheduler.exchange import (
    changes_from,
    read_document,
    read_problem,
    read_solution,
    write_document,
    write_solution,
)
from scheduler.explain import explain_unassigned
from scheduler.flexible_price import faults_of
from scheduler.improve import library
from scheduler.memory import TooLittleMemoryError, keep_within
from scheduler.model import Problem, ProblemError, Solution
from scheduler.progress import OnProgress, Stopwatch
from scheduler.repair import ROUNDS, repair, repair_to
from scheduler.reporter import Reporter
from scheduler.rules import plan_of
from scheduler.score import breaches_of, cost, cost_of, indicators_of
from scheduler.solve import solve
from scheduler.solve_flexible import FlexibleProgress, solve_flexible
from scheduler.solve_group import is_for_parts, solve_group
from scheduler.stop import stopped_by_signals
from scheduler.what_if import compare, require_same_week

DONE: Final = 0
BREACHES_FOUND: Final = 1
BAD_INPUT: Final = 2
NO_ENGINE: Final = 3
NO_MEMORY: Final = 4

PER_CENT: Final = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns the exit status: 0 well, 1 rules are broken, 2 bad input,
    3 the engine has not been compiled or cannot be, 4 the memory allowed was not enough.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except TooLittleMemoryError as error:
        print(f"scheduler: {error}", file=sys.stderr)
        return NO_MEMORY
    except ProblemError as error:
        print(f"scheduler: {error}", file=sys.stderr)
        return BAD_INPUT
    except library.EngineError as error:
        print(f"scheduler: {error}", file=sys.stderr)
        return NO_ENGINE
    except MemoryError:
        print("scheduler: memory.exceeded: the memory allowed was not enough", file=sys.stderr)
        return NO_MEMORY


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scheduler", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("solve", help="plan the week of a rota-problem file")
    run.add_argument("problem", type=Path, help="a name that ends in .gz is compressed")
    run.add_argument("-o", "--output", type=Path, required=True, metavar="SOLUTION")
    run.add_argument("--format", choices=("rota", *FORMATS), default="rota")
    run.add_argument("--seconds", type=_amount, help="stop after so long")
    run.add_argument("--iterations", type=_count, help="stop after so many: repeatable anywhere")
    run.add_argument("--target", type=_amount, metavar="COST", help="enough at this cost")
    run.add_argument(
        "--gap", type=_amount, metavar="PERCENT", help="enough so near to the best (small weeks)"
    )
    run.add_argument("--memory", type=_megabytes, metavar="MB", help="take no more than this")
    run.add_argument("--seed", type=int, default=1)
    run.add_argument("--threads", type=_threads, default=2)
    run.add_argument("--start", type=Path, metavar="SOLUTION", help="improve this one")
    run.add_argument("--progress", action="store_true", help="one JSON object a line on stdout")
    run.add_argument("--checkpoint", type=Path, metavar="FILE", help="keep the best so far here")
    run.add_argument("--explain", type=Path, metavar="FILE", help="say why visits stay open")
    run.set_defaults(run=_solve)

    mend = commands.add_parser("repair", help="the least change after an absence")
    mend.add_argument("problem", type=Path)
    mend.add_argument("solution", type=Path, help="what people were told")
    mend.add_argument("--changes", type=Path, required=True, help="a rota-changes/1 file")
    mend.add_argument("-o", "--output", type=Path, required=True, metavar="ANSWER")
    mend.add_argument("--rounds", type=_count, default=ROUNDS, help="work for each alternative")
    mend.add_argument("--seconds", type=_amount, help="look for no more after so long")
    mend.add_argument("--seed", type=int, default=1)
    mend.add_argument("--progress", action="store_true", help="one JSON object a line on stdout")
    mend.add_argument("--checkpoint", type=Path, metavar="FILE", help="keep the best so far here")
    mend.set_defaults(run=_repair)

    beside = commands.add_parser("compare", help="solve a week in two versions, side by side")
    beside.add_argument("first", type=Path, help="a rota-problem/1 file")
    beside.add_argument("second", type=Path, help="the same week with other rules or carers")
    beside.add_argument("--seconds", type=_amount, help="for each of the two")
    beside.add_argument("--iterations", type=_count, help="for each: repeatable anywhere")
    beside.add_argument("--seed", type=int, default=1)
    beside.add_argument("--threads", type=_threads, default=2)
    beside.add_argument("--json", action="store_true")
    beside.set_defaults(run=_compare)

    report = commands.add_parser("check", help="report broken rules, cost and figures")
    report.add_argument("problem", type=Path)
    report.add_argument("solution", type=Path)
    report.add_argument("--json", action="store_true")
    report.set_defaults(run=_check)

    limit = commands.add_parser("bound", help="say how far a solution can be from the best one")
    limit.add_argument("problem", type=Path)
    limit.add_argument("solution", type=Path)
    limit.add_argument("--seconds", type=_amount, default=60.0)
    limit.add_argument("--threads", type=_threads, default=2)
    limit.add_argument("-o", "--output", type=Path, metavar="SOLUTION", help="write a better one")
    limit.set_defaults(run=_bound)

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


def _megabytes(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be one or more, not {text}")
    return value


def _require_limit(options: argparse.Namespace) -> None:
    if options.seconds is None and options.iterations is None:
        raise ProblemError("", "give --seconds or --iterations, or the run would never end")


def _compare(options: argparse.Namespace) -> int:
    """Solve both with the same seed and effort; neither answer is kept."""
    _require_limit(options)
    problems = [read_problem(options.first), read_problem(options.second)]
    require_same_week(*problems)
    answers = [
        solve(
            problem,
            seconds=options.seconds,
            seed=options.seed,
            threads=options.threads,
            iterations=options.iterations,
        )
        for problem in problems
    ]
    found = compare(problems[0], answers[0], problems[1], answers[1])
    if options.json:
        print(json.dumps(asdict(found), indent=1))
        return DONE
    rows = [
        (name, value, found.second.figures[name]) for name, value in found.first.figures.items()
    ]
    policies = ("under the first rules", "under the second rules")
    first, second = found.first.prices, found.second.prices[::-1]
    for words, ours, theirs in zip(policies, first, second, strict=True):
        rows += [(f"cost {words}", ours.total, theirs.total)]
        rows += [(f"  {name}", ours.terms[name], theirs.terms[name]) for name in ours.terms]
    for name, one, other in rows:
        print(f"  {name:34} {one:>14,} {other:>14,}")
    return DONE


def _solve(options: argparse.Namespace) -> int:
    _require_limit(options)
    for path in (options.output, options.checkpoint, options.explain):
        _require_folder(path)
    if options.format != "rota":
        return _solve_instance(options)
    with stopped_by_signals() as request, Reporter(options, request) as reporter:
        problem = read_problem(options.problem)
        if options.memory is not None:
            keep_within(problem, options.memory)
        start = read_solution(options.start, problem) if options.start else None
        reporter.begin(problem, start)
        solution = _planned(problem, start, options, reporter.report)
        write_solution(solution, options.output)
        if options.explain:
            reasons = [asdict(visit) for visit in explain_unassigned(problem, solution)]
            write_document(reasons, options.explain)
        reporter.finish(problem, solution)
    return DONE


def _planned(
    problem: Problem, start: Solution | None, options: argparse.Namespace, report: OnProgress
) -> Solution:
    """Plan a week as a whole, or that of a large group by parts."""
    if is_for_parts(problem):
        return solve_group(
            problem,
            seconds=options.seconds,
            seed=options.seed,
            workers=options.threads,
            iterations=options.iterations,
            start=start,
            on_progress=report,
            target=options.target,
        )
    return solve(
        problem,
        seconds=options.seconds,
        seed=options.seed,
        threads=options.threads,
        iterations=options.iterations,
        start=start,
        on_progress=report,
        target=options.target,
        gap=None if options.gap is None else options.gap / PER_CENT,
    )


def _repair(options: argparse.Namespace) -> int:
    for path in (options.output, options.checkpoint):
        _require_folder(path)
    with stopped_by_signals() as request, Reporter(options, request) as reporter:
        problem = read_problem(options.problem)
        happened = changes_from(read_document(options.changes))
        answer = repair(
            problem,
            read_solution(options.solution, problem),
            happened.changes,
            now=happened.now,
            rounds=options.rounds,
            seconds=options.seconds,
            seed=options.seed,
            on_progress=reporter.report,
        )
        write_document(repair_to(answer), options.output)
        reporter.finish(answer.problem, answer.plans[0].solution)
    return DONE


def _solve_instance(options: argparse.Namespace) -> int:
    """Plan a file of a public benchmark; what cannot be planned soundly is said and is status 1."""
    for name in ("start", "checkpoint", "explain", "target", "gap", "memory"):
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


def _bound(options: argparse.Namespace) -> int:
    # OR-Tools takes a second and 100 MB to load, and the other commands do without.
    from scheduler.exact.bound import bound

    _require_folder(options.output)
    problem = read_problem(options.problem)
    solution = read_solution(options.solution, problem)
    found = bound(problem, solution, seconds=options.seconds, threads=options.threads)
    better = found.better_solution
    if better is not None and options.output is not None:
        write_solution(better, options.output)
    result = {
        "cost": cost(problem, solution).total,
        "lower": found.lower,
        "gap": round(found.gap, 6),
        "is_optimal": found.is_optimal,
        "better_cost": None if better is None else cost(problem, better).total,
        "covers": found.covers,
    }
    print(json.dumps(result))
    return DONE


def _build(_options: argparse.Namespace) -> int:
    library.build()
    print("The engine is ready.")
    return DONE
