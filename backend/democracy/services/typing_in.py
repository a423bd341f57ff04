"""Papers from the cardboard box: typed in by two people after close, and boxed if they agree."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from backend.accounts.models import User
from backend.core.errors import RefusalError
from backend.counting.canonical import canonical
from backend.counting.input_error import InputError
from backend.democracy.envelopes import seal_ballot
from backend.democracy.models import Ballot, BallotState, BoxedBallot, PaperBatch
from backend.democracy.services.casting import BadAnswerError
from backend.democracy.services.preparing import paper_of
from backend.democracy.services.public_log import OFFICER, SCRUTINEER
from backend.democracy.services.steps import NotYourOfficeError, locked, note, require

Papers = Sequence[tuple[int | None, Mapping[str, object]]]


class TooManyPapersError(RefusalError):
    """More papers came back than the `issued` that were given out."""

    code = "democracy.too_many_papers"


@sensitive_variables("papers", "contents", "content")
@transaction.atomic
def enter_papers(*, ballot_id: int, papers: Papers, actor: User, now: datetime) -> bool:
    """Type in all papers. The second person's entry boxes them, if it equals the first's.

    Parameters
    ----------
    papers
        For each its constituency (None where there is one paper for all) and the answers.

    Returns
    -------
    bool
        Whether two people have agreed, and the papers are in the box.
    """
    ballot = locked(ballot_id)
    if ballot.returning_officer_id != actor.pk:
        office = SCRUTINEER
        if not ballot.scrutineers.filter(user=actor).exists():
            raise NotYourOfficeError
    else:
        office = OFFICER
    require(ballot, BallotState.CLOSED)
    issued = ballot.roll.filter(paper_issued=True).count()
    if len(papers) > issued:
        raise TooManyPapersError(issued=issued)
    contents = sorted(_contents(ballot, papers), key=lambda row: (row[0] or 0, row[1]))
    fingerprint = hmac.new(
        settings.SECRET_KEY.encode(),
        canonical([ballot.code, *contents]).encode(),
        hashlib.sha256,
    ).hexdigest()
    batch = PaperBatch.objects.filter(ballot=ballot).first()
    if batch is None:
        PaperBatch.objects.create(ballot=ballot, entered_by=actor, fingerprint=fingerprint)
        return False
    if batch.is_agreed or batch.entered_by_id == actor.pk:
        return batch.is_agreed
    if not hmac.compare_digest(batch.fingerprint, fingerprint):
        # Nobody is told who was wrong: the program does not know. Committed, so not raised here.
        batch.delete()
        return False
    _box(ballot, contents)
    batch.is_agreed = True
    batch.save(update_fields=["is_agreed"])
    data: dict[str, object] = {"papers": len(contents)}
    note(ballot, "papers.entered", office=office, actor=actor, now=now, data=data)
    return True


def _contents(ballot: Ballot, papers: Papers) -> list[tuple[int | None, str]]:
    whole = paper_of(ballot)
    found: list[tuple[int | None, str]] = []
    for constituency, answers in papers:
        place = constituency if whole.is_by_constituency else None
        try:
            found.append((place, whole.for_constituency(place).content_of(answers)))
        except InputError:
            raise BadAnswerError(question="") from None
    return found


def _box(ballot: Ballot, contents: list[tuple[int | None, str]]) -> None:
    shuffled = list(contents)
    secrets.SystemRandom().shuffle(shuffled)
    BoxedBallot.objects.bulk_create(
        BoxedBallot(
            ballot=ballot,
            constituency_id=place,
            sealed=seal_ballot(
                content,
                public_key=bytes.fromhex(ballot.public_key),
                ballot=ballot.code,
                size=ballot.paper_bytes or 0,
            ),
        )
        for place, content in shuffled
    )
