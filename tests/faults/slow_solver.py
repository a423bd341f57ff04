"""A solver that speaks the scheduler's protocol and waits halfway, so that faults hit it midway.

It gives the visits out one by one, each to the first carer who breaks no rule. Costs and rules are
the scheduler's own, so its plans are real plans. With half of the visits it waits for a file with
the problem's name in the folder `SLOW_SOLVER_GATES`, if there is such a folder. The seed steers it:
`POISON` dies before any plan, `REAL` makes way for the real scheduler.
"""

import argparse
import json
import os
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path

from scheduler import Assignment, Problem, Solution, read_problem, read_solution, write_solution
from scheduler.explain import explain_unassigned
from scheduler.score import check, cost

POISON, REAL = 13, 21
GATES = "SLOW_SOLVER_GATES"


class Teller:
    """Tells of plans in lines, and keeps the latest in the checkpoint file."""

    def __init__(self, checkpoint: Path) -> None:
        self._checkpoint = checkpoint
        self._began = time.monotonic()
        self.elapsed = 0.0

    def still_here(self) -> None:
        """Tell nothing new."""
        self.elapsed = time.monotonic() - self._began
        line = {"stage": "improving", "elapsed": self.elapsed, "checkpoint": False}
        print(json.dumps(line), flush=True)  # noqa: T201  the protocol

    def tell(self, stage: str, problem: Problem, plan: Solution, number: int) -> None:
        """Keep a plan and tell of it."""
        self.elapsed = time.monotonic() - self._began
        write_solution(plan, self._checkpoint)
        price = cost(problem, plan)
        given = {row.visit for row in plan.assignments}
        left = [visit for visit in problem.visits if visit.id not in given]
        line = {
            "stage": stage,
            "elapsed": self.elapsed,
            "iterations": number,
            "cost": price.total,
            "terms": dict(price.terms),
            "unassigned": len(left),
            "unassigned_critical": sum(visit.priority == 1 for visit in left),
            "checkpoint": True,
        }
        print(json.dumps(line), flush=True)  # noqa: T201  the protocol


def with_next_visit(problem: Problem, plan: Solution, skipped: set[str]) -> Solution | None:
    """Return the plan with one more visit, or None when nothing more fits."""
    given = {row.visit for row in plan.assignments} | skipped
    for visit in problem.visits:
        if visit.id in given:
            continue
        for carer in problem.carers:
            row = Assignment(visit.id, visit.target, (carer.id,))
            more = Solution(plan.problem, (*plan.assignments, row))
            if visit.carers == 1 and not check(problem, more):
                return more
        skipped.add(visit.id)
    return None


def must_wait(problem: Problem, plan: Solution) -> bool:
    """Say whether half of the visits are given out and the gate is still closed."""
    gates = os.environ.get(GATES)
    if not gates or 2 * len(plan.assignments) != len(problem.visits):
        return False
    return not Path(gates, problem.name).exists()


def main() -> int:
    """Solve as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["solve"])
    parser.add_argument("problem", type=Path)
    for name in ("--start", "--checkpoint", "--explain", "--output"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--seconds", type=float)
    for name in ("--seed", "--threads"):
        parser.add_argument(name, type=int)
    parser.add_argument("--progress", action="store_true")
    options = parser.parse_args()

    if options.seed == POISON:
        os.abort()
    if options.seed == REAL:
        os.execv(sys.executable, [sys.executable, "-m", "scheduler", *sys.argv[1:]])  # noqa: S606
    stops: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: stops.append(number))
    problem = read_problem(options.problem)
    plan = read_solution(options.start, problem) if options.start else Solution(problem.name, ())
    teller, skipped = Teller(options.checkpoint), set[str]()
    more: Solution | None = plan
    number = 0
    while more is not None:
        plan, number = more, number + 1
        teller.tell("improving", problem, plan, number)
        while not stops and teller.elapsed < options.seconds and must_wait(problem, plan):
            time.sleep(0.1)
            teller.still_here()
        if stops or teller.elapsed >= options.seconds:
            break
        more = with_next_visit(problem, plan, skipped)
    write_solution(plan, options.output)
    reasons = [asdict(visit) for visit in explain_unassigned(problem, plan)]
    options.explain.write_text(json.dumps(reasons))
    teller.tell("done", problem, plan, number)
    return 0


if __name__ == "__main__":
    sys.exit(main())
