"""The migration that gives organisations founded before the rules of law what new ones have."""

from importlib import import_module

import pytest
from django.apps import apps

from backend.organisation.models import RuleSet
from backend.organisation.selectors import law_rules
from tests.backend.factories import MONDAY
from tests.backend.factories.organisation import BranchFactory

pytestmark = pytest.mark.django_db

MIGRATION = import_module("backend.organisation.migrations.0003_rules_of_law_for_all")


def test_an_older_organisation_gets_exactly_the_rules_that_a_new_one_starts_with() -> None:
    branch = BranchFactory()
    wanted = law_rules(branch, MONDAY)
    RuleSet.objects.filter(area__in=MIGRATION.AREAS).delete()

    MIGRATION.add_missing(apps, None)

    assert law_rules(branch, MONDAY) == wanted


def test_running_it_again_adds_nothing_and_keeps_what_members_decided() -> None:
    branch = BranchFactory()
    RuleSet.objects.filter(area="notice").update(values={"rota_days": 14, "short_hours": 72})
    count = RuleSet.objects.count()

    MIGRATION.add_missing(apps, None)

    assert RuleSet.objects.count() == count
    assert law_rules(branch, MONDAY).notice.rota_days == 14
