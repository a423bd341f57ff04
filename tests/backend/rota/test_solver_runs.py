"""A run is held by one worker at a time, and a worker that was too slow writes nothing more."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backend.audit.models import AuditEntry
from backend.rota.models import RunState, SolverRun
from backend.rota.solver.runs import GAVE_UP, LeaseLostError, claim, sweep, waiting
from tests.backend.factories.rota import SolverRunFactory

pytestmark = pytest.mark.django_db


def expired(**fields: Any) -> SolverRun:
    """Return a run whose worker has fallen silent."""
    run = SolverRunFactory(**fields)
    lease = claim(run.pk)
    assert lease is not None
    SolverRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    run.refresh_from_db()
    return run


def test_a_waiting_run_is_claimed_by_the_first_who_asks_and_by_nobody_else() -> None:
    run = SolverRunFactory()

    first, second = claim(run.pk), claim(run.pk)

    assert first is not None
    assert second is None
    run.refresh_from_db()
    assert (run.state, run.claims, run.attempts) == (RunState.RUNNING, 1, 1)
    assert run.lease_token == first.token
    assert run.lease_until > timezone.now()


@pytest.mark.parametrize("state", [RunState.FINISHED, RunState.CANCELLED, RunState.FAILED])
def test_a_run_that_has_ended_is_not_claimed_again(state: RunState) -> None:
    assert claim(SolverRunFactory(state=state).pk) is None


def test_a_run_whose_worker_fell_silent_goes_to_the_next_and_the_first_writes_nothing() -> None:
    run = SolverRunFactory()
    first = claim(run.pk)
    SolverRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    second = claim(run.pk)
    assert first is not None
    assert second is not None

    for write in (
        lambda: first.beat(best_cost=1.0),
        lambda: first.end(RunState.FAILED),
        lambda: first.finish(),
        lambda: first.give_back(),
        lambda: first.died("too late"),
    ):
        with pytest.raises(LeaseLostError):
            write()

    run.refresh_from_db()
    assert (run.state, run.best_cost, run.last_error) == (RunState.RUNNING, None, "")
    assert run.lease_token == second.token


def test_a_worker_whose_lease_ran_out_writes_nothing_even_if_nobody_noticed_yet() -> None:
    run = SolverRunFactory()
    lease = claim(run.pk)
    assert lease is not None
    SolverRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))

    with pytest.raises(LeaseLostError):
        lease.beat(best_cost=1.0)

    run.refresh_from_db()
    assert run.best_cost is None


def test_a_heartbeat_extends_the_lease_and_tells_of_a_wish_to_cancel(settings: Any) -> None:
    run = SolverRunFactory()
    lease = claim(run.pk)
    assert lease is not None
    SolverRun.objects.filter(pk=run.pk).update(
        lease_until=timezone.now() + timedelta(seconds=1), cancelled_at=timezone.now()
    )

    row = lease.beat()

    run.refresh_from_db()
    assert row.cancelled_at is not None
    assert run.lease_until > timezone.now() + timedelta(seconds=settings.SOLVER_LEASE_SECONDS - 2)


def test_an_orderly_stop_is_no_death() -> None:
    run = SolverRunFactory()
    for _ in range(5):
        lease = claim(run.pk)
        assert lease is not None
        lease.give_back()

    run.refresh_from_db()
    assert (run.state, run.attempts, run.claims) == (RunState.QUEUED, 0, 5)


def test_three_deaths_without_progress_end_a_run_and_the_fourth_claim_finds_nothing() -> None:
    run = SolverRunFactory()
    for _ in range(3):
        lease = claim(run.pk)
        assert lease is not None
        lease.died("the solver was ended by SIGABRT")

    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert run.last_error == f"{GAVE_UP}: the solver was ended by SIGABRT"
    assert run.ended_at is not None
    assert claim(run.pk) is None


def test_the_sweep_returns_a_silent_workers_run_and_gives_up_after_three() -> None:
    run = expired()
    sweep()
    run.refresh_from_db()
    assert (run.state, run.lease_token, run.attempts) == (RunState.QUEUED, None, 1)
    assert waiting() == {run.pk: 1}

    for _ in range(2):
        assert claim(run.pk) is not None
        past = timezone.now() - timedelta(seconds=1)
        SolverRun.objects.filter(pk=run.pk).update(lease_until=past)
        sweep()

    run.refresh_from_db()
    assert (run.state, run.last_error, run.claims) == (RunState.FAILED, GAVE_UP, 3)
    assert waiting() == {}
    entry = AuditEntry.objects.get(subject=f"run:{run.pk}")
    assert (entry.event, entry.actor) == ("run.failed", None)


def test_progress_forgives_deaths_but_twenty_claims_are_enough_for_any_run() -> None:
    run = SolverRunFactory()
    claims = 0
    while (lease := claim(run.pk)) is not None:
        claims += 1
        lease.beat(checkpoint=b"plan", checkpoint_cost=100.0 - claims, attempts=0)
        lease.died("again")

    run.refresh_from_db()
    assert claims == 20
    assert run.state == RunState.FAILED


def test_the_sweep_leaves_alone_what_a_worker_holds() -> None:
    run = SolverRunFactory()
    lease = claim(run.pk)
    assert lease is not None

    sweep()

    run.refresh_from_db()
    assert (run.state, run.lease_token) == (RunState.RUNNING, lease.token)


def test_a_cancelled_run_whose_worker_died_ends_when_nothing_is_to_be_kept() -> None:
    run = expired()
    run.cancelled_at, run.keep_best = timezone.now(), False
    run.save()

    sweep()

    run.refresh_from_db()
    assert run.state == RunState.CANCELLED


def test_a_run_is_finished_unless_it_was_cancelled_in_the_last_moment() -> None:
    kept, dropped = SolverRunFactory(), SolverRunFactory()
    leases = [claim(kept.pk), claim(dropped.pk)]
    SolverRun.objects.filter(pk=dropped.pk).update(cancelled_at=timezone.now(), keep_best=False)

    finished = [lease is not None and lease.finish() for lease in leases]

    assert finished == [True, False]
    kept.refresh_from_db()
    dropped.refresh_from_db()
    assert (kept.state, dropped.state) == (RunState.FINISHED, RunState.CANCELLED)
