"""How much memory a run needs, told before it begins, and a limit that it cannot pass.

The estimate is by sizes: what grows with carers times visits, with the square of the places and
with the visits alone. Its figures were measured (docs/benchmarks.md) and are rounded up.
"""

import resource
from typing import Final

from scheduler.model import Problem
from scheduler.problem_error import ProblemError

MEGABYTE: Final = 1_000_000

BASE_BYTES: Final = 115 * MEGABYTE
"""The interpreter and the libraries, OR-Tools included."""
BYTES_A_PAIR: Final = 15
"""For a carer and a visit: who may make it, when, at what cost."""
BYTES_A_WAY: Final = 12
"""For two places and one way of travel, while the table is made and as the kernel keeps it."""
BYTES_A_VISIT: Final = 5_000
"""A visit in the file, in Python and in the plans of the threads, and in the choice of starts."""
SPARE_BYTES: Final = 150 * MEGABYTE
"""What is reserved but not used: threads' stacks, libraries' tables. The kernel counts it."""


class TooLittleMemoryError(ProblemError):
    """The memory allowed is less than the week needs."""


def needed_bytes(problem: Problem) -> int:
    """Return about what planning a week takes, rather more than less."""
    places = len({client.place for client in problem.clients})
    return (
        BASE_BYTES
        + BYTES_A_PAIR * len(problem.carers) * len(problem.visits)
        + BYTES_A_WAY * len(problem.modes) * places**2
        + BYTES_A_VISIT * len(problem.visits)
    )


def keep_within(problem: Problem, megabytes: int) -> None:
    """Refuse a week that needs more; let nothing that follows in this process take more.

    What goes past it all the same meets `MemoryError`, or is ended where it runs in the kernel.

    Raises
    ------
    TooLittleMemoryError
        By the estimate the week does not fit.
    """
    allowed, needed = megabytes * MEGABYTE, needed_bytes(problem)
    if needed > allowed:
        about = -(-needed // MEGABYTE)
        reason = f"too little: the week needs about {about} MB, {megabytes} MB are allowed"
        raise TooLittleMemoryError("memory", reason)
    # Address space is reserved far beyond what is used; data is what a process can fill.
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = allowed + SPARE_BYTES
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))
