"""The rules of membership: their shape, and the migration that gives them to everybody."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from backend.organisation.models import RuleArea, RuleSet
from backend.organisation.rules import SHAPES, RuleValuesError
from backend.organisation.selectors import NoRuleInForceError, membership_rules
from tests.backend.factories import MONDAY
from tests.backend.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db

MIGRATION = import_module("backend.organisation.migrations.0005_membership_rules_for_all")


def test_an_older_organisation_gets_the_rules_that_a_new_one_starts_with() -> None:
    organisation = OrganisationFactory()
    wanted = membership_rules(organisation, MONDAY)
    RuleSet.objects.filter(area=RuleArea.MEMBERSHIP).delete()

    MIGRATION.add_missing(apps, None)

    assert membership_rules(organisation, MONDAY) == wanted


def test_running_it_again_keeps_what_members_decided() -> None:
    organisation = OrganisationFactory()
    RuleSet.objects.filter(area=RuleArea.MEMBERSHIP).update(
        values={**MIGRATION.VALUES, "service_months": 12}
    )

    MIGRATION.add_missing(apps, None)

    assert membership_rules(organisation, MONDAY).service_months == 12
    assert RuleSet.objects.filter(area=RuleArea.MEMBERSHIP).count() == 1


def test_a_date_before_the_first_rules_is_judged_by_the_first() -> None:
    organisation = OrganisationFactory()

    assert membership_rules(organisation, date(1993, 7, 1)).election_valid_months == 36


def test_without_any_rules_nothing_is_judged() -> None:
    with pytest.raises(NoRuleInForceError):
        membership_rules(OrganisationFactory(rules=False), MONDAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"votes_from": "birth"},
        {"service_months": -1},
        {"election_valid_months": 0},
        {"something": "else"},
    ],
)
def test_rules_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(RuleValuesError):
        SHAPES[RuleArea.MEMBERSHIP].of({**MIGRATION.VALUES, **wrong})
