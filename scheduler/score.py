"""All rules over a whole solution: what it breaks, what it costs, and how good it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scheduler.model import CRITICAL, Problem, Solution
from scheduler.rules import (
    CARER_RULES,
    CARER_TERMS,
    PLAN_RULES,
    PLAN_TERMS,
    Breach,
    Plan,
    code_order,
    continuity,
    plan_of,
    preferences,
    punctuality,
    soft_ends,
    unassigned,
    voted_price,
)
from scheduler.units import Points

TERMS: Final = tuple(
    sorted(
        [name for term in PLAN_TERMS for name in term.TERMS]
        + [name for term in CARER_TERMS for name in term.TERMS]
    )
)
"""The names of all cost terms, in the order of their codes."""

ON_TIME_MINUTES: Final = 15
COST_DECIMALS: Final = 3


@dataclass(frozen=True, slots=True)
class Cost:
    """What a solution costs in points, whole and by term; lower is better.

    `terms` names every term, in the order of the codes; all are rounded to three decimals.
    """

    total: Points
    terms: Mapping[str, Points]


def check(problem: Problem, solution: Solution) -> tuple[Breach, ...]:
    """Return every broken hard rule, in the order of the codes; empty when there is none."""
    return breaches_of(plan_of(problem, solution))


def beyond_votes(problem: Problem, solution: Solution) -> tuple[Breach, ...]:
    """Return what is beyond a vote that is priced (V4 to V6), in the order of the codes."""
    return beyond_votes_of(plan_of(problem, solution))


def cost(problem: Problem, solution: Solution) -> Cost:
    """Return what a solution costs, also a broken one."""
    return cost_of(plan_of(problem, solution))


def indicators(problem: Problem, solution: Solution) -> dict[str, float]:
    """Return the figures by which people judge a week, rounded for reading."""
    return indicators_of(plan_of(problem, solution))


def breaches_of(plan: Plan) -> tuple[Breach, ...]:
    """Return what `check` returns, for a plan that is laid out already."""
    found = [breach for rule in PLAN_RULES for breach in rule.breaches(plan)]
    for rule in CARER_RULES:
        for week in plan.weeks.values():
            found.extend(rule.breaches(week, plan.problem))
    return tuple(sorted(found, key=lambda breach: code_order(breach.code)))


def cost_of(plan: Plan) -> Cost:
    """Return what `cost` returns, for a plan that is laid out already."""
    sums = dict.fromkeys(terms_of(plan.problem), 0.0)
    for plan_term in PLAN_TERMS:
        for name, points in plan_term.penalty(plan).items():
            sums[name] += points
    for week in plan.weeks.values():
        for carer_term in CARER_TERMS:
            if carer_term.CODE == voted_price.CODE and not plan.problem.policy.voted.has_prices:
                continue
            for name, points in carer_term.penalty(week, plan.problem).items():
                sums[name] += points
    total = round(sum(sums.values()), COST_DECIMALS)
    return Cost(total, {name: round(points, COST_DECIMALS) for name, points in sums.items()})


def terms_of(problem: Problem) -> tuple[str, ...]:
    """Return the names of the terms that a week's cost has: some only where there is a reason."""
    is_there = {
        unassigned.OPTIONAL_TERM: problem.has_optional,
        soft_ends.TERMS[0]: problem.has_soft_ends,
        voted_price.TERMS[0]: problem.policy.voted.has_prices,
    }
    return tuple(name for name in TERMS if is_there.get(name, True))


def beyond_votes_of(plan: Plan) -> tuple[Breach, ...]:
    """Return what `beyond_votes` returns, for a plan that is laid out already."""
    rows = (row for week in plan.weeks.values() for row in voted_price.excesses(week, plan.problem))
    return tuple(sorted(rows, key=lambda row: code_order(row.code)))


def indicators_of(plan: Plan) -> dict[str, float]:
    """Return what `indicators` returns, for a plan that is laid out already."""
    return {
        **_coverage(plan),
        **_continuity(plan),
        **_punctuality(plan),
        **_working_time(plan),
        **_wishes(plan),
    }


