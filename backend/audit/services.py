"""Add to the audit chain, in the transaction of the change it tells of."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from backend.audit.models import AuditChain, AuditEntry

if TYPE_CHECKING:
    from backend.accounts.models import User


@transaction.atomic
def record(
    event: str,
    *,
    actor: "User | None",
    subject: str,
    at: datetime,
    chain: str,
    body: Mapping[str, object] | None = None,
) -> AuditEntry:
    """Append one entry.

    Parameters
    ----------
    event
        `subject.past_verb`, for example `rota.published`.
    actor
        Who did it; None only for what the system does by itself.
    subject
        `kind:id` of what it was done to.
    chain
        `branch:id` or `organisation:id`; each chain is numbered and hashed by itself, so that
        branches do not wait for each other.
    body
        Ids and changed values, JSON without floats; no health data and no secrets.
    """
    AuditChain.objects.get_or_create(name=chain)
    head = AuditChain.objects.select_for_update().get(name=chain)
    entry = AuditEntry(
        chain=chain,
        seq=head.seq + 1,
        at=at,
        actor=actor,
        event=event,
        subject=subject,
        body=dict(body or {}),
        prev=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    head.seq, head.hash = entry.seq, entry.hash
    head.save(update_fields=["seq", "hash"])
    return entry


def entry_hash(entry: AuditEntry) -> str:
    """Return the SHA-256 of an entry's canonical form, the hash before it included."""
    content = {
        "chain": entry.chain,
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "event": entry.event,
        "subject": entry.subject,
        "body": entry.body,
        "prev": entry.prev,
    }
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    ).hexdigest()


def heads() -> dict[str, int]:
    """Return the number of the last entry of each chain; one rises with everything that is done."""
    return dict(AuditChain.objects.values_list("name", "seq"))


def entries_since(before: Mapping[str, int], *, most: int) -> list[AuditEntry]:
    """Return the entries of all chains after those that `heads` told of, at most so many."""
    risen = Q(pk__in=())
    for name, seq in heads().items():
        if seq > before.get(name, 0):
            risen |= Q(chain=name, seq__gt=before.get(name, 0), seq__lte=seq)
    return list(AuditEntry.objects.filter(risen).order_by("chain", "seq")[:most])


def broken_entry(chain: str) -> int | None:
    """Return the number of the first entry that does not fit its chain, or None if whole."""
    before, expected = "0" * 64, 1
    for entry in AuditEntry.objects.filter(chain=chain).order_by("seq").iterator():
        if entry.seq != expected or entry.prev != before or entry.hash != entry_hash(entry):
            return expected
        before, expected = entry.hash, expected + 1
    head = AuditChain.objects.filter(name=chain).first()
    if head is not None and (head.seq != expected - 1 or head.hash != before):
        return expected
    return None
