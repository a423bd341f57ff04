"""One run of a week at a time, asked for by somebody who plans the branch."""

from typing import Any

import pytest

from backend.audit.models import AuditEntry
from backend.rota.models import Rota, RunState, SolverRun
from backend.rota.services import new_run as module
from backend.rota.services.ask_run import ask_run
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.moments import NOW
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import RotaFactory, SolverRunFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Run ids for which a worker was rung."""
    found: list[int] = []
    monkeypatch.setattr(module, "ring", lambda run_id: found.append(run_id))
    return found


def test_a_run_is_stored_with_who_asked_and_which_rules_hold_and_then_rung(
    rung: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    rota = RotaFactory()
    actor = coordinator_of(rota.branch)

    with django_capture_on_commit_callbacks(execute=True):
        run, is_new = ask_run(rota_id=rota.pk, seconds=60, seed=3, actor=actor, now=NOW)

    assert is_new
    assert (run.state, run.seconds, run.seed, run.asked_by) == (RunState.QUEUED, 60, 3, actor)
    assert run.rota_version == rota.version
    assert run.policy is not None
    assert run.rule_versions["rota_policy"] == run.policy.version
    assert rung == [run.pk]
    entry = AuditEntry.objects.get(subject=f"run:{run.pk}")
    assert (entry.event, entry.actor) == ("run.asked", actor)


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.RUNNING])
def test_asking_while_a_run_is_open_returns_that_run(state: RunState, rung: list[int]) -> None:
    rota = RotaFactory()
    under_way = SolverRunFactory(rota=rota, state=state)

    run, is_new = ask_run(rota_id=rota.pk, seconds=99, actor=coordinator_of(rota.branch), now=NOW)

    assert (run.pk, is_new) == (under_way.pk, False)
    assert SolverRun.objects.count() == 1


def test_after_a_run_has_ended_another_can_be_asked_for(rung: list[int]) -> None:
    rota = RotaFactory()
    SolverRunFactory(rota=rota, state=RunState.FAILED)

    _, is_new = ask_run(rota_id=rota.pk, seconds=60, actor=coordinator_of(rota.branch), now=NOW)

    assert is_new


def test_the_week_of_another_branch_is_not_found(rung: list[int]) -> None:
    rota = RotaFactory()

    with pytest.raises(Rota.DoesNotExist):
        ask_run(rota_id=rota.pk, seconds=60, actor=coordinator_of(BranchFactory()), now=NOW)