def _coverage(plan: Plan) -> dict[str, float]:
    owed = [visit for visit in plan.problem.visits if not visit.is_optional]
    optional = [visit for visit in plan.problem.visits if visit.is_optional]
    open_visits = [visit for visit in owed if visit.id not in plan.given]
    wanted = sum(visit.minutes * visit.carers for visit in owed)
    covered = sum(
        stop.visit.minutes
        for week in plan.weeks.values()
        for stop in week.stops()
        if not stop.visit.is_optional
    )
    found: dict[str, float] = {
        "visits": len(owed),
        "unassigned visits": len(open_visits),
        "unassigned critical": sum(visit.priority == CRITICAL for visit in open_visits),
        "covered minutes %": round(100 * covered / max(1, wanted), 3),
    }
    if optional:
        found["optional visits"] = len(optional)
        found["optional visits made"] = sum(visit.id in plan.given for visit in optional)
    return found


def _continuity(plan: Plan) -> dict[str, float]:
    clients = plan.problem.client_of
    teams = continuity.visiting_carers(plan)
    familiar = sum(
        carer in clients[client_id].familiar for client_id, team in teams.items() for carer in team
    )
    different = sum(len(set(team)) for team in teams.values())
    indices = [_bice_boxerman(team) for team in teams.values() if len(team) > 1]
    return {
        "familiar %": round(100 * familiar / max(1, _carer_visits(plan)), 2),
        "carers per client": round(different / max(1, len(teams)), 3),
        "continuity index (Bice-Boxerman)": round(sum(indices) / max(1, len(indices)), 4),
    }


def _bice_boxerman(team: list[str]) -> float:
    """Return 1 when one carer makes all of a client's visits, 0 when each has another."""
    count = len(team)
    return (sum(k * k for k in Counter(team).values()) - count) / (count * (count - 1))


def _punctuality(plan: Plan) -> dict[str, float]:
    visits = plan.problem.visit_of
    away = [punctuality.minutes_away(visits[row.visit], row.start) for row in plan.given.values()]
    on_time = sum(minutes <= ON_TIME_MINUTES for minutes in away)
    return {
        "within 15 min of target %": round(100 * on_time / max(1, len(away)), 2),
        "mean minutes from target": round(sum(away) / max(1, len(away)), 2),
    }


def _working_time(plan: Plan) -> dict[str, float]:
    split_gap = plan.problem.policy.split_gap_minutes
    legs = [leg for week in plan.weeks.values() for leg in week.legs()]
    short = [leg for leg in legs if leg.gap <= split_gap]
    travel = sum(leg.travel for leg in short)
    idle = sum(max(0, leg.gap - leg.travel) for leg in short)
    assignments = max(1, _carer_visits(plan))
    work = max(1, travel + _contact_minutes(plan))
    return {
        "travel minutes per assignment": round(travel / assignments, 3),
        "travel % of work": round(100 * travel / work, 2),
        "idle minutes per assignment": round(idle / assignments, 3),
        "splits": len(legs) - len(short),
    }


def _wishes(plan: Plan) -> dict[str, float]:
    asked = kept = 0.0
    worst = 0.0
    for week in plan.weeks.values():
        for wish, size in preferences.sizes(week, plan.problem):
            asked += wish.strength
            kept += wish.strength * (size == 0)
        worst = max(worst, preferences.penalty(week, plan.problem)[preferences.TERMS[0]])
    return {
        "wishes kept % (by strength)": round(100 * kept / max(1, asked), 2),
        "worst carer's preference cost": round(worst, 1),
    }


def _carer_visits(plan: Plan) -> int:
    return sum(len(row.carers) for row in plan.given.values())


def _contact_minutes(plan: Plan) -> int:
    return sum(stop.end - stop.start for week in plan.weeks.values() for stop in week.stops())
