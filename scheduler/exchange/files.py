"""Problem and solution files, plain or compressed; written whole or not at all."""

import gzip
import json
import os
import zlib
from pathlib import Path
from typing import Any

from scheduler.exchange.limits import check_structure, read_bytes, unpacked
from scheduler.exchange.problem import problem_from, problem_to
from scheduler.exchange.solution import solution_from, solution_to
from scheduler.model import Problem, ProblemError, Solution


def read_problem(path: Path | str) -> Problem:
    """Read a problem file; a name that ends in `.gz` is compressed. Raises `ProblemError`."""
    return problem_from(read_document(path))


def write_problem(problem: Problem, path: Path | str) -> None:
    """Write a problem file whole or not at all; a name that ends in `.gz` is compressed."""
    write_document(problem_to(problem), path)


def read_solution(path: Path | str, problem: Problem) -> Solution:
    """Read a solution of `problem`; a name that ends in `.gz` is compressed."""
    return solution_from(read_document(path), problem)


def write_solution(solution: Solution, path: Path | str) -> None:
    """Write a solution file whole or not at all; a name that ends in `.gz` is compressed."""
    write_document(solution_to(solution), path)


def read_document(path: Path | str) -> Any:
    """Return the JSON of a file; what cannot be read is a `ProblemError` that names the file.

    Neither a file that is too large nor one that unpacks into too much is read to its end.
    """
    try:
        data = read_bytes(Path(path))
        if str(path).endswith(".gz"):
            data = unpacked(data)
        check_structure(data)
        return json.loads(data, parse_constant=_refuse)
    except ProblemError as error:
        raise error.inside(str(path)) from error
    except OSError as error:
        raise ProblemError(str(path), f"cannot be read: {error.strerror or error}") from error
    except (EOFError, ValueError, RecursionError, zlib.error) as error:
        raise ProblemError(str(path), f"is not a JSON file: {error}") from error


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a number of JSON")


def write_document(document: object, path: Path | str) -> None:
    """Write JSON beside the target and move it into place, so that nobody reads half a file."""
    target = Path(path)
    data = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    if target.name.endswith(".gz"):
        # No time of day inside, so that the same document is always the same file.
        data = gzip.compress(data, mtime=0)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
