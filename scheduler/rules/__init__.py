"""All rules, listed by hand in the order of their codes.

To add a rule: its module, its line here, a test file, a line in the documentation.
"""

from typing import Final

from scheduler.rules import (
    availability,
    breaks,
    continuity,
    contract,
    days_worked,
    gaps,
    known_once,
    locks,
    preferences,
    punctuality,
    rest,
    soft_ends,
    stability,
    suitability,
    team,
    travel_cost,
    travel_time,
    unassigned,
    visit_order,
    voted_days,
    voted_nights,
    voted_price,
    voted_weekends,
    window,
    working_time,
)
from scheduler.rules.breach import Breach, CarerRule, CarerTerm, PlanRule, PlanTerm, code_order
from scheduler.rules.plan import Plan, plan_of
from scheduler.rules.week import CarerWeek, Stop, carer_week, stop_at

PLAN_RULES: Final[tuple[PlanRule, ...]] = (
    known_once,
    team,
    window,
    visit_order,
    locks,
)
"""H0, H1, H2, H10, H11: hard rules over the whole solution."""

CARER_RULES: Final[tuple[CarerRule, ...]] = (
    suitability,
    availability,
    travel_time,
    rest,
    working_time,
    days_worked,
    breaks,
    voted_days,
    voted_weekends,
    voted_nights,
)
"""H3 to H9, V1 to V3: hard rules over one carer's week."""

PLAN_TERMS: Final[tuple[PlanTerm, ...]] = (
    unassigned,
    continuity,
    punctuality,
    soft_ends,
    stability,
)
"""S0, S2, S3, S8: cost terms over the whole solution."""

CARER_TERMS: Final[tuple[CarerTerm, ...]] = (
    travel_cost,
    contract,
    preferences,
    gaps,
    voted_price,
)
"""S1, S4, S5, S6, S9: cost terms over one carer's week."""

__all__ = [
    "CARER_RULES",
    "CARER_TERMS",
    "PLAN_RULES",
    "PLAN_TERMS",
    "Breach",
    "CarerRule",
    "CarerTerm",
    "CarerWeek",
    "Plan",
    "PlanRule",
    "PlanTerm",
    "Stop",
    "carer_week",
    "code_order",
    "plan_of",
    "stop_at",
]
