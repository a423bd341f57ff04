"""How much of each voted rule a week has, counted by the rules that price it."""

import pytest

from backend.organisation.rota_policy import RULES
from backend.people.models import Carer
from backend.rota.models import WishKind
from backend.rota.solver.rule_amounts import rule_amounts
from backend.rota.solver.translate import week_of_branch
from scheduler.score import cost
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import CarerWishFactory
from tests.backend.rota.weeks import full_week

pytestmark = pytest.mark.django_db


def test_the_amounts_at_their_points_are_what_the_week_costs_in_voted_rules() -> None:
    rota = full_week(BranchFactory(), carers=3)
    carer = Carer.objects.filter(branch=rota.branch).order_by("pk")[0]
    CarerWishFactory(carer=carer, kind=WishKind.DAY_OFF, weekday=0)
    week = week_of_branch(rota)

    amounts = rule_amounts(week.problem, week.draft)

    price = cost(week.problem, week.draft)
    not_voted = sum(price.terms[name] for name in ("S0 unassigned", "S3 lateness", "S5 fairness"))
    voted = sum(float(rule.unit_points) * amounts[rule.name] for rule in RULES)
    assert voted == pytest.approx(price.total - not_voted, abs=0.01)
    assert amounts["preferred_times"] == 2
    assert amounts["travel"] > 0
    # Nobody knows anybody yet: each of the 90 visits is by a new face.
    assert amounts["continuity"] == 90
