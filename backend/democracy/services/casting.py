"""Put a ballot into its envelope. What it says lives in this call only, and is logged nowhere."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from backend.accounts.models import User
from backend.core.errors import RefusalError
from backend.counting.input_error import InputError
from backend.democracy.envelopes import receipt_of, seal_ballot
from backend.democracy.models import BallotState, RollEntry
from backend.democracy.services.preparing import paper_of
from backend.democracy.services.rolls import NotAMemberError, PaperOrHereError
from backend.democracy.services.steps import NotDueError, TooLateError, locked, require


class BadAnswerError(RefusalError):
    """The paper does not allow this answer; `question` names where, and never what was given."""

    code = "democracy.bad_answer"


@sensitive_variables("answers", "content")
@transaction.atomic
def cast_ballot(
    *,
    ballot_id: int,
    answers: Mapping[str, object],
    is_assisted: bool,
    actor: User,
    now: datetime,
) -> str:
    """Seal the answers in place of any earlier ones of this member, and return the receipt.

    Sent twice, the second replaces the first: one ballot, with the receipt that was shown last.
    No audit entry: a line for each voter would tell who voted when.

    Parameters
    ----------
    answers
        By question id; a question that is left out stays blank.
    now
        By the database's clock.
    """
    # All wait here for the close and it for them: no ballot comes in behind its back.
    ballot = locked(ballot_id)
    if ballot.state == BallotState.OPEN and now >= ballot.closes_at:
        raise TooLateError(possible_until=ballot.closes_at.isoformat())
    if ballot.state == BallotState.ROLL_FROZEN:
        raise NotDueError(possible_at=ballot.opens_at.isoformat())
    require(ballot, BallotState.OPEN)
    entry = ballot.roll.filter(user=actor).first()
    if entry is None:
        raise NotAMemberError
    if entry.paper_issued:
        raise PaperOrHereError
    try:
        content = paper_of(ballot).for_constituency(entry.constituency_id).content_of(answers)
    except InputError as error:
        # The error itself names what was answered; nothing of it goes further.
        raise BadAnswerError(question=_question_of(error.place)) from None
    sealed = seal_ballot(
        content,
        public_key=bytes.fromhex(ballot.public_key),
        ballot=ballot.code,
        size=ballot.paper_bytes or 0,
    )
    receipt = receipt_of(sealed)
    RollEntry.objects.filter(pk=entry.pk).update(
        sealed=sealed, receipt=receipt, voted=True, is_assisted=is_assisted
    )
    return receipt


def _question_of(place: str) -> str:
    return place.removeprefix("answers").lstrip(".").split("[")[0]
