"""A carer at the door reads the code of the key safe."""

from datetime import datetime

from django.db import transaction

from backend.accounts.models import User
from backend.clients.services import open_key_safe
from backend.core.errors import RefusalError
from backend.rota.selectors.client_window import key_safe_window
from backend.rota.selectors.my_week import own_visit


class KeySafeClosedError(RefusalError):
    """It is not yet or no longer the time; `opens_at` and `closes_at` say when it is."""

    code = "clients.key_safe_closed"


@transaction.atomic
def reveal_my_key_safe_code(*, visit_id: int, actor: User, now: datetime) -> str:
    """Return the code for an own visit, around its time, and leave an audit entry.

    Raises
    ------
    PublishedAssignment.DoesNotExist
        It is not the actor's visit, or the client is out of sight at this time.
    KeySafeClosedError
        It is too early or too late for this visit.
    NoKeySafeError, TooManyRevealsError
        See `clients.services.open_key_safe`.
    """
    told, rules = own_visit(actor, visit_id, now=now)
    window = key_safe_window(told, rules)
    if not window.holds(now):
        raise KeySafeClosedError(
            opens_at=window.opens_at.isoformat(), closes_at=window.closes_at.isoformat()
        )
    return open_key_safe(client=told.client, reason=f"visit:{visit_id}", actor=actor, now=now)
