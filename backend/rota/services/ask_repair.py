"""Report what has happened to a published week, and ask for ways to mend it."""

from datetime import datetime

from django.db import transaction

from backend.accounts.models import User
from backend.core.errors import RefusalError
from backend.organisation.selectors import zone_of
from backend.rota.models import Publication, RunKind, SolverRun
from backend.rota.models.runs import OPEN_STATES
from backend.rota.services.drafting import held_rota
from backend.rota.services.happenings import Happening, described
from backend.rota.services.new_run import new_run, record_asked
from backend.rota.services.write_down import present_minute, write_down
from backend.rota.solver.changes import changes_document
from backend.rota.solver.packing import fingerprint

REPAIR_SECONDS = 30
"""The most a repair may take; one sick carer takes a few seconds."""


class NotPublishedError(RefusalError):
    """Nobody was told of this week yet: plan it instead of mending it."""

    code = "rota.not_published"


class RunUnderWayError(RefusalError):
    """Another run of this week is under way: let it end, or stop it."""

    code = "rota.run_under_way"


@transaction.atomic
def ask_repair(
    *, rota_id: int, happening: Happening, actor: User, now: datetime
) -> tuple[SolverRun, bool]:
    """Write down what has happened and ask for ways to mend the week; return the run, and if new.

    What has happened is written with the run or not at all. Asking for the same again while the
    run is under way returns it as it is, and nothing is written twice.

    Raises
    ------
    NotPublishedError, RunUnderWayError
        See there.
    RefusalError
        As of `write_down` and the services that it calls.
    """
    rota = held_rota(rota_id, actor=actor)
    zone = zone_of(rota.branch.organisation)
    if not Publication.objects.filter(rota=rota).exists():
        raise NotPublishedError
    asked = fingerprint(described(happening))
    under_way = rota.runs.filter(state__in=OPEN_STATES).first()
    if under_way is not None:
        if under_way.changes and under_way.changes.get("asked") == asked:
            return under_way, False
        raise RunUnderWayError(run_id=under_way.pk)
    change = write_down(rota, happening, zone, actor=actor, now=now)
    rota.refresh_from_db(fields=["version"])
    document = changes_document(change, now=present_minute(rota, zone, now), asked=asked)
    run = new_run(
        rota, RunKind.REPAIR, seconds=REPAIR_SECONDS, actor=actor, now=now, changes=document
    )
    record_asked(run, {"kind": run.kind, "happened": change["kind"]}, actor=actor, now=now)
    return run, True
