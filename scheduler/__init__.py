"""Plan a week of homecare: a problem goes in, a solution and its reasons come out."""

from scheduler.exchange import (
    problem_from,
    problem_to,
    read_problem,
    read_solution,
    solution_from,
    solution_to,
    write_problem,
    write_solution,
)
from scheduler.explain import OpenVisit, Verdict, candidates, explain_unassigned
from scheduler.model import (
    After,
    Assignment,
    Carer,
    Client,
    ClockChange,
    Lock,
    Mode,
    Place,
    Policy,
    Problem,
    ProblemError,
    PublishedVisit,
    Solution,
    Visit,
    Weights,
    Wish,
)
from scheduler.progress import OnProgress, Progress
from scheduler.roads import Peak, TravelTable
from scheduler.rules.breach import Breach
from scheduler.score import Cost, check, cost, indicators
from scheduler.solve import solve

__all__ = [
    "After",
    "Assignment",
    "Breach",
    "Carer",
    "Client",
    "ClockChange",
    "Cost",
    "Lock",
    "Mode",
    "OnProgress",
    "OpenVisit",
    "Peak",
    "Place",
    "Policy",
    "Problem",
    "ProblemError",
    "Progress",
    "PublishedVisit",
    "Solution",
    "TravelTable",
    "Verdict",
    "Visit",
    "Weights",
    "Wish",
    "candidates",
    "check",
    "cost",
    "explain_unassigned",
    "indicators",
    "problem_from",
    "problem_to",
    "read_problem",
    "read_solution",
    "solution_from",
    "solution_to",
    "solve",
    "write_problem",
    "write_solution",
]
