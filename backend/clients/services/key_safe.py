"""Key-safe codes: sealed when set, read one at a time, and every reading on record."""

from datetime import datetime, timedelta

from django.db import transaction

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.audit.services import record
from backend.clients.models import Client, KeySafeCode
from backend.clients.selectors import clients_for_office
from backend.core.errors import RefusalError
from backend.core.sealing import seal, unseal
from backend.organisation.selectors import access_rules, today_in

TABLE = "clients_keysafecode"
COLUMN = "sealed"
REVEALED = "key_safe.revealed"
AN_HOUR = timedelta(hours=1)


class NoKeySafeError(RefusalError):
    """The client has no key safe, or its code is not on record."""

    code = "clients.no_key_safe"


class TooManyRevealsError(RefusalError):
    """One person has read more codes in the last hour than the access rules allow.

    `limit` is the number allowed in an hour.
    """

    code = "clients.too_many_reveals"


@transaction.atomic
def set_key_safe_code(*, client: Client, code: str, actor: User | None, now: datetime) -> None:
    """Put a client's code on record, or change it; the one before is gone.

    Setting the code that is on record already changes nothing.
    """
    row = KeySafeCode.objects.select_for_update().filter(client=client).first()
    if row is not None and _code_of(row) == code:
        return
    sealed = seal(code, table=TABLE, column=COLUMN, row=str(client.pk))
    KeySafeCode.objects.update_or_create(
        client=client, defaults={"sealed": sealed, "changed_at": now}
    )
    record(
        "key_safe.changed",
        actor=actor,
        subject=f"client:{client.pk}",
        at=now,
        chain=f"branch:{client.branch_id}",
    )


def reveal_key_safe_code(*, client_id: int, reason: str, actor: User, now: datetime) -> str:
    """Return a code to somebody of the client's office, who says why.

    Raises
    ------
    Client.DoesNotExist
        The client is not of a branch whose office the actor works in.
    NoKeySafeError, TooManyRevealsError
        See `open_key_safe`.
    """
    client = clients_for_office(actor).select_related("branch__organisation").get(pk=client_id)
    return open_key_safe(client=client, reason=reason, actor=actor, now=now)


@transaction.atomic
def open_key_safe(*, client: Client, reason: str, actor: User, now: datetime) -> str:
    """Return the code and leave an audit entry. The caller has judged that the actor may have it.

    Raises
    ------
    NoKeySafeError
        There is no code.
    TooManyRevealsError
        The actor has read as many codes in the last hour as the access rules allow.
    """
    # Two readings at the same moment must not both be the last one allowed.
    User.objects.select_for_update().get(pk=actor.pk)
    row = KeySafeCode.objects.filter(client=client).first()
    if row is None:
        raise NoKeySafeError
    branch = client.branch
    limit = access_rules(branch, today_in(branch.organisation, now)).key_safe_reveals_an_hour
    lately = AuditEntry.objects.filter(actor=actor, event=REVEALED, at__gt=now - AN_HOUR)
    if lately.count() >= limit:
        raise TooManyRevealsError(limit=limit)
    record(
        REVEALED,
        actor=actor,
        subject=f"client:{client.pk}",
        at=now,
        chain=f"branch:{client.branch_id}",
        body={"reason": reason},
    )
    return _code_of(row)


def _code_of(row: KeySafeCode) -> str:
    return unseal(bytes(row.sealed), table=TABLE, column=COLUMN, row=str(row.client_id))
