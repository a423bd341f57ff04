"""The points for wishes: their shape, their periods, and the migration that gives them to all."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from backend.organisation.models import RuleArea, RuleSet
from backend.organisation.rules import RuleValuesError, WishRules
from backend.organisation.selectors import wish_rules
from tests.backend.factories import MONDAY
from tests.backend.factories.organisation import OrganisationFactory

MIGRATION = import_module("backend.organisation.migrations.0011_wish_rules_for_all")
RULES = WishRules.of({"points": 12, "first_period_on": "2020-01-06"})


@pytest.mark.parametrize(
    ("on", "starts_on"),
    [
        (date(2020, 1, 6), date(2020, 1, 6)),
        (date(2020, 2, 2), date(2020, 1, 6)),
        (date(2020, 2, 3), date(2020, 2, 3)),
        (date(2020, 1, 5), date(2019, 12, 9)),
        (date(2026, 6, 14), date(2026, 5, 18)),
    ],
)
def test_every_date_lies_in_one_period_of_four_weeks(on: date, starts_on: date) -> None:
    period = RULES.period_of(on)

    assert period.starts_on == starts_on
    assert period.holds(on)
    assert period.ends_before - period.starts_on == timedelta(days=28)
    assert [row.starts_on for row in period.weeks()][-1] == starts_on + timedelta(days=21)


@pytest.mark.parametrize(
    "wrong", [{"points": 0}, {"points": 101}, {"first_period_on": "2020-01-07"}, {"more": 1}]
)
def test_rules_that_nobody_could_wish_by_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(RuleValuesError):
        WishRules.of({"points": 12, "first_period_on": "2020-01-06", **wrong})


@pytest.mark.django_db
def test_an_older_organisation_gets_the_points_that_a_new_one_starts_with() -> None:
    organisation = OrganisationFactory()
    wanted = wish_rules(organisation, MONDAY)
    RuleSet.objects.filter(area=RuleArea.WISHES).delete()

    MIGRATION.add_missing(apps, None)
    MIGRATION.add_missing(apps, None)

    assert wish_rules(organisation, MONDAY) == wanted
    assert RuleSet.objects.filter(area=RuleArea.WISHES).count() == 1
