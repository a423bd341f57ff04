"""A run can be stopped: at once while it waits, by its worker's hand while it is solved."""

import pytest

from backend.audit.models import AuditEntry
from backend.rota.models import RunState, SolverRun
from backend.rota.services.cancel_run import cancel_run
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.moments import NOW
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import SolverRunFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("keep_best", [True, False])
def test_a_waiting_run_with_nothing_to_keep_ends_at_once(*, keep_best: bool) -> None:
    run = SolverRunFactory()
    actor = coordinator_of(run.rota.branch)

    cancelled = cancel_run(run_id=run.pk, keep_best=keep_best, actor=actor, now=NOW)

    assert (cancelled.state, cancelled.ended_at) == (RunState.CANCELLED, NOW)
    assert (cancelled.cancelled_by, cancelled.cancelled_at) == (actor, NOW)
    entry = AuditEntry.objects.get(subject=f"run:{run.pk}")
    assert (entry.event, entry.actor) == ("run.cancelled", actor)


def test_a_waiting_run_with_a_plan_to_keep_waits_for_a_worker_to_propose_it() -> None:
    run = SolverRunFactory(checkpoint=b"a plan")

    cancelled = cancel_run(
        run_id=run.pk, keep_best=True, actor=coordinator_of(run.rota.branch), now=NOW
    )

    assert (cancelled.state, cancelled.keep_best) == (RunState.QUEUED, True)


def test_a_run_that_is_being_solved_is_left_to_its_worker() -> None:
    run = SolverRunFactory(state=RunState.RUNNING)

    cancelled = cancel_run(
        run_id=run.pk, keep_best=False, actor=coordinator_of(run.rota.branch), now=NOW
    )

    assert (cancelled.state, cancelled.keep_best) == (RunState.RUNNING, False)
    assert cancelled.cancelled_at == NOW


def test_cancelling_again_or_too_late_changes_nothing() -> None:
    run = SolverRunFactory(state=RunState.RUNNING)
    done = SolverRunFactory(rota__branch=run.rota.branch, rota__week_starts_on="2026-06-08",
                            state=RunState.FINISHED)  # fmt: skip
    actor = coordinator_of(run.rota.branch)
    cancel_run(run_id=run.pk, keep_best=True, actor=actor, now=NOW)

    again = cancel_run(run_id=run.pk, keep_best=False, actor=actor, now=NOW)
    too_late = cancel_run(run_id=done.pk, keep_best=False, actor=actor, now=NOW)

    assert again.keep_best is True
    assert (too_late.state, too_late.cancelled_at) == (RunState.FINISHED, None)
    assert AuditEntry.objects.filter(event="run.cancelled").count() == 1


def test_a_run_of_another_branch_is_not_found() -> None:
    run = SolverRunFactory()

    with pytest.raises(SolverRun.DoesNotExist):
        cancel_run(run_id=run.pk, keep_best=True, actor=coordinator_of(BranchFactory()), now=NOW)
