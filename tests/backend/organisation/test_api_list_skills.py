"""The office reads its organisation's skills, to choose them by name."""

import pytest

from tests.backend.factories.accounts import carer_user_of, coordinator_of, member_of
from tests.backend.factories.organisation import BranchFactory, SkillFactory
from tests.backend.rota.callers import signed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/api/organisation/skills"


def test_only_the_office_reads_the_skills() -> None:
    branch = BranchFactory()

    assert signed_in(None).get(ADDRESS).status_code == 401
    for user in (carer_user_of(branch), member_of(branch.organisation)):
        assert signed_in(user).get(ADDRESS).status_code == 403


def test_skills_come_by_name_and_from_no_other_organisation() -> None:
    branch = BranchFactory()
    branch.organisation.skills.all().delete()
    for code, name in (("peg", "PEG feeding"), ("hoist", "Hoist")):
        SkillFactory(organisation=branch.organisation, code=code, name=name)
    SkillFactory(name="Elsewhere")

    answer = signed_in(coordinator_of(branch)).get(ADDRESS)

    assert answer.json() == [
        {"code": "hoist", "name": "Hoist"},
        {"code": "peg", "name": "PEG feeding"},
    ]
