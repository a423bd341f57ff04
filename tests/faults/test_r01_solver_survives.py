"""R1: killed, frozen or stopped in the middle of a solve, a run is finished once, by another."""

import os
import signal
import time

import pytest
from django.utils import timezone

from backend.audit.models import AuditEntry
from backend.audit.services import broken_entry
from backend.rota.models import RotaProposal, RunState, SolverRun
from backend.rota.services.ask_run import ask_run
from backend.rota.services.cancel_run import cancel_run
from backend.rota.solver.bell import ring
from tests.backend.factories.accounts import coordinator_of
from tests.backend.rota.open_weeks import open_week
from tests.faults.harness import CostWatch, World, children_of, is_running, until
from tests.faults.slow_solver import POISON, REAL

pytestmark = [pytest.mark.slow, pytest.mark.services]

VISITS = 30
# Lease, sweep and ring of these tests, and the time a busy machine may add.
RESUMED_WITHIN = 2.5 + 1.0 + 8.0


def asked_run(seconds: int = 60, seed: int = 1) -> SolverRun:
    """Return a new run of an open week, asked for by its coordinator."""
    rota = open_week()
    actor = coordinator_of(rota.branch)
    run, _ = ask_run(rota_id=rota.pk, seconds=seconds, seed=seed, actor=actor, now=timezone.now())
    return run


def is_midway(run: SolverRun) -> bool:
    return run.unassigned == VISITS // 2 and run.state == RunState.RUNNING


def is_ended(run: SolverRun) -> bool:
    return run.ended_at is not None


def assert_finished_once(run: SolverRun, watch: CostWatch) -> RotaProposal:
    assert (run.state, run.lease_token) == (RunState.FINISHED, None)
    assert watch.seen == sorted(watch.seen, reverse=True)
    proposal = RotaProposal.objects.get(run=run)
    visits = [row[0] for row in proposal.assignments]
    assert len(visits) == len(set(visits))
    assert proposal.figures["breaches"] == 0
    assert proposal.figures["cost"] <= watch.seen[-1]
    told = AuditEntry.objects.filter(subject=f"run:{run.pk}").order_by("seq")
    assert [entry.event for entry in told if entry.event != "run.cancelled"] == [
        "run.asked",
        "run.finished",
    ]
    assert broken_entry(f"branch:{run.rota.branch_id}") is None
    return proposal


def test_a_run_goes_on_from_its_checkpoint_after_its_worker_group_is_killed(world: World) -> None:
    world.crew()
    watch = CostWatch(asked_run().pk)
    watch.until(is_midway)
    worker, solver = world.holder()

    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    dead_at = time.monotonic()
    until(lambda: not is_running(solver), patience=2)
    again = watch.until(lambda row: row.claims == 2)
    resumed_within = time.monotonic() - dead_at
    world.let_go_on(again)
    done = watch.until(is_ended)

    assert resumed_within <= RESUMED_WITHIN
    assert again.unassigned == VISITS // 2
    # It went on with the half that there was: no point of the curve has more open visits.
    open_visits = [row[2] for row in done.curve]
    assert open_visits == sorted(open_visits, reverse=True)
    assert len(assert_finished_once(done, watch).assignments) == VISITS
    assert done.claims == 2


def test_a_worker_that_was_frozen_beyond_its_lease_writes_nothing_more(world: World) -> None:
    world.crew()
    watch = CostWatch(asked_run().pk)
    watch.until(is_midway)
    frozen, _ = world.holder()

    os.killpg(frozen.pid, signal.SIGSTOP)
    watch.until(lambda row: row.claims == 2)
    others_lease = SolverRun.objects.values_list("lease_token", flat=True).get(pk=watch.run_id)
    os.killpg(frozen.pid, signal.SIGCONT)
    until(lambda: b"no longer this worker's" in world.log(frozen))
    held = watch.look()
    until(lambda: children_of(frozen.pid) == [])
    world.let_go_on(held)
    done = watch.until(is_ended)

    assert held.lease_token == others_lease
    assert_finished_once(done, watch)
    assert done.claims == 2


