"""The public log in plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from backend.democracy.models import LogEntry

EVENTS: Mapping[str, str] = {
    "election.created": "The vote was set up",
    "election.changed": "Its dates or words were changed",
    "question.set": "The questions were set",
    "scrutineers.appointed": "Three scrutineers were named",
    "roll.frozen": "The list of who may vote was fixed",
    "roll.corrected": "The list of who may vote was corrected",
    "key.set": "The key that seals votes was set",
    "key.confirmed": "A scrutineer confirmed their share of the key",
    "ballot.opened": "Voting began",
    "ballot.cast_count": "Votes so far",
    "ballot.closed": "Voting ended",
    "papers.entered": "Paper forms were entered",
    "ballot.unlinked": "Names were taken off the sealed votes",
    "roll.rewritten": "The last traces of whose vote was whose were destroyed",
    "box.opened": "Scrutineers opened the sealed votes",
    "result.declared": "The result was counted and declared",
    "result.challenged": "The result was challenged",
    "challenge.decided": "The challenge was decided",
    "result.final": "The result became final",
    "policy.followed": "It became the policy of the rota",
    "ballot.voided": "The vote was cancelled",
}

OFFICES: Mapping[str, str] = {
    "returning-officer": "returning officer",
    "scrutineer": "scrutineer",
    "system": "the system by itself",
    "member": "a member",
}

FIGURES: Mapping[str, str] = {
    "cast": "votes",
    "eligible": "may vote",
    "effective_from": "from",
    "invalid": "not valid",
    "opened": "opened",
    "policy": "policy",
    "reason": "reason",
}


@dataclass(frozen=True, slots=True)
class LogLine:
    """One step as people read it; `details` are the figures that have words."""

    number: int
    at: datetime
    words: str
    office: str
    details: list[tuple[str, str]]
    hash: str


def log_lines(entries: Iterable[LogEntry]) -> list[LogLine]:
    """Return the entries in words, in their order."""
    return [
        LogLine(
            number=entry.seq,
            at=datetime.fromisoformat(entry.at),
            words=EVENTS.get(entry.type, entry.type),
            office=OFFICES.get(entry.actor, entry.actor),
            details=[
                (FIGURES[name], str(value)) for name, value in entry.data.items() if name in FIGURES
            ],
            hash=entry.hash,
        )
        for entry in entries
    ]
