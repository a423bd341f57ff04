"""Ask for a week to be solved."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.organisation.models import RuleArea
from backend.organisation.selectors import rules_on
from backend.rota.models import Rota, RunState, SolverRun
from backend.rota.models.runs import OPEN_STATES, PROPOSING
from backend.rota.services.drafting import held_rota
from backend.rota.solver.bell import ring


def ask_run(
    *, rota_id: int, seconds: int, actor: User, now: datetime, seed: int = 1
) -> tuple[SolverRun, bool]:
    """Ask for a rota to be solved in `seconds`; return the run and whether it is new.

    A rota has one open run at a time: asking again returns the one under way as it is.
    """
    try:
        with transaction.atomic():
            rota = held_rota(rota_id, actor=actor)
            under_way = rota.runs.filter(PROPOSING, state__in=OPEN_STATES).first()
            if under_way is not None:
                return under_way, False
            return _new_run(rota, seconds, seed, actor, now), True
    except IntegrityError:
        # On a database without row locks two may ask in the same moment; the second finds the
        # constraint, and then the first one's run.
        return SolverRun.objects.get(PROPOSING, rota=rota_id, state__in=OPEN_STATES), False


def _new_run(rota: Rota, seconds: int, seed: int, actor: User, now: datetime) -> SolverRun:
    rules = rules_on(rota.branch, rota.week_starts_on)
    run = SolverRun.objects.create(
        rota=rota,
        state=RunState.QUEUED,
        seconds=seconds,
        seed=seed,
        threads=settings.SOLVER_THREADS,
        asked_by=actor,
        asked_at=now,
        rota_version=rota.version,
        policy=rules.get(RuleArea.ROTA_POLICY),
        rule_versions={area.value: rule.version for area, rule in rules.items()},
    )
    record(
        "run.asked",
        actor=actor,
        subject=f"run:{run.pk}",
        at=now,
        chain=f"branch:{rota.branch_id}",
        body={"rota": rota.pk, "seconds": seconds, "seed": seed},
    )
    transaction.on_commit(partial(ring, run.pk))
    return run
