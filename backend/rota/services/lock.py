"""Lock a visit, so that the solver leaves it alone, and unlock it."""

from datetime import datetime

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.rota.models import Visit, VisitState
from backend.rota.services.drafting import held_visit, raise_version, require_version


class NothingToLockError(RefusalError):
    """Nobody has the visit, so there is nothing to hold."""

    code = "rota.nothing_to_lock"


@transaction.atomic
def lock_visit(*, visit_id: int, version: int, actor: User, now: datetime) -> Visit:
    """Hold a visit at its carers and its start. Locking twice changes nothing.

    Raises
    ------
    Visit.DoesNotExist
        Out of the actor's sight.
    RotaStaleError, NothingToLockError
        The draft has changed since; the visit is not covered.
    """
    return _set_lock(visit_id, is_locked=True, version=version, actor=actor, now=now)


@transaction.atomic
def unlock_visit(*, visit_id: int, version: int, actor: User, now: datetime) -> Visit:
    """Let a visit be changed again. Unlocking twice changes nothing.

    Raises
    ------
    Visit.DoesNotExist
        Out of the actor's sight.
    RotaStaleError
        The draft has changed since.
    """
    return _set_lock(visit_id, is_locked=False, version=version, actor=actor, now=now)


def _set_lock(visit_id: int, *, is_locked: bool, version: int, actor: User, now: datetime) -> Visit:
    visit = held_visit(visit_id, actor=actor)
    if visit.is_locked == is_locked:
        return visit
    require_version(visit.rota, version)
    if is_locked and visit.state != VisitState.ALLOCATED:
        raise NothingToLockError(state=visit.state)
    visit.is_locked = is_locked
    visit.save(update_fields=["is_locked"])
    raise_version(visit.rota)
    record(
        "visit.locked" if is_locked else "visit.unlocked",
        actor=actor,
        subject=f"visit:{visit.pk}",
        at=now,
        chain=f"branch:{visit.rota.branch_id}",
        body={"rota": visit.rota_id, "version": visit.rota.version},
    )
    return visit
