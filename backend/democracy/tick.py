"""What time alone does to ballots: close, take the names off, make final."""

import logging
from datetime import datetime

from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.democracy.models import Ballot, BallotState
from backend.democracy.services.closing import close_ballot, rewrite_roll, unlink_ballot
from backend.democracy.services.declaring import challenge_until, finish_ballot

logger = logging.getLogger(__name__)


def tick() -> None:
    """Move on every ballot that is due. Safe to run by several at once, and to be cut short."""
    waiting = Ballot.objects.filter(
        state__in=[
            BallotState.OPEN,
            BallotState.CLOSED,
            BallotState.UNLINKED,
            BallotState.DECLARED,
        ]
    )
    if not (ballots := list(waiting.order_by("pk"))):
        return
    now = database_now()
    for ballot in ballots:
        try:
            _move_on(ballot, now)
        except RefusalError as refusal:
            # Another process was quicker, or people have something to do first.
            logger.debug("ballot %s waits: %s", ballot.pk, refusal.code)


def _move_on(ballot: Ballot, now: datetime) -> None:
    if ballot.state == BallotState.OPEN and now >= ballot.closes_at:
        ballot = close_ballot(ballot_id=ballot.pk, now=now)
    if ballot.state == BallotState.CLOSED:
        ballot = unlink_ballot(ballot_id=ballot.pk, now=now)
    if ballot.state == BallotState.UNLINKED and not ballot.is_rewritten:
        rewrite_roll(ballot_id=ballot.pk, now=now)
    if ballot.state == BallotState.DECLARED and now >= challenge_until(ballot):
        finish_ballot(ballot_id=ballot.pk, now=now)
