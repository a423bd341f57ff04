"""The factories make rows that the database accepts."""

import pytest
from django.contrib.auth.hashers import check_password

from backend.organisation.selectors import rota_policy
from backend.rota.models import VisitAssignment
from tests.backend.factories import MONDAY, accounts, clients, organisation, people, rota

pytestmark = pytest.mark.django_db


def test_each_factory_makes_a_row_by_itself() -> None:
    for module in (organisation, accounts, people, clients, rota):
        for name, factory in vars(module).items():
            if name.endswith("Factory") and factory.__module__ == module.__name__:
                assert factory().pk is not None, name


def test_a_default_branch_has_the_rules_every_organisation_starts_with() -> None:
    branch = organisation.BranchFactory()

    assert rota_policy(branch, MONDAY).break_minutes == 20


def test_a_default_user_signs_in_with_the_tests_password() -> None:
    user = accounts.coordinator_of(organisation.BranchFactory())

    assert check_password(accounts.PASSWORD, user.password)


def test_an_allocated_visit_has_its_carers_and_a_start() -> None:
    visit = rota.VisitFactory()
    carer = people.working_carer(branch=visit.rota.branch)

    rota.allocate(visit, carer)

    assert VisitAssignment.objects.get().carer == carer
    assert visit.starts_at is not None
    assert visit.starts_at.hour == 7  # 08:00 in British summer time
