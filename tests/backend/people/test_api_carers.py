"""The pages of carers and clients hold what the office needs, in few queries."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.backend.factories import MONDAY
from tests.backend.factories.clients import (
    CarePackageFactory,
    ClientFactory,
    PackageLineFactory,
    PackageSuspensionFactory,
)
from tests.backend.factories.organisation import BranchFactory, SkillFactory
from tests.backend.factories.people import (
    AbsenceFactory,
    CarerCheckFactory,
    CarerSkillFactory,
    WorkingTimeOptOutFactory,
    working_carer,
)
from tests.backend.rota.callers import office_of

pytestmark = pytest.mark.django_db


def test_a_carers_page_holds_contract_pattern_training_and_checks(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    carer = working_carer(branch=BranchFactory())
    now = timezone.now()
    AbsenceFactory(carer=carer, starts_at=now - timedelta(days=9))  # over, so not shown
    AbsenceFactory(carer=carer, kind="sickness", starts_at=now, ends_at=None)
    CarerSkillFactory(carer=carer, skill__name="Hoist", ends_before=MONDAY)
    CarerCheckFactory(carer=carer)
    WorkingTimeOptOutFactory(carer=carer)
    office = office_of(carer.branch)

    with django_assert_max_num_queries(14):
        page = office.get(f"/api/carers/{carer.pk}").json()

    assert [row["guaranteed_minutes"] for row in page["contracts"]] == [1200]
    assert [row["weekday"] for row in page["availability"]] == list(range(7))
    assert [(row["kind"], row["ends_at"]) for row in page["absences"]] == [("sickness", None)]
    assert [(row["name"], row["ends_before"]) for row in page["skills"]] == [
        ("Hoist", MONDAY.isoformat())
    ]
    assert [row["kind"] for row in page["checks"]] == ["right_to_work"]
    assert len(page["opt_outs"]) == 1


def test_a_clients_page_holds_packages_lines_and_suspensions(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = ClientFactory(branch=BranchFactory(), at_the_door="Ring twice")
    for _ in range(2):
        package = CarePackageFactory(client=client)
        PackageSuspensionFactory(package=package)
        for weekday in (4, 1):
            line = PackageLineFactory(package=package, weekday=weekday)
            line.skills.add(SkillFactory(organisation=client.branch.organisation))
    office = office_of(client.branch)

    with django_assert_max_num_queries(12):
        page = office.get(f"/api/clients/{client.pk}").json()

    assert page["at_the_door"] == "Ring twice"
    assert [[line["weekday"] for line in one["lines"]] for one in page["packages"]] == [[1, 4]] * 2
    assert all(line["skills"] for one in page["packages"] for line in one["lines"])
    assert all(one["suspensions"] for one in page["packages"])
