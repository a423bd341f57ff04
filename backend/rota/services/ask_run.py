"""Ask for a week to be solved."""

from datetime import datetime

from django.db import IntegrityError, transaction

from backend.accounts.models import User
from backend.rota.models import RunKind, SolverRun
from backend.rota.models.runs import OPEN_STATES, PROPOSING
from backend.rota.services.drafting import held_rota
from backend.rota.services.new_run import new_run, record_asked


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
            run = new_run(rota, RunKind.BUILD, seconds=seconds, seed=seed, actor=actor, now=now)
            record_asked(run, {"seconds": seconds, "seed": seed}, actor=actor, now=now)
            return run, True
    except IntegrityError:
        # On a database without row locks two may ask in the same moment; the second finds the
        # constraint, and then the first one's run.
        return SolverRun.objects.get(PROPOSING, rota=rota_id, state__in=OPEN_STATES), False
