"""One call of CP-SAT that ends in time, and soon after somebody asks it to."""

import math
from typing import Final

from ortools.sat.python import cp_model

from scheduler.progress import Heartbeat
from scheduler.stop import Limit

LOOK_SECONDS: Final = 0.2


def solve_within(solver: cp_model.CpSolver, model: cp_model.CpModel, limit: Limit) -> int:
    """Solve a model and return the status; a limit that ends early ends the solver too."""
    left = limit.seconds_left()
    if math.isfinite(left):
        solver.parameters.max_time_in_seconds = left

    def look() -> None:
        if limit.seconds_left() == 0:
            solver.stop_search()

    with Heartbeat(LOOK_SECONDS, look):
        return int(solver.solve(model))
