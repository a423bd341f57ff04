"""The `rota-solution/1` document."""

from collections.abc import Mapping
from typing import Any, Final

from scheduler.exchange.fields import Fields, check_format
from scheduler.model import Assignment, Problem, ProblemError, Solution

SOLUTION_FORMAT: Final = "rota-solution/1"


def solution_from(document: Mapping[str, Any], problem: Problem) -> Solution:
    """Read a `rota-solution/1` document that answers `problem`.

    Only the shape is checked here: a visit given twice or to an unknown carer is a broken rule,
    for `check` to report.

    Raises
    ------
    ProblemError
        When the document is not a solution, or answers another problem.
    """
    fields = Fields(document)
    check_format(fields, SOLUTION_FORMAT)
    name = fields.text("problem")
    if name != problem.name:
        raise ProblemError("problem", f"the solution answers {name!r}, not {problem.name!r}")
    return Solution(problem=name, assignments=fields.rows("assignments", _assignment))


def solution_to(solution: Solution) -> dict[str, Any]:
    """Return the `rota-solution/1` document of a solution."""
    return {
        "format": SOLUTION_FORMAT,
        "problem": solution.problem,
        "assignments": [
            {"visit": row.visit, "start": row.start, "carers": list(row.carers)}
            for row in solution.assignments
        ],
    }


def _assignment(fields: Fields) -> Assignment:
    return Assignment(
        visit=fields.text("visit"), start=fields.whole("start"), carers=fields.texts("carers")
    )
