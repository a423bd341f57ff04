"""A coordinator relaxes a rule or a limit for a week or two, and everybody reads why."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from backend.audit.models import AuditEntry
from backend.organisation.models import PolicyOverride
from backend.rota.models import Rota
from backend.rota.solver.translate import problem_for
from tests.backend.factories import MONDAY
from tests.backend.factories.accounts import member_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import RotaFactory
from tests.backend.rota.callers import carer_with_phone, office_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    with time_machine.travel(datetime(MONDAY.year, MONDAY.month, MONDAY.day, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def rota() -> Rota:
    found: Rota = RotaFactory()
    return found


def relax(rota: Rota, **given: Any) -> Any:
    body = {
        "name": "travel",
        "value": 40,
        "starts_on": MONDAY.isoformat(),
        "weeks": 1,
        "reason": "The bridge is closed",
        **given,
    }
    return office_of(rota.branch).post(f"/api/branches/{rota.branch_id}/policy-overrides", body)


def test_a_relaxed_rule_counts_less_in_that_week_and_no_other_rule_does(rota: Rota) -> None:
    before = problem_for(rota).policy
    next_week = RotaFactory(branch=rota.branch, week_starts_on=MONDAY + timedelta(days=7))
    elsewhere = RotaFactory(branch=BranchFactory(organisation=rota.branch.organisation))

    assert relax(rota, name="preferred_times").status_code == 201

    after = problem_for(rota).policy
    assert after.weights.preferences["day_off"] == 24
    assert after.weights.preferences["weekend_off"] == 90
    assert after.weights.travel == before.weights.travel
    assert problem_for(next_week).policy == before
    assert problem_for(elsewhere).policy == before


def test_a_limit_is_relaxed_up_to_the_law_and_never_made_stricter(rota: Rota) -> None:
    relax(rota, name="max_day_minutes", value=720)
    relax(rota, name="stretch_minutes", value=300)

    policy = problem_for(rota).policy

    assert policy.max_day_minutes == 720
    assert policy.stretch_minutes == 360


@pytest.mark.parametrize(
    "given",
    [
        {"name": "daily_rest_minutes", "value": 600},
        {"name": "stretch_minutes", "value": 420},
        {"name": "travel", "value": 150},
        {"name": "unassigned", "value": 10},
        {"weeks": 3},
        {"starts_on": "2026-06-03"},
        {"reason": ""},
    ],
)
def test_what_passes_the_law_counts_more_or_lasts_too_long_is_refused(
    rota: Rota, given: dict[str, Any]
) -> None:
    assert relax(rota, **given).status_code == 400
    assert not PolicyOverride.objects.exists()


def test_a_fortnight_cannot_be_drawn_out_by_asking_again(rota: Rota) -> None:
    relax(rota, weeks=2)

    again = relax(rota, starts_on=(MONDAY + timedelta(days=14)).isoformat())
    after_a_break = relax(rota, starts_on=(MONDAY + timedelta(days=21)).isoformat())
    another_rule = relax(rota, name="gaps", starts_on=(MONDAY + timedelta(days=14)).isoformat())

    assert again.json()["errors"][0]["code"] == "rota.override_too_long"
    assert (after_a_break.status_code, another_rule.status_code) == (201, 201)


def test_a_week_that_is_over_stays_as_it_was_judged(rota: Rota) -> None:
    over = relax(rota, starts_on=(MONDAY - timedelta(days=7)).isoformat())

    assert over.json()["errors"][0]["code"] == "rota.override_week_over"


def test_everybody_of_the_organisation_reads_it_and_nobody_else(rota: Rota) -> None:
    relax(rota)
    stranger = BranchFactory()
    _, phone = carer_with_phone(rota.branch)

    for browser in (signed_in(member_of(rota.branch.organisation)), phone):
        [row] = browser.get("/api/rota-policy").json()["overrides"]
        assert row["reason"] == "The bridge is closed"
        assert (row["name"], row["value"]) == ("travel", 40)
        assert row["made_by"]
    theirs = signed_in(member_of(stranger.organisation)).get("/api/rota-policy").json()
    assert theirs["overrides"] == []


def test_only_the_office_of_the_branch_relaxes(rota: Rota) -> None:
    _, phone = carer_with_phone(rota.branch)
    elsewhere = office_of(BranchFactory(organisation=rota.branch.organisation))
    member = signed_in(member_of(rota.branch.organisation))
    address = f"/api/branches/{rota.branch_id}/policy-overrides"
    body = {"name": "gaps", "value": 0, "starts_on": "2026-06-08", "weeks": 1, "reason": "x"}

    found = [who.post(address, body).status_code for who in (signed_in(None), phone, member)]

    assert found == [401, 403, 403]
    assert elsewhere.post(address, body).status_code == 404


def test_it_is_on_record_without_its_words_and_cannot_be_changed(rota: Rota) -> None:
    relax(rota)

    entry = AuditEntry.objects.get(event="policy.relaxed")
    assert entry.body["name"] == "travel"
    assert "bridge" not in str(entry.body)
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyOverride.objects.update(value=0)
