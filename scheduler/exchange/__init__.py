"""The files of a week (problem, solution, changes): read with exact complaints, and written."""

from scheduler.exchange.changes import Happened, changes_from, changes_to
from scheduler.exchange.files import (
    read_document,
    read_problem,
    read_solution,
    write_document,
    write_problem,
    write_solution,
)
from scheduler.exchange.problem import problem_from, problem_to
from scheduler.exchange.solution import solution_from, solution_to

__all__ = [
    "Happened",
    "changes_from",
    "changes_to",
    "problem_from",
    "problem_to",
    "read_document",
    "read_problem",
    "read_solution",
    "solution_from",
    "solution_to",
    "write_document",
    "write_problem",
    "write_solution",
]
