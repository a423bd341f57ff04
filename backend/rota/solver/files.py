"""Rota problems as files of the format `rota-problem`, for programs outside."""

from pathlib import Path
from typing import Any

from backend.rota.models import Rota
from backend.rota.solver.translate import problem_for
from scheduler import ProblemError, problem_to, read_problem, write_problem


class ProblemFileError(ValueError):
    """The file is no problem the scheduler could use; the text says where and why."""


def read_problem_file(path: Path) -> dict[str, Any]:
    """Return a checked problem as its document.

    Raises
    ------
    ProblemFileError
        The file cannot be read, or its content is not sound.
    """
    try:
        return problem_to(read_problem(path))
    except (ProblemError, OSError) as error:
        raise ProblemFileError(str(error)) from error


def write_problem_file(rota: Rota, path: Path) -> None:
    """Write a rota's week as a problem; a name that ends in .gz is compressed."""
    write_problem(problem_for(rota), path)
