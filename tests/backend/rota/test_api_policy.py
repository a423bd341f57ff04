"""The members' policy: what it says, and a split of tokens tried on a recent week."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from backend.audit.models import AuditEntry
from backend.organisation.models import Branch
from backend.organisation.rota_policy import RULE_NAMES
from backend.people.models import Carer
from backend.rota.models import PolicyTry, Rota, RunState, Scenario, SolverRun
from backend.rota.services import new_run as module
from backend.rota.services.enact_policy import DeclaredPolicy, enact_policy
from backend.rota.solver.run import run
from tests.backend.factories import MONDAY
from tests.backend.factories.accounts import member_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.rota.callers import carer_with_phone, office_of, signed_in
from tests.backend.rota.weeks import full_week, told_as_drafted

pytestmark = pytest.mark.django_db(transaction=True)

SPLIT = dict(zip(RULE_NAMES, (5, 4, 3, 3, 3, 1, 1), strict=True))
OTHER = dict(zip(RULE_NAMES, (0, 20, 0, 0, 0, 0, 0), strict=True))
LATER = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 12, tzinfo=UTC) + timedelta(days=10)
TRIES = "/api/rota-policy/tries"


@pytest.fixture(autouse=True)
def rung(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    settings.SOLVER_COMMAND = [sys.executable, "-m", "tests.faults.slow_solver"]
    settings.SOLVER_FOLDER = tmp_path / "solver"
    settings.POLICY_TRY_SECONDS = 10
    found: list[int] = []
    monkeypatch.setattr(module, "ring", found.append)
    return found


def told_week() -> Rota:
    return told_as_drafted(full_week(BranchFactory(), carers=1))


def member(branch: Branch) -> APIClient:
    return signed_in(member_of(branch.organisation))


def ask(browser: APIClient, tokens: dict[str, int], **more: Any) -> Any:
    with time_machine.travel(LATER):
        return browser.post(TRIES, {"tokens": tokens, **more}, format="json")


def test_only_members_try_and_each_sees_their_own_alone() -> None:
    rota = told_week()
    _, phone = carer_with_phone(rota.branch)

    for browser, status in ((signed_in(None), 401), (phone, 403), (office_of(rota.branch), 403)):
        assert {ask(browser, SPLIT).status_code, browser.get(TRIES).status_code} == {status}

    mine, other = member(rota.branch), member(rota.branch)
    assert ask(mine, SPLIT).status_code == 201
    assert len(mine.get(TRIES).json()["tries"]) == 1
    assert other.get(TRIES).json()["tries"] == []
    # Nor does the office learn what members try.
    assert office_of(rota.branch).get(f"/api/rotas/{rota.pk}/scenarios").json() == []
    assert set(SolverRun.objects.values_list("asked_by", flat=True)) == {None}
    assert not AuditEntry.objects.filter(actor__grants__role="member").exists()


def test_a_branch_of_another_organisation_cannot_be_tried_on() -> None:
    theirs = told_week()

    answer = ask(member(told_week().branch), SPLIT, branch_id=theirs.branch_id)

    assert answer.status_code == 404
    assert not Scenario.objects.exists()


@pytest.mark.parametrize(
    "tokens",
    [{**SPLIT, "travel": 3}, {**SPLIT, "travel": 24}, {"travel": 20}, {**SPLIT, "gaps": -1}],
)
def test_a_split_that_does_not_place_all_tokens_is_refused(tokens: dict[str, int]) -> None:
    assert ask(member(told_week().branch), tokens).status_code == 400
    assert not PolicyTry.objects.exists()


def test_without_a_published_week_there_is_nothing_to_try_on() -> None:
    rota = full_week(BranchFactory(), carers=1)

    answer = ask(member(rota.branch), SPLIT)

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "rota.no_week_to_try"


def test_both_sides_are_solved_and_shown_in_sums_that_name_nobody(rung: list[int]) -> None:
    rota = told_week()
    browser = member(rota.branch)

    asked = ask(browser, SPLIT)
    for number in rung:
        run(number)
    with time_machine.travel(LATER):
        found = browser.get(TRIES).json()

    assert asked.json()["state"] == "queued"
    [row] = found["tries"]
    assert row["state"] == "finished"
    assert {line["name"]: line["tokens"] for line in row["tokens"]} == SPLIT
    names = {figure["name"] for figure in row["tried"]}
    assert {"new faces", "travel minutes", "weekends worked"} <= names
    assert names == {figure["name"] for figure in row["present"]}
    assert [week["branch_id"] for week in found["weeks"]] == [rota.branch_id]
    text = json.dumps(found)
    assert not any(carer.name in text for carer in Carer.objects.all())
    assert "by_carer" not in text


def test_each_person_has_one_try_under_way(rung: list[int]) -> None:
    browser = member(told_week().branch)

    first, second = ask(browser, SPLIT), ask(browser, OTHER)

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["id"] == first.json()["id"]
    assert len(rung) == 2


def test_what_somebody_tried_is_not_solved_again(rung: list[int]) -> None:
    branch = told_week().branch
    ask(member(branch), SPLIT)
    for number in list(rung):
        run(number)

    again = ask(member(branch), SPLIT)
    different = ask(member(branch), OTHER)

    assert again.status_code == 201
    assert again.json()["state"] == "finished"
    assert different.json()["state"] == "queued"
    assert len(rung) == 4


def test_a_try_that_failed_is_solved_anew(rung: list[int]) -> None:
    branch = told_week().branch
    ask(member(branch), SPLIT)
    SolverRun.objects.update(state=RunState.FAILED)

    again = ask(member(branch), SPLIT)

    assert again.json()["state"] == "queued"
    assert len(rung) == 4


def test_the_first_policy_is_shown_as_tokens_and_then_the_vote_with_its_date() -> None:
    branch = told_week().branch
    browser = member(branch)
    before = browser.get("/api/rota-policy").json()
    enact_policy(
        DeclaredPolicy(
            organisation_id=branch.organisation_id,
            ballot="ballot-7",
            method="im-1",
            declared_at=datetime(2026, 3, 12, 18, tzinfo=UTC),
            weights={name: 50 * tokens for name, tokens in SPLIT.items()},
            inputs_hash="a" * 64,
            result_hash="b" * 64,
        ),
        actor=None,
        now=LATER,
    )

    with time_machine.travel(datetime(2026, 4, 1, tzinfo=UTC)):
        coming = browser.get("/api/rota-policy").json()
    with time_machine.travel(datetime(2026, 12, 1, tzinfo=UTC)):
        # Months later the first sign-in has ended.
        after = member(branch).get("/api/rota-policy").json()

    assert before["vote"] is None
    assert sum(line["tokens"] for line in before["rules"]) == 20
    assert coming["vote"] is None
    assert coming["versions"][0]["is_to_come"] is True
    assert after["vote"]["number"] == 1
    assert after["vote"]["voted_on"] == "2026-03-12"
    assert {line["name"]: line["tokens"] for line in after["rules"]} == SPLIT
    assert after["rules"][1]["token_travel_minutes"] == pytest.approx(0.25, abs=0.06)


def test_the_board_and_the_phone_name_the_vote_of_their_week() -> None:
    rota = full_week(BranchFactory(), carers=1, monday=MONDAY)
    enact_policy(
        DeclaredPolicy(
            organisation_id=rota.branch.organisation_id,
            ballot="ballot-7",
            method="im-1",
            declared_at=datetime(2026, 3, 12, 18, tzinfo=UTC),
            weights={name: 50 * tokens for name, tokens in SPLIT.items()},
            inputs_hash="a" * 64,
            result_hash="b" * 64,
        ),
        actor=None,
        now=datetime(2026, 3, 19, 18, tzinfo=UTC),
    )
    _, phone = carer_with_phone(rota.branch)

    board = office_of(rota.branch).get(f"/api/rotas/{rota.pk}/board").json()
    week = phone.get(f"/api/my/weeks/{MONDAY.isoformat()}").json()

    assert board["policy"]["vote"]["ballot"] == week["vote"]["ballot"] == "ballot-7"
    assert week["vote"]["number"] == 1
