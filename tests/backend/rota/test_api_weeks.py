"""The weeks of a branch at a glance, and a week as a file."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from backend.rota.models import Visit
from scheduler import problem_from
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import (
    PublicationFactory,
    PublishedAssignmentFactory,
    RotaFactory,
    SolverRunFactory,
    VisitFactory,
    allocate,
)
from tests.backend.rota.callers import carer_with_phone, office_of, signed_in
from tests.backend.rota.weeks import full_week

pytestmark = pytest.mark.django_db

Counting = Callable[[int], AbstractContextManager[Any]]


def test_only_the_office_of_the_branch_sees_its_weeks_and_their_files() -> None:
    rota = RotaFactory()
    _, phone = carer_with_phone(rota.branch)
    elsewhere = office_of(BranchFactory(organisation=rota.branch.organisation))

    for address in (f"/api/branches/{rota.branch_id}/weeks", f"/api/rotas/{rota.pk}/problem"):
        answers = [browser.get(address) for browser in (signed_in(None), phone, elsewhere)]
        assert [answer.status_code for answer in answers] == [401, 403, 404]


def test_seven_weeks_are_listed_whether_they_were_opened_or_not() -> None:
    branch = BranchFactory()
    with time_machine.travel(NOW):
        rows = office_of(branch).get(f"/api/branches/{branch.pk}/weeks").json()

    assert [row["week"] for row in rows] == [
        "2026-04-27",
        "2026-05-04",
        "2026-05-11",
        "2026-05-18",
        "2026-05-25",
        "2026-06-01",
        "2026-06-08",
    ]
    assert {row["rota_id"] for row in rows} == {None}


def test_a_week_says_what_is_open_locked_published_and_changed_since() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    publisher = coordinator_of(rota.branch, display_name="Cora Office")
    publication = PublicationFactory(rota=rota, published_by=publisher)
    same, moved, taken, added, still_open = (
        VisitFactory(rota=rota, target_minute=60 * hour) for hour in (8, 10, 12, 14, 16)
    )
    for visit in (same, moved, taken):
        PublishedAssignmentFactory(visit=visit, carer=carer, publication=publication)
    allocate(same, carer)
    allocate(moved, carer, start_minute=605)
    allocate(added, carer)
    Visit.objects.filter(pk=same.pk).update(is_locked=True)
    VisitFactory(rota=rota, client=still_open.client, target_minute=1080, state="cancelled")
    run = SolverRunFactory(rota=rota)

    with time_machine.travel(NOW):
        rows = office_of(rota.branch).get(f"/api/branches/{rota.branch_id}/weeks").json()

    (row,) = (row for row in rows if row["rota_id"] == rota.pk)
    assert (row["visits"], row["unallocated"], row["locked"]) == (5, 2, 1)
    assert row["publication"]["number"] == 1
    assert row["publication"]["published_by"] == "Cora Office"
    assert row["changed_since_publication"] == 3
    assert row["open_run_id"] == run.pk


def test_nothing_counts_as_changed_before_anything_was_published() -> None:
    rota = full_week(BranchFactory(), carers=1)

    with time_machine.travel(NOW):
        rows = office_of(rota.branch).get(f"/api/branches/{rota.branch_id}/weeks").json()

    (row,) = (row for row in rows if row["rota_id"] == rota.pk)
    assert (row["publication"], row["changed_since_publication"]) == (None, 0)


def test_the_number_of_queries_is_the_same_for_one_week_and_for_five(
    django_assert_max_num_queries: Counting,
) -> None:
    branches = [BranchFactory() for _ in range(2)]
    for number, branch in enumerate(branches):
        for back in range(1 + 4 * number):
            rota = RotaFactory(branch=branch, week_starts_on=MONDAY - timedelta(days=7 * back))
            PublicationFactory(rota=rota)

    with time_machine.travel(NOW):
        for browser, branch in [(office_of(branch), branch) for branch in branches]:
            with django_assert_max_num_queries(10):
                browser.get(f"/api/branches/{branch.pk}/weeks")


def test_a_week_downloads_as_a_problem_that_any_program_reads() -> None:
    rota = full_week(BranchFactory(), carers=2, open_visits=1)

    answer = office_of(rota.branch).get(f"/api/rotas/{rota.pk}/problem")

    assert len(problem_from(answer.json()).visits) == 61
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "Client" not in answer.content.decode()
