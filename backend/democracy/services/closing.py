"""Close at the time, and take the names off: from here on nothing leads from a name to a vote."""

import secrets
from datetime import datetime

from django.db import connection, transaction

from backend.core.errors import RefusalError
from backend.democracy.models import Ballot, BallotState, BoxedBallot
from backend.democracy.services.preparing import paper_of
from backend.democracy.services.public_log import SYSTEM
from backend.democracy.services.rolls import seed_of
from backend.democracy.services.steps import NotDueError, locked, note, require, step


class CountsDifferError(RefusalError):
    """The box does not hold as many ballots as members have voted; nothing was changed."""

    code = "democracy.counts_differ"


class PapersMissingError(RefusalError):
    """Paper ballots were given out, and two people have not yet agreed on what came back."""

    code = "democracy.papers_missing"


@transaction.atomic
def close_ballot(*, ballot_id: int, now: datetime) -> Ballot:
    """Close a ballot whose time is over; nobody can do so earlier. Publishes the lots' seed.

    Parameters
    ----------
    now
        By the database's clock.
    """
    ballot = locked(ballot_id)
    if ballot.state == BallotState.CLOSED:
        return ballot
    require(ballot, BallotState.OPEN)
    if now < ballot.closes_at:
        raise NotDueError(possible_at=ballot.closes_at.isoformat())
    ballot.cast = ballot.roll.filter(voted=True).count()
    ballot.seed = seed_of(ballot)
    step(ballot, BallotState.CLOSED, "cast", "seed")
    data: dict[str, object] = {"cast": ballot.cast, "seed": ballot.seed}
    note(ballot, "ballot.closed", office=SYSTEM, actor=None, now=now, data=data)
    return ballot


@transaction.atomic
def unlink_ballot(*, ballot_id: int, now: datetime) -> Ballot:
    """Move the envelopes into the box in random order, and publish their receipts, sorted.

    `rewrite_roll` must follow: until then old versions of the rows are still on the disk.

    Raises
    ------
    PapersMissingError
        Papers are out that nobody has typed in.
    CountsDifferError
        As many as voted are not in the box.
    """
    ballot = locked(ballot_id)
    if ballot.state == BallotState.UNLINKED:
        return ballot
    require(ballot, BallotState.CLOSED)
    on_paper = _papers_ready(ballot)
    by_constituency = paper_of(ballot).is_by_constituency
    entries = list(ballot.roll.filter(sealed__isnull=False))
    secrets.SystemRandom().shuffle(entries)
    BoxedBallot.objects.bulk_create(
        BoxedBallot(
            ballot=ballot,
            constituency_id=entry.constituency_id if by_constituency else None,
            sealed=entry.sealed,
        )
        for entry in entries
    )
    ballot.receipts = sorted(entry.receipt for entry in entries)
    boxed = ballot.box.count()
    if len(set(ballot.receipts)) != ballot.cast or boxed != ballot.cast + on_paper:
        raise CountsDifferError(cast=ballot.cast, boxed=boxed)
    # Every row, also of those who did not vote, gets its last version in this transaction.
    ballot.roll.update(sealed=None, receipt="", is_assisted=False)
    step(ballot, BallotState.UNLINKED, "receipts")
    data: dict[str, object] = {"boxed": boxed, "on_paper": on_paper}
    note(ballot, "ballot.unlinked", office=SYSTEM, actor=None, now=now, data=data)
    return ballot


def rewrite_roll(*, ballot_id: int, now: datetime) -> None:
    """Write the roll's table anew, so that no dead row keeps an envelope beside its name.

    Outside of any transaction, as the database asks. Safe to repeat; the box is not given out
    before. Backups and the write-ahead log are the operator's: see `deploy/README.md`.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # VACUUM FULL copies dead rows too while any older transaction is open, be it a backup
            # or the database's own statistics. This copies only the rows that everybody sees.
            cursor.execute(
                "ALTER TABLE democracy_rollentry"
                " ALTER COLUMN sealed TYPE bytea USING sealed || ''::bytea"
            )
        else:
            cursor.execute("VACUUM")
    with transaction.atomic():
        ballot = locked(ballot_id)
        require(ballot, BallotState.UNLINKED)
        if not ballot.is_rewritten:
            ballot.is_rewritten = True
            ballot.save(update_fields=["is_rewritten"])
            note(ballot, "roll.rewritten", office=SYSTEM, actor=None, now=now)


def _papers_ready(ballot: Ballot) -> int:
    """Return how many paper ballots are in the box already."""
    batch = getattr(ballot, "paper_batch", None)
    if ballot.roll.filter(paper_issued=True).exists() and not (batch and batch.is_agreed):
        raise PapersMissingError
    return ballot.box.count()
