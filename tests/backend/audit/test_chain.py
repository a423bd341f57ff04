"""The audit chain: every entry hangs on the one before, and a change anywhere shows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection, transaction

from backend.audit.models import AuditChain, AuditEntry
from backend.audit.services import broken_entry, record
from tests.backend.factories import NOW
from tests.backend.factories.accounts import UserFactory

CHAIN = "branch:1"


def _three_entries() -> list[AuditEntry]:
    actor = UserFactory()
    return [
        record(
            "visit.locked",
            actor=actor,
            subject=f"visit:{number}",
            at=NOW + timedelta(minutes=number),
            chain=CHAIN,
            body={"number": number},
        )
        for number in range(3)
    ]


@pytest.mark.django_db
def test_a_chain_is_numbered_from_one_and_whole() -> None:
    entries = _three_entries()

    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.prev for entry in entries][1:] == [entry.hash for entry in entries][:2]
    assert broken_entry(CHAIN) is None
    assert broken_entry("branch:2") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"body": {"number": 7}},
        {"event": "visit.unlocked"},
        {"subject": "visit:9"},
        {"at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"actor": None},
        {"prev": "1" * 64},
        {"hash": "1" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_is_changed_in_an_entry_shows(change: dict[str, object]) -> None:
    entries = _three_entries()

    AuditEntry.objects.filter(pk=entries[1].pk).update(**change)

    assert broken_entry(CHAIN) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("missing", "found"), [(0, 1), (1, 2), (2, 3)])
def test_a_missing_entry_shows_even_the_last(missing: int, found: int) -> None:
    entries = _three_entries()

    entries[missing].delete()

    assert broken_entry(CHAIN) == found


@pytest.mark.django_db
def test_an_entry_that_was_slipped_in_shows() -> None:
    entries = _three_entries()
    AuditEntry.objects.filter(pk=entries[2].pk).update(seq=4)
    AuditEntry.objects.create(
        chain=CHAIN,
        seq=3,
        at=NOW,
        event="x.done",
        subject="x:1",
        prev=entries[1].hash,
        hash="2" * 64,
    )

    assert broken_entry(CHAIN) == 3


@pytest.mark.django_db
def test_chains_do_not_touch_each_other() -> None:
    _three_entries()

    entry = record("branch.opened", actor=None, subject="b:2", at=NOW, chain="branch:2")

    assert (entry.seq, entry.prev) == (1, "0" * 64)


@pytest.mark.django_db
def test_the_hash_does_not_depend_on_the_time_zone_in_which_it_was_written() -> None:
    moment = datetime(2026, 6, 1, 9, 0, tzinfo=timezone(timedelta(hours=1)))

    record("x.done", actor=None, subject="x:1", at=moment, chain=CHAIN)

    assert broken_entry(CHAIN) is None


@pytest.mark.django_db
def test_what_is_undone_leaves_no_entry() -> None:
    _three_entries()

    with transaction.atomic():
        record("x.done", actor=None, subject="x:1", at=NOW, chain=CHAIN)
        transaction.set_rollback(True)

    assert AuditChain.objects.get(name=CHAIN).seq == 3
    assert broken_entry(CHAIN) is None


@pytest.mark.django_db(transaction=True)
def test_people_who_write_at_the_same_moment_do_not_fork_the_chain() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")

    def write(number: int) -> None:
        try:
            record("x.done", actor=None, subject=f"x:{number}", at=NOW, chain=CHAIN)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(24)))

    assert AuditEntry.objects.filter(chain=CHAIN).count() == 24
    assert broken_entry(CHAIN) is None
