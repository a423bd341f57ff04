"""With the whole database in hand, nothing leads from a voter to a ballot after unlinking."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from django.db import connection

from backend.audit.models import AuditEntry
from backend.democracy.models import BallotKind
from backend.democracy.services import close_ballot, rewrite_roll, unlink_ballot
from backend.organisation.rota_policy import VOTED_LIMITS
from tests.backend.democracy.ballots import AFTER, Poll

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

VOTERS = 24
OPTIONS = [f"Option {number}" for number in range(VOTERS)]
MOST_BY_CHANCE = 7
"""Pairing 24 voters with 24 ballots blindly gets one right on average; more than this in one
attack happens once in some hundred thousand runs."""


def marked() -> tuple[Poll, dict[int, int]]:
    """A poll in which each member ticks one option that nobody else ticks: number by option."""
    paper = [{"id": "p", "ask": "approval", "title": "Which?", "options": OPTIONS}]
    poll = Poll(kind=BallotKind.POLL, paper=paper, members=VOTERS).opened()
    for member in range(VOTERS):
        poll.cast(member, {"p": [member + 1]})
    return poll, {poll.memberships[one].number or 0: one + 1 for one in range(VOTERS)}


def rows(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def on_disk(table: str) -> bytes:
    """Return the file in which PostgreSQL keeps a table now, dead rows and all."""
    connection.cursor().execute("CHECKPOINT")
    [[content]] = rows(f"SELECT pg_read_binary_file(pg_relation_filepath('{table}'))")
    return bytes(content)


@contextmanager
def older_transaction() -> Iterator[None]:
    """Another that looks at the past, as a backup does: the database keeps dead rows for it."""
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT count(*) FROM democracy_ballot")
        yield


def test_names_and_ballots_cannot_be_joined_by_order_transaction_time_or_receipt() -> None:
    poll, truth = marked()
    poll.rewritten()
    chosen = {random_id: int(text.strip("[]")) for random_id, text in poll.contents().items()}
    assert sorted(chosen.values()) == sorted(truth.values())

    voters = rows("SELECT number, xmin::text FROM democracy_rollentry ORDER BY ctid")
    box = rows("SELECT random_id::text, xmin::text FROM democracy_boxedballot ORDER BY ctid")

    # By transaction: all voters, and all ballots, were last written by one.
    assert len({xmin for _, xmin in voters}) == 1
    assert len({xmin for _, xmin in box}) == 1
    # By place on the disk, by key, and by the order in which they voted.
    by_place = [number for number, _ in voters]
    ballots = [random_id for random_id, _ in box]
    for names in (by_place, sorted(truth), by_place[::-1]):
        for order in (ballots, sorted(ballots), ballots[::-1]):
            hits = sum(
                truth[number] == chosen[ballot] for number, ballot in zip(names, order, strict=True)
            )
            assert hits <= MOST_BY_CHANCE
    # By receipt: it is a hash of the envelope, so it is nowhere beside a name.
    assert not poll.ballot.roll.exclude(receipt="", sealed=None).exists()
    assert len(poll.again().receipts or []) == VOTERS
    # By time: neither table has any, and no audit entry falls within the days of voting.
    columns = rows(
        "SELECT column_name FROM information_schema.columns WHERE table_name IN "
        "('democracy_rollentry', 'democracy_boxedballot', 'democracy_openballot') "
        "AND data_type LIKE '%time%'"
    )
    assert columns == []
    of_cast = AuditEntry.objects.filter(subject=f"ballot:{poll.pk}", event__contains="cast")
    assert not of_cast.exists()


def test_no_envelope_is_left_beside_a_name_on_the_disk_even_while_others_read() -> None:
    poll, _ = marked()
    sealed = [bytes(row.sealed or b"") for row in poll.ballot.roll.all()]
    close_ballot(ballot_id=poll.pk, now=AFTER)
    with older_transaction():
        unlink_ballot(ballot_id=poll.pk, now=AFTER)
        # What the rewriting is for: a null column alone leaves the old rows where they were.
        assert any(one in on_disk("democracy_rollentry") for one in sealed)

        rewrite_roll(ballot_id=poll.pk, now=AFTER)

        left = on_disk("democracy_rollentry")
    assert not any(one in left for one in sealed)
    assert poll.again().is_rewritten


def test_a_marked_ballot_is_readable_nowhere_in_database_or_logs_before_it_is_opened(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    # So wide that one answer is found again wherever it is written.
    monkeypatch.setitem(VOTED_LIMITS, "max_idle_minutes", (0, 999_999))
    paper: list[dict[str, Any]] = [
        {"id": "weights", "ask": "weights"},
        {"id": "max_idle_minutes", "ask": "limit", "low": 0, "high": 999_999, "present": 0},
    ]
    poll = Poll(paper=paper, members=3).opened()
    caplog.clear()
    receipt = poll.cast(0, {"max_idle_minutes": 748_301})
    logged = caplog.text
    poll.rewritten()

    tables = rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for (table,) in tables:
        found = rows(f"SELECT count(*) FROM \"{table}\" AS t WHERE t::text LIKE '%748301%'")  # noqa: S608
        assert found == [(0,)], table
    sql_free = [line for line in logged.splitlines() if "django.db.backends" not in line]
    assert not any("748301" in line or receipt in line for line in sql_free)
