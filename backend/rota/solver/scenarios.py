"""The two problems of a scenario, and its result when both are solved."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction

from backend.rota.models import Publication, Rota, RunState, Scenario, SolverRun
from backend.rota.solver.as_told import as_told
from backend.rota.solver.packing import pack, unpack
from backend.rota.solver.runs import Lease
from backend.rota.solver.skill_days import SEPARATOR
from backend.rota.solver.translate import (
    WeekOfBranch,
    policy_of_branch,
    problem_for,
    weights_of,
)
from scheduler import (
    Problem,
    ProblemError,
    Solution,
    problem_from,
    problem_to,
    solution_from,
    solution_to,
)
from scheduler.units import DAY, DAYS_IN_WEEK
from scheduler.what_if import (
    Comparison,
    MoreCarers,
    Side,
    compare,
    figures_beside,
    with_more_carers,
    with_policy,
)


class UnfitError(Exception):
    """The week cannot be solved with that change; the message says what to mend."""


def both_problems(rota: Rota, change: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return a week as it is and with a change, as `rota-problem/1` documents.

    Raises
    ------
    UnfitError
        There are no visits, or the change does not fit the week.
    """
    present = problem_for(rota)
    if not present.visits:
        raise UnfitError("there are no visits in this week")
    try:
        tried = _tried(present, change)
    except ProblemError as error:
        raise UnfitError(str(error)) from error
    return problem_to(present), problem_to(tried)


def both_policies(
    rota: Rota, present: Mapping[str, Any], tried: Mapping[str, Any]
) -> tuple[Any, Any]:
    """Return a week that people were told of under two price lists, as `rota-problem/1` documents.

    What was published is left out of both: each week is made as if nobody had been told yet.

    Raises
    ------
    UnfitError
        There are no visits.
    """
    problem = replace(problem_for(rota), published=())
    if not problem.visits:
        raise UnfitError("there are no visits in this week")
    first, second = (
        problem_to(with_policy(problem, replace(problem.policy, weights=weights_of(points))))
        for points in (present, tried)
    )
    return first, second


def both_rules(source: WeekOfBranch, before: date, after: date) -> tuple[Any, Any]:
    """Return a published week under a branch's rota rules of two dates, as `both_policies` does.

    Raises
    ------
    UnfitError
        There are no visits.
    """
    problem, branch = replace(source.problem, published=()), source.rota.branch
    if not problem.visits:
        raise UnfitError("there are no visits in this week")
    first, second = (
        problem_to(with_policy(problem, policy_of_branch(branch, on))) for on in (before, after)
    )
    return first, second


def figures_as_told(publication: Publication, source: WeekOfBranch) -> dict[str, float]:
    """Return a publication in the figures that a scenario shows of both its sides."""
    told = as_told(publication, source)
    return dict(figures_beside(replace(told.problem, published=()), told.draft))


def _tried(problem: Problem, change: Mapping[str, Any]) -> Problem:
    policy = replace(
        problem.policy,
        **change["limits"],
        weights=replace(problem.policy.weights, **change["weights"]),
    )
    tried = with_policy(problem, policy)
    more = change["more_carers"]
    return with_more_carers(tried, _kind(problem, more)) if more else tried


def keep_answer(lease: Lease, answer: Solution) -> None:
    """End one of a scenario's runs with its answer; the second to end compares the two.

    Raises
    ------
    LeaseLostError
        Another worker has the run.
    """
    packed = pack(solution_to(answer))
    with transaction.atomic():
        scenario = _scenario_of(lease.run_id)
        if not lease.finish(checkpoint=packed):
            return
        present, tried = (
            SolverRun.objects.get(pk=pk) for pk in (scenario.present_id, scenario.tried_id)
        )
        if present.state == tried.state == RunState.FINISHED:
            scenario.result = _shown(compare(*_answered(present), *_answered(tried)))
            scenario.save(update_fields=["result"])


def _scenario_of(run_id: int) -> Scenario:
    """Return a run's scenario, its row held: of two runs that end at once one is the second."""
    rows = Scenario.objects.select_for_update()
    found = rows.filter(present=run_id).first() or rows.filter(tried=run_id).first()
    if found is None:
        raise Scenario.DoesNotExist
    return found


def _answered(run: SolverRun) -> tuple[Problem, Solution]:
    problem = problem_from(unpack(run.problem or b""))
    return problem, solution_from(unpack(run.checkpoint or b""), problem)


def _kind(problem: Problem, more: Mapping[str, Any]) -> MoreCarers:
    """Return the carers to add; a skill that lapses for some inside the week holds for them."""
    wanted = set(more["skills"])
    asked = {skill for visit in problem.visits for skill in visit.skills}
    skills = wanted | {skill for skill in asked if skill.split(SEPARATOR)[0] in wanted}
    return MoreCarers(
        count=more["count"],
        guaranteed_minutes=more["guaranteed_minutes"],
        max_week_minutes=more["max_week_minutes"],
        max_days=more["max_days"],
        mode=more["mode"],
        gender=more["gender"],
        skills=tuple(sorted(skills)),
        available=tuple(
            (day * DAY + more["from_minute"], day * DAY + more["to_minute"])
            for day in range(DAYS_IN_WEEK)
        ),
    )


def _shown(found: Comparison) -> dict[str, Any]:
    """Return both sides as rows; costs are under the present policy, then under the tried one."""
    return {
        "present": _side(found.first),
        "tried": _side(replace(found.second, prices=found.second.prices[::-1])),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "figures": [{"name": name, "value": value} for name, value in side.figures.items()],
        "by_carer": [{"name": name, **asdict(row)} for name, row in side.by_carer.items()],
        "by_client": [{"name": name, **asdict(row)} for name, row in side.by_client.items()],
        "costs": [
            {"total": cost.total, "terms": [{"name": n, "value": v} for n, v in cost.terms.items()]}
            for cost in side.prices
        ],
    }
