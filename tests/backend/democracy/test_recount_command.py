"""`manage.py recount` agrees with what was declared, and names what somebody changed."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from backend.democracy.models import Declaration
from tests.backend.democracy.ballots import Poll, tokens

pytestmark = pytest.mark.django_db


def declared() -> Poll:
    poll = Poll().opened()
    poll.cast(0, {"weights": tokens(10, 4, 2, 4), "max_splits_week": 1})
    poll.cast(1, {"weights": tokens(0, 0, 20), "max_splits_week": 2})
    return poll.unlinked().received().declared()


def test_a_declared_ballot_counts_again_to_its_hash() -> None:
    poll, told = declared(), StringIO()

    call_command("recount", poll.ballot.code, stdout=told)

    assert told.getvalue().endswith(f"{poll.again().declaration.result_hash}\n")


def test_a_ballot_that_is_not_declared_has_nothing_to_count_again() -> None:
    poll = Poll().opened().unlinked().received()

    with pytest.raises(CommandError, match="No one declared"):
        call_command("recount", poll.ballot.code)


FORGERIES: dict[str, tuple[str, str]] = {
    "an opened ballot": (
        "UPDATE democracy_openballot SET content = '[[20,0,0,0,0,0,0],1]' WHERE is_valid",
        "opened ballots",
    ),
    "a line of the log": ("UPDATE democracy_logentry SET actor = 'x' WHERE seq = 3", "entry 3"),
    "the hash": ("UPDATE democracy_declaration SET result_hash = 'x'", "hash"),
    "the package": (
        "UPDATE democracy_declaration SET package = "
        '\'{"declared": {"result": {}, "result_hash": ""}}\'',
        "no sense|another",
    ),
}


@pytest.mark.parametrize("what", sorted(FORGERIES))
def test_what_somebody_changed_past_the_database_s_guard_is_found(what: str) -> None:
    poll = declared()
    forgery, named = FORGERIES[what]
    with connection.cursor() as cursor:
        _unguard(cursor)
        cursor.execute(forgery)

    with pytest.raises(CommandError, match=named):
        call_command("recount", poll.ballot.code)


def _unguard(cursor: Any) -> None:
    """Do what somebody with all rights over the database could."""
    for table in ("democracy_logentry", "democracy_openballot", Declaration._meta.db_table):
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {table}_append_only{on}")
