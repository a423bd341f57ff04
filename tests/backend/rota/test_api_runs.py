"""Runs over HTTP: asked for, followed, stopped."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient
from django.utils import timezone

from backend.rota.models import RunState, SolverRun
from backend.rota.services import new_run as module
from tests.backend.factories.accounts import (
    admin_of,
    branch_manager_of,
    carer_user_of,
    coordinator_of,
    member_of,
)
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import RotaFactory, RotaProposalFactory, SolverRunFactory
from tests.backend.rota.callers import office_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_is_rung(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ring", lambda _run_id: True)


def test_only_the_office_of_the_branch_may_ask_for_a_run_and_see_it() -> None:
    run = SolverRunFactory(state=RunState.FINISHED)
    branch = run.rota.branch
    start, look = f"/api/rotas/{run.rota_id}/runs", f"/api/runs/{run.pk}"
    callers = {
        None: 401,
        carer_user_of(branch): 403,
        member_of(branch.organisation): 403,
        admin_of(branch.organisation): 403,
        coordinator_of(BranchFactory(organisation=branch.organisation)): 404,
        coordinator_of(BranchFactory()): 404,
        branch_manager_of(branch): 200,
    }

    for user, status in callers.items():
        browser = signed_in(user)
        assert browser.get(look).status_code == status
        assert browser.post(start, {"seconds": 10}).status_code == (
            201 if status == 200 else status
        )


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "seconds"), ({"seconds": 9}, "seconds"), ({"seconds": 3601}, "seconds"),
     ({"seconds": 60, "seed": -1}, "seed")],
)  # fmt: skip
def test_an_impossible_run_is_refused_by_field(body: dict[str, Any], field: str) -> None:
    rota = RotaFactory()

    answer = office_of(rota.branch).post(f"/api/rotas/{rota.pk}/runs", body)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == field
    assert not SolverRun.objects.exists()


def test_asking_twice_gives_the_same_run() -> None:
    rota = RotaFactory()
    browser = office_of(rota.branch)

    first = browser.post(f"/api/rotas/{rota.pk}/runs", {"seconds": 60, "seed": 7})
    second = browser.post(f"/api/rotas/{rota.pk}/runs", {"seconds": 30})

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    told = first.json()
    assert told["state"] == "queued"
    assert told["figures"] is None
    assert told["proposal_id"] is None
    assert told["asked_by"]
    assert told["rule_versions"]["rota_policy"] >= 1


def test_a_run_tells_its_curve_its_figures_and_its_proposal() -> None:
    run = SolverRunFactory(
        state=RunState.FINISHED,
        best_cost=90.5,
        unassigned=2,
        curve=[[1.0, 100.5, 4], [2.0, 90.5, 2]],
        figures={"terms": {"S1 travel": 90.5}, "iterations": 9, "unassigned_critical": 0,
                 "rebased": False},
    )  # fmt: skip
    proposal = RotaProposalFactory(run=run)

    told = office_of(run.rota.branch).get(f"/api/runs/{run.pk}").json()

    assert told["proposal_id"] == proposal.pk
    assert told["curve"] == [[1.0, 100.5, 4.0], [2.0, 90.5, 2.0]]
    assert told["figures"]["terms"] == {"S1 travel": 90.5}
    assert told["figures"]["gap"] is None


def test_runs_of_a_rota_are_listed_newest_first_in_few_queries(
    django_assert_max_num_queries: Any,
) -> None:
    rota = RotaFactory()
    browser = office_of(rota.branch)
    runs = [SolverRunFactory(rota=rota, state=RunState.FAILED) for _ in range(5)]

    with django_assert_max_num_queries(8):
        told = browser.get(f"/api/rotas/{rota.pk}/runs").json()

    assert [row["id"] for row in told] == [run.pk for run in reversed(runs)]


def test_cancelling_a_waiting_run_ends_it() -> None:
    run = SolverRunFactory()
    browser = office_of(run.rota.branch)

    assert browser.post(f"/api/runs/{run.pk}/cancel", {}).status_code == 400
    told = browser.post(f"/api/runs/{run.pk}/cancel", {"keep_best": True}).json()

    assert told["state"] == "cancelled"
    assert told["cancelled_by"]


def chunks_of(answer: Any) -> AsyncIterator[bytes]:
    """Return the content of a stream, which the types of the test client do not know of."""
    chunks: AsyncIterator[bytes] = answer.streaming_content
    return chunks


def events_in(stream: str) -> list[dict[str, Any]]:
    blocks = [block.split("\n") for block in stream.strip().split("\n\n")]
    return [
        json.loads(line.removeprefix("data: "))
        for block in blocks
        if "event: run" in block
        for line in block
        if line.startswith("data: ")
    ]


@pytest.mark.django_db(transaction=True)
def test_events_tell_every_change_of_a_run_and_end_with_it() -> None:
    run = SolverRunFactory(state=RunState.RUNNING, best_cost=50.0)
    user = coordinator_of(run.rota.branch)

    async def follow() -> str:
        browser = AsyncClient()
        await browser.aforce_login(user)
        answer = await browser.get(
            f"/api/runs/{run.pk}/events", headers={"accept": "text/event-stream"}
        )
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/event-stream"
        assert answer["Cache-Control"] == "no-store"
        told = ""
        async for chunk in chunks_of(answer):
            told += chunk.decode()
            row = SolverRun.objects.filter(pk=run.pk)
            if told.count("event: run") == 1:
                await row.aupdate(best_cost=40.0)
            elif told.count("event: run") == 2:
                await row.aupdate(state=RunState.FINISHED, ended_at=timezone.now())
        return told

    told = async_to_sync(follow)()

    assert [event["best_cost"] for event in events_in(told)] == [50.0, 40.0, 40.0]
    assert [event["state"] for event in events_in(told)] == ["running", "running", "finished"]
    assert "id: last\n" in told


@pytest.mark.django_db(transaction=True)
def test_events_end_when_the_right_to_see_the_run_is_taken_away() -> None:
    run = SolverRunFactory(state=RunState.RUNNING)
    user = coordinator_of(run.rota.branch)

    async def follow() -> int:
        async with asyncio.timeout(10):
            return await count_events()

    async def count_events() -> int:
        browser = AsyncClient()
        await browser.aforce_login(user)
        answer = await browser.get(f"/api/runs/{run.pk}/events")
        events = 0
        async for chunk in chunks_of(answer):
            if b"event: run" in chunk:
                events += 1
                await user.grants.all().adelete()
        return events

    assert async_to_sync(follow)() == 1


def test_events_of_a_run_out_of_sight_are_not_found_and_a_finished_client_is_sent_away() -> None:
    run = SolverRunFactory(state=RunState.FINISHED)
    path, headers = f"/api/runs/{run.pk}/events", {"accept": "text/event-stream"}

    stranger = office_of(BranchFactory()).get(path, headers=headers)
    again = office_of(run.rota.branch).get(path, headers={**headers, "last-event-id": "last"})

    assert stranger.status_code == 404
    assert json.loads(stranger.content)["errors"][0]["code"] == "not_found"
    assert again.status_code == 204