def test_a_killed_solver_is_started_again(world: World) -> None:
    world.crew()
    watch = CostWatch(asked_run().pk)
    watch.until(is_midway)

    os.kill(world.holder()[1], signal.SIGKILL)
    lost = watch.until(lambda row: row.last_error)
    world.let_go_on(lost)
    done = watch.until(is_ended)

    assert lost.last_error == "the solver was ended by SIGKILL"
    assert done.claims == 2
    assert_finished_once(done, watch)


def test_a_worker_that_is_asked_to_stop_saves_and_gives_the_run_back(world: World) -> None:
    world.crew()
    watch = CostWatch(asked_run().pk)
    before = watch.until(is_midway)
    worker, _ = world.holder()
    (other,) = [each for each in world.crew() if each is not worker]

    # So that the run is seen lying there, given back.
    os.killpg(other.pid, signal.SIGSTOP)
    worker.send_signal(signal.SIGTERM)
    code = worker.wait(5)
    waiting = watch.look()
    os.killpg(other.pid, signal.SIGCONT)
    world.let_go_on(waiting)
    done = watch.until(is_ended)

    assert code == 0
    assert (waiting.state, waiting.attempts, waiting.lease_token) == (RunState.QUEUED, 0, None)
    assert waiting.best_cost is not None
    assert before.best_cost is not None
    assert waiting.best_cost <= before.best_cost
    assert_finished_once(done, watch)


def test_a_message_that_arrives_many_times_does_its_work_once(world: World) -> None:
    world.crew()
    run = asked_run()
    watch = CostWatch(run.pk)
    for _ in range(5):
        ring(run.pk)
    watch.until(is_midway)
    for _ in range(5):
        ring(run.pk)
    world.let_go_on(run)
    done = watch.until(is_ended)
    ring(run.pk)
    time.sleep(1.0)

    assert watch.look().ended_at == done.ended_at
    assert watch.look().claims == 1
    assert_finished_once(done, watch)


def test_a_cancelled_run_proposes_the_best_it_had_or_nothing_at_all(world: World) -> None:
    world.crew()
    keep, drop = CostWatch(asked_run().pk), CostWatch(asked_run().pk)

    for watch, keep_best in ((keep, True), (drop, False)):
        row = watch.until(is_midway)
        assert row.asked_by is not None
        cancel_run(run_id=row.pk, keep_best=keep_best, actor=row.asked_by, now=timezone.now())
        asked_at = time.monotonic()
        watch.until(is_ended)
        assert time.monotonic() - asked_at < 5

    proposal = assert_finished_once(keep.look(), keep)
    assert 0 < len(proposal.assignments) < VISITS
    assert len(proposal.open_visits) == VISITS - len(proposal.assignments)
    assert all(row["nearest"] for row in proposal.open_visits)
    assert drop.look().state == RunState.CANCELLED
    assert not RotaProposal.objects.filter(run=drop.run_id).exists()


def test_a_problem_that_kills_its_solver_each_time_is_given_up_after_three_deaths(
    world: World,
) -> None:
    world.crew()
    poison = CostWatch(asked_run(seed=POISON).pk)
    healthy = asked_run()
    world.let_go_on(healthy)
    other = CostWatch(healthy.pk)

    failed = poison.until(is_ended)
    done = other.until(is_ended)

    assert (failed.state, failed.claims) == (RunState.FAILED, 3)
    assert failed.last_error == "solver.gave_up: the solver was ended by SIGABRT"
    assert not RotaProposal.objects.filter(run=failed.pk).exists()
    assert_finished_once(done, other)


def test_the_real_solver_survives_the_death_of_its_worker(world: World) -> None:
    world.crew()
    watch = CostWatch(asked_run(seconds=5, seed=REAL).pk)
    before = watch.until(lambda row: row.best_cost is not None)

    os.killpg(world.holder()[0].pid, signal.SIGKILL)
    done = watch.until(is_ended)

    assert done.claims == 2
    proposal = assert_finished_once(done, watch)
    assert before.best_cost is not None
    assert proposal.figures["cost"] <= before.best_cost
    assert proposal.figures["unassigned"] == 0
    assert proposal.figures["cost"] < proposal.figures_before["cost"]
