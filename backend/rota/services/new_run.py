"""A run of a rota, with the rules that are in force on its week, and the bell for it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.organisation.models import RuleArea
from backend.organisation.selectors import rules_on
from backend.rota.models import Rota, RunKind, SolverRun
from backend.rota.solver.bell import ring


def new_run(
    rota: Rota, kind: RunKind, *, seconds: int, actor: User | None, now: datetime, **columns: Any
) -> SolverRun:
    """Insert a run that waits for a worker; `columns` are those of its kind.

    A worker is rung when the surrounding transaction is through; for a promise not before nobody
    else needs one, see `runs.waiting`.
    """
    rules = rules_on(rota.branch, rota.week_starts_on)
    usual = {
        "threads": settings.SOLVER_THREADS,
        "rota_version": rota.version,
        "policy": rules.get(RuleArea.ROTA_POLICY),
        "rule_versions": {area.value: rule.version for area, rule in rules.items()},
    }
    run = SolverRun.objects.create(
        rota=rota,
        kind=kind,
        seconds=seconds,
        asked_by=actor,
        asked_at=now,
        **{**usual, **columns},
    )
    if kind != RunKind.PROMISE:
        transaction.on_commit(partial(ring, run.pk))
    return run


def record_asked(run: SolverRun, body: Mapping[str, Any], *, actor: User, now: datetime) -> None:
    """Write down who asked for a run, in the chain of its branch."""
    record(
        "run.asked",
        actor=actor,
        subject=f"run:{run.pk}",
        at=now,
        chain=f"branch:{run.rota.branch_id}",
        body={"rota": run.rota_id, **body},
    )
