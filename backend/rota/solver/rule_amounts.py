"""How much of each voted rule a week has, in the units of `organisation/rota_policy.py`."""

from dataclasses import replace

from backend.organisation.rota_policy import RULES, VotedRule
from scheduler import Problem, Solution, Weights
from scheduler.model import PLAIN_WEIGHTS, PRIORITIES, WISH_KINDS
from scheduler.rules import plan_of
from scheduler.score import cost_of
from scheduler.what_if import with_policy


def rule_amounts(problem: Problem, solution: Solution) -> dict[str, float]:
    """Return the units of every rule in a plan.

    A unit is priced at one point and everything else at none, by the very rules that the solver
    is judged by: no second count of the same thing can come to differ from the first.
    """
    return {
        rule.name: cost_of(
            plan_of(
                with_policy(problem, replace(problem.policy, weights=_only(rule))),
                solution,
            )
        ).total
        for rule in RULES
    }


def _only(rule: VotedRule) -> Weights:
    return Weights(
        unassigned=dict.fromkeys(PRIORITIES, 0.0),
        preferences={kind: float(rule.wishes.get(kind, 0)) for kind in WISH_KINDS},
        **{name: float(rule.weights.get(name, 0)) for name in PLAIN_WEIGHTS},
    )
