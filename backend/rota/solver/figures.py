"""The figures by which people judge a week: of a draft, a proposal, a publication."""

from typing import Any

from scheduler import Problem, Solution
from scheduler.parts import is_of_others
from scheduler.rules import Plan, plan_of
from scheduler.score import breaches_of, cost_of, indicators_of

NAMES = {
    "visits": "visits",
    "unassigned": "unassigned visits",
    "unassigned_critical": "unassigned critical",
    "covered_percent": "covered minutes %",
    "familiar_percent": "familiar %",
    "carers_per_client": "carers per client",
    "continuity_index": "continuity index (Bice-Boxerman)",
    "within_15_percent": "within 15 min of target %",
    "travel_percent": "travel % of work",
    "splits": "splits",
    "wishes_kept_percent": "wishes kept % (by strength)",
}
"""Our names of the scheduler's indicators."""


def figures_of(problem: Problem, solution: Solution) -> dict[str, Any]:
    """Return the figures of a solution; see `FiguresOut` for what each is."""
    return figures_of_plan(plan_of(problem, solution))


def figures_of_plan(plan: Plan, breaches: int | None = None) -> dict[str, Any]:
    """Return what `figures_of` returns, for a plan that is laid out already.

    Parameters
    ----------
    breaches
        How many hard rules the plan breaks, where that has been worked out before.
    """
    found, price = indicators_of(plan), cost_of(plan)
    clients = plan.problem.client_of
    # What the branch's carers do elsewhere is work, but none of the branch's visits.
    found["visits"] -= sum(is_of_others(clients[row.client]) for row in plan.problem.visits)
    split_gap = plan.problem.policy.split_gap_minutes
    return {
        **{ours: found[theirs] for ours, theirs in NAMES.items()},
        "travel_minutes": sum(
            leg.travel
            for week in plan.weeks.values()
            for leg in week.legs()
            if leg.gap <= split_gap
        ),
        "cost": price.total,
        "terms": dict(price.terms),
        "breaches": len(breaches_of(plan)) if breaches is None else breaches,
    }
