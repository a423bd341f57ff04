"""Stop a solver run before its time is up."""

from datetime import datetime

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.rota.models import RunState, SolverRun
from backend.rota.models.runs import OPEN_STATES
from backend.rota.selectors.runs import list_runs


@transaction.atomic
def cancel_run(*, run_id: int, keep_best: bool, actor: User, now: datetime) -> SolverRun:
    """Stop a run; with `keep_best` the best plan so far becomes its proposal.

    A run that is being solved ends within seconds, by its worker's hand; one that waits with
    nothing to keep ends at once. Cancelling again, or a run that has ended, changes nothing.
    """
    seen = list_runs(actor).get(pk=run_id)
    run = SolverRun.objects.select_for_update(of=("self",)).select_related("rota").get(pk=seen.pk)
    if run.state not in OPEN_STATES or run.cancelled_at is not None:
        return run
    run.cancelled_at, run.cancelled_by, run.keep_best = now, actor, keep_best
    # A waiting run with a plan to keep still needs a worker, which makes the proposal of it.
    if run.state == RunState.QUEUED and not (keep_best and run.checkpoint):
        run.state, run.ended_at = RunState.CANCELLED, now
    # By column: the worker is writing its own columns at the same time.
    run.save(update_fields=["cancelled_at", "cancelled_by", "keep_best", "state", "ended_at"])
    record(
        "run.cancelled",
        actor=actor,
        subject=f"run:{run.pk}",
        at=now,
        chain=f"branch:{run.rota.branch_id}",
        body={"keep_best": keep_best},
    )
    return run
