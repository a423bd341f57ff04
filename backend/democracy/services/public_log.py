"""Add to a ballot's public log. The ballot's row must be locked, so that the chain never forks."""

from collections.abc import Mapping
from datetime import UTC, datetime

from backend.counting.canonical import chained
from backend.democracy.models import FIRST_PREVIOUS, Ballot, LogEntry

OFFICER, SCRUTINEER, MEMBER, SYSTEM = "returning-officer", "scrutineer", "member", "system"


def hashed_part(entry: LogEntry) -> dict[str, object]:
    """Return an entry without its hashes, as they are taken of it."""
    return {
        "actor": entry.actor,
        "at": entry.at,
        "data": entry.data,
        "seq": entry.seq,
        "type": entry.type,
    }


def add_log(
    ballot: Ballot, event: str, *, office: str, now: datetime, data: Mapping[str, object]
) -> LogEntry:
    """Append one entry; it names the ballot by itself."""
    last = ballot.log.order_by("-seq").first()
    entry = LogEntry(
        ballot=ballot,
        seq=last.seq + 1 if last else 1,
        type=event,
        actor=office,
        at=f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        data={"election": ballot.code, **data},
        prev_hash=last.hash if last else FIRST_PREVIOUS,
    )
    entry.hash = chained(entry.prev_hash, hashed_part(entry))
    entry.save(force_insert=True)
    return entry
