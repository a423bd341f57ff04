"""The public log is chained as the reference says, to the digit."""

from backend.democracy.counting.canonical import chained
from backend.democracy.models import FIRST_PREVIOUS, LogEntry
from backend.democracy.services.public_log import hashed_part

ENTRIES: tuple[tuple[str, str, str, dict[str, object], str], ...] = (
    (
        "election.created",
        "returning-officer",
        "2027-03-01T09:00:00Z",
        {"rule": "im-1"},
        "61caa705443775d24450f48c20057ae589b8c5e29274a707f89d7fd4295a3fcd",
    ),
    (
        "roll.frozen",
        "returning-officer",
        "2027-03-01T09:05:00Z",
        {"eligible": 850},
        "2de0f1539f175f372124fafc84b682d6e317138b821c37305273c1580e77e2f2",
    ),
    (
        "ballot.closed",
        "system",
        "2027-03-15T17:00:00Z",
        {"cast": 412},
        "17303d57e0023a0aa5e94fc1e4968f3acd3d3e9ea0eee8e70ab468f02d081d08",
    ),
)


def test_the_worked_log_has_the_worked_hashes() -> None:
    before = FIRST_PREVIOUS
    for seq, (kind, actor, at, data, expected) in enumerate(ENTRIES, start=1):
        told = {"election": "policy-2027", **data}
        entry = LogEntry(seq=seq, type=kind, actor=actor, at=at, data=told)
        before = chained(before, hashed_part(entry))
        assert before == expected
