"""The rota's tasks: a message only rings, the row in the database is the work."""

from celery import shared_task
from celery.signals import worker_shutting_down
from django.utils import timezone

from backend.rota.models import GroupRun
from backend.rota.models.runs import OPEN_STATES
from backend.rota.services.advance_group import advance_group
from backend.rota.solver.bell import OUTCOMES_TASK, POLICY_WEEK_TASK, TASK
from backend.rota.solver.outcome_work import work_out
from backend.rota.solver.policy_weeks import look_at
from backend.rota.solver.run import run
from backend.rota.solver.supervisor import STOP_ASKED


@shared_task(name=TASK)  # type: ignore[untyped-decorator]  # celery has no types
def solve_run(*, run_id: int, **_later: object) -> None:
    """Solve a run, unless another worker has it or it is done. Safe to deliver twice."""
    try:
        run(run_id)
    finally:
        for group in GroupRun.objects.filter(parts=run_id, state__in=OPEN_STATES):
            advance_group(group_run_id=group.pk, now=timezone.now())


@shared_task(name=OUTCOMES_TASK)  # type: ignore[untyped-decorator]  # celery has no types
def work_out_wishes(*, publication_id: int, **_later: object) -> None:
    """Work out what a publication made of wishes, unless that is done. Safe to deliver twice."""
    work_out(publication_id)


@shared_task(name=POLICY_WEEK_TASK)  # type: ignore[untyped-decorator]  # celery has no types
def look_at_policy_week(*, policy_week_id: int, **_later: object) -> None:
    """Look at one week for what a policy promised and did, unless that is done."""
    look_at(policy_week_id)


@worker_shutting_down.connect  # type: ignore[untyped-decorator]  # celery has no types
def give_back(**_signal: object) -> None:
    """Have what is under way saved and given back: the worker was asked to stop."""
    STOP_ASKED.set()
