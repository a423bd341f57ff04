"""Take a row of work, and end it or give it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final, TypeVar
from uuid import uuid4

from django.db.models import F, QuerySet
from django.db.models.functions import Now

from backend.rota.models.leased_work import LeasedWork
from backend.rota.selectors.leased_work import waiting
from backend.rota.solver.runs import ERROR_LENGTH

LEASE: Final = timedelta(minutes=5)
"""Reading a large branch's week is one step without a beat in it."""

Work = TypeVar("Work", bound=LeasedWork)


def claimed(rows: QuerySet[Work]) -> QuerySet[Work] | None:
    """Take the one row if it waits for a worker, by one conditional update.

    Returns
    -------
    The row as long as it is ours and not done, for every later update; None if it was not free.
    """
    token = uuid4()
    taken = rows.filter(waiting()).update(
        claims=F("claims") + 1, lease_token=token, lease_until=Now() + LEASE
    )
    return rows.filter(lease_token=token, done_at__isnull=True) if taken else None


def end(held: QuerySet[Work], **columns: Any) -> bool:
    """Note the work as done, in a transaction with what came of it; False: it is another's now."""
    done = held.update(done_at=Now(), lease_token=None, lease_until=None, **columns)
    return bool(done)


@contextmanager
def noting_failure(held: QuerySet[Work]) -> Iterator[None]:
    """Store what fails with the work, which is free again, and raise it."""
    try:
        yield
    except Exception as error:
        held.update(
            lease_token=None, lease_until=None, last_error=type(error).__name__[:ERROR_LENGTH]
        )
        raise
