"""What if: a week under tried rules or with more carers, solved beside the week as it is."""

import sys
from pathlib import Path
from typing import Any

import pytest

from backend.audit.models import AuditEntry
from backend.rota.models import RotaProposal, RunState, Scenario, SolverRun
from backend.rota.services import new_run as module
from backend.rota.solver.run import run
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import RotaFactory, ScenarioFactory
from tests.backend.rota.callers import carer_with_phone, office_of, signed_in
from tests.backend.rota.open_weeks import open_week

pytestmark = pytest.mark.django_db(transaction=True)

MORE = {
    "count": 2,
    "guaranteed_minutes": 960,
    "max_week_minutes": 2400,
    "max_days": 5,
    "mode": "car",
    "gender": "f",
    "skills": [],
    "from_minute": 420,
    "to_minute": 1320,
}


def a_change(**given: Any) -> dict[str, Any]:
    return {"weights": {}, "limits": {}, "more_carers": None, **given}


@pytest.fixture(autouse=True)
def rung(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    settings.SOLVER_COMMAND = [sys.executable, "-m", "tests.faults.slow_solver"]
    settings.SOLVER_FOLDER = tmp_path / "solver"
    found: list[int] = []
    monkeypatch.setattr(module, "ring", found.append)
    return found


def test_only_the_office_of_the_branch_asks_and_sees() -> None:
    scenario = ScenarioFactory()
    branch = scenario.rota.branch
    _, phone = carer_with_phone(branch)
    elsewhere = office_of(BranchFactory(organisation=branch.organisation))
    body = {"seconds": 10, "change": a_change(weights={"travel": 2})}

    for browser, status in ((signed_in(None), 401), (phone, 403), (elsewhere, 404)):
        ask = browser.post(f"/api/rotas/{scenario.rota_id}/scenarios", body)
        look = browser.get(f"/api/scenarios/{scenario.pk}")
        stop = browser.post(f"/api/scenarios/{scenario.pk}/cancel")
        assert {ask.status_code, look.status_code, stop.status_code} == {status}


@pytest.mark.parametrize(
    "change",
    [
        a_change(),
        a_change(weights={"travel": -1}),
        a_change(limits={"daily_rest_minutes": 600}),
        a_change(more_carers={**MORE, "to_minute": 400}),
        a_change(more_carers={**MORE, "guaranteed_minutes": 3000}),
    ],
)
def test_what_changes_nothing_or_is_laxer_than_the_law_is_refused(change: dict[str, Any]) -> None:
    rota = open_week()

    answer = office_of(rota.branch).post(
        f"/api/rotas/{rota.pk}/scenarios", {"seconds": 10, "change": change}
    )

    assert answer.status_code == 400
    assert not Scenario.objects.exists()


def test_a_week_without_visits_says_so_and_nothing_is_kept() -> None:
    rota = RotaFactory()
    body = {"seconds": 10, "change": a_change(weights={"travel": 2})}

    answer = office_of(rota.branch).post(f"/api/rotas/{rota.pk}/scenarios", body)

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "rota.scenario_unfit"
    assert not SolverRun.objects.exists()


def test_both_sides_are_solved_and_shown_and_nothing_can_be_accepted(rung: list[int]) -> None:
    rota = open_week()
    browser = office_of(rota.branch)
    change = a_change(weights={"travel": 3}, more_carers=MORE)

    asked = browser.post(f"/api/rotas/{rota.pk}/scenarios", {"seconds": 10, "change": change})
    again = browser.post(f"/api/rotas/{rota.pk}/scenarios", {"seconds": 10, "change": change})
    for number in rung:
        run(number)
    found = browser.get(f"/api/scenarios/{asked.json()['id']}").json()

    assert (asked.status_code, again.status_code) == (201, 200)
    assert asked.json()["state"] == "queued"
    assert again.json()["id"] == asked.json()["id"]
    assert found["state"] == "finished"
    present, tried = found["result"]["present"], found["result"]["tried"]
    figures = {row["name"]: row["value"] for row in tried["figures"]}
    assert figures["visits"] == 30
    travel = [
        {row["name"]: row["value"] for row in cost["terms"]}["S1 travel"]
        for side in (present, tried)
        for cost in side["costs"]
    ]
    # Under the tried policy, the second of each side, travel costs three times as much.
    assert [travel[1], travel[3]] == [3 * travel[0], 3 * travel[2]]
    assert not RotaProposal.objects.exists()
    assert browser.get(f"/api/rotas/{rota.pk}/runs").json() == []
    rota.refresh_from_db()
    assert rota.version == 1
    entry = AuditEntry.objects.get(event="scenario.asked")
    assert entry.body["more_carers"] == 2


def test_a_change_of_the_draft_meanwhile_does_not_change_the_question(rung: list[int]) -> None:
    rota = open_week()
    body = {"seconds": 10, "change": a_change(weights={"travel": 3})}
    asked = office_of(rota.branch).post(f"/api/rotas/{rota.pk}/scenarios", body).json()
    rota.version += 1
    rota.save()

    for number in rung:
        run(number)

    scenario = Scenario.objects.get(pk=asked["id"])
    assert scenario.result is not None
    assert {scenario.present.rota_version, scenario.tried.rota_version} == {1}


def test_a_stopped_scenario_ends_both_runs_and_a_week_may_be_built_beside_it() -> None:
    rota = open_week()
    browser = office_of(rota.branch)
    body = {"seconds": 10, "change": a_change(weights={"travel": 3})}
    asked = browser.post(f"/api/rotas/{rota.pk}/scenarios", body).json()

    built = browser.post(f"/api/rotas/{rota.pk}/runs", {"seconds": 10})
    stopped = browser.post(f"/api/scenarios/{asked['id']}/cancel")
    twice = browser.post(f"/api/scenarios/{asked['id']}/cancel")

    assert built.status_code == 201
    assert stopped.json()["state"] == twice.json()["state"] == "cancelled"
    assert twice.json()["result"] is None
    kinds = dict(SolverRun.objects.values_list("kind", "state"))
    assert kinds == {"what_if": RunState.CANCELLED, "build": RunState.QUEUED}
