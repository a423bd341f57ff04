"""After the opening by the scrutineers: take what was in the box, count, declare, be challenged."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from backend.accounts.models import User
from backend.core.errors import RefusalError
from backend.counting.input_error import InputError
from backend.counting.published import published_package
from backend.democracy.models import Ballot, BallotState, Declaration, OpenBallot
from backend.democracy.papers import Asked, Paper
from backend.democracy.services.following import enact_what_follows
from backend.democracy.services.preparing import paper_of
from backend.democracy.services.public_log import MEMBER, OFFICER, SCRUTINEER, SYSTEM
from backend.democracy.services.rolls import NotAMemberError
from backend.democracy.services.steps import (
    NotDueError,
    TooLateError,
    WrongStateError,
    locked,
    note,
    require,
    require_officer,
    require_scrutineer,
    step,
)


class NotTheBoxError(RefusalError):
    """What was brought are not exactly the ballots of this box."""

    code = "democracy.not_the_box"


@transaction.atomic
def receive_opened(
    *, ballot_id: int, opened: Mapping[str, str], actor: User, now: datetime
) -> Ballot:
    """Take the opened ballots: all of the box and no others. Nothing is counted yet.

    Parameters
    ----------
    opened
        Content by random id, as the scrutineers' tool wrote it; what could not be opened is
        there as an empty text, and counts as invalid.
    """
    ballot = locked(ballot_id)
    require_scrutineer(ballot, actor)
    require(ballot, BallotState.UNLINKED)
    if not ballot.is_rewritten:
        raise WrongStateError(state=str(ballot.state))
    boxed = {str(one.random_id): one for one in ballot.box.defer("sealed")}
    if boxed.keys() != opened.keys():
        raise NotTheBoxError(
            missing=len(boxed.keys() - opened.keys()), unknown=len(opened.keys() - boxed.keys())
        )
    paper = paper_of(ballot)
    OpenBallot.objects.bulk_create(
        OpenBallot(
            random_id=UUID(random_id),
            ballot=ballot,
            constituency_id=boxed[random_id].constituency_id,
            content=content,
            is_valid=_answers(paper.for_constituency(boxed[random_id].constituency_id), content)
            is not None,
        )
        for random_id, content in sorted(opened.items())
    )
    step(ballot, BallotState.OPENED)
    invalid = ballot.opened.filter(is_valid=False).count()
    data: dict[str, object] = {"opened": len(opened), "invalid": invalid}
    note(ballot, "box.opened", office=SCRUTINEER, actor=actor, now=now, data=data)
    return ballot


@transaction.atomic
def declare_ballot(*, ballot_id: int, actor: User, now: datetime) -> Ballot:
    """Count and declare in one step, so that nobody holds a result that is not declared."""
    ballot = locked(ballot_id)
    require_officer(ballot, actor)
    if ballot.state == BallotState.DECLARED:
        return ballot
    require(ballot, BallotState.OPENED)
    package = counted_package(ballot)
    declared = package["declared"]
    assert isinstance(declared, dict)  # noqa: S101  for the type checker
    invalid = ballot.opened.filter(is_valid=False).count()
    cast = ballot.opened.count()
    Declaration.objects.create(
        ballot=ballot,
        package=package,
        result_hash=declared["result_hash"],
        cast=cast,
        invalid=invalid,
    )
    ballot.declared_at = now
    step(ballot, BallotState.DECLARED, "declared_at")
    data: dict[str, object] = {
        "cast": cast,
        "invalid": invalid,
        "inputs_hash": declared["result"]["inputs_hash"],
        "result_hash": declared["result_hash"],
    }
    note(ballot, "result.declared", office=OFFICER, actor=actor, now=now, data=data)
    return ballot


@transaction.atomic
def challenge_ballot(*, ballot_id: int, reason: str, actor: User, now: datetime) -> Ballot:
    """Challenge a declared result, as somebody on the roll and within the days set for it."""
    ballot = locked(ballot_id)
    if not ballot.roll.filter(user=actor).exists():
        raise NotAMemberError
    require(ballot, BallotState.DECLARED)
    if now >= challenge_until(ballot):
        raise TooLateError(possible_until=challenge_until(ballot).isoformat())
    step(ballot, BallotState.CHALLENGED)
    data: dict[str, object] = {"reason": reason}
    note(ballot, "result.challenged", office=MEMBER, actor=actor, now=now, data=data)
    return ballot


@transaction.atomic
def decide_challenge(
    *, ballot_id: int, is_upheld: bool, reason: str, actor: User, now: datetime
) -> Ballot:
    """Decide a challenge: upheld, the ballot is void and nothing follows; else it is final."""
    ballot = locked(ballot_id)
    require_officer(ballot, actor)
    require(ballot, BallotState.CHALLENGED)
    step(ballot, BallotState.VOID if is_upheld else BallotState.FINAL)
    ballot.box.all().delete()
    data: dict[str, object] = {"is_upheld": is_upheld, "reason": reason}
    note(ballot, "challenge.decided", office=OFFICER, actor=actor, now=now, data=data)
    if ballot.state == BallotState.FINAL:
        enact_what_follows(ballot, actor=actor, now=now)
    return ballot


@transaction.atomic
def finish_ballot(*, ballot_id: int, now: datetime) -> Ballot:
    """Make an unchallenged result final once the time for it is over; the box is emptied.

    With the envelopes goes the last thing that a member's receipt could be compared with. What
    was voted on the rota is its policy from then on, see `following.py`.
    """
    ballot = locked(ballot_id)
    if ballot.state == BallotState.FINAL:
        return ballot
    require(ballot, BallotState.DECLARED)
    if now < challenge_until(ballot):
        raise NotDueError(possible_at=challenge_until(ballot).isoformat())
    step(ballot, BallotState.FINAL)
    ballot.box.all().delete()
    note(ballot, "result.final", office=SYSTEM, actor=None, now=now)
    enact_what_follows(ballot, actor=None, now=now)
    return ballot


@transaction.atomic
def void_ballot(*, ballot_id: int, reason: str, actor: User, now: datetime) -> Ballot:
    """Give a ballot up before anybody could know its result; all envelopes are destroyed."""
    ballot = locked(ballot_id)
    require_officer(ballot, actor)
    if ballot.state in {BallotState.VOID, BallotState.CHALLENGED}:
        raise WrongStateError(state=str(ballot.state))
    step(ballot, BallotState.VOID)
    ballot.roll.filter(Q(sealed__isnull=False)).update(sealed=None, receipt="")
    ballot.box.all().delete()
    data: dict[str, object] = {"reason": reason}
    note(ballot, "ballot.voided", office=OFFICER, actor=actor, now=now, data=data)
    return ballot


def challenge_until(ballot: Ballot) -> datetime:
    """Return the end of the time for challenges of a declared ballot."""
    if ballot.declared_at is None:
        raise WrongStateError(state=str(ballot.state))
    return ballot.declared_at + timedelta(days=ballot.challenge_days)


def _answers(paper: Paper, content: str) -> list[object] | None:
    """Return what an opened ballot says; None if the paper does not allow it."""
    try:
        return paper.answers_in(json.loads(content))
    except (InputError, ValueError, RecursionError):
        return None


def counted_package(ballot: Ballot) -> dict[str, object]:
    """Count the opened ballots. Only `declare_ballot` and a recount may ask."""
    paper = paper_of(ballot)
    given: dict[str, list[object]] = defaultdict(list)
    invalid: dict[int | None, int] = defaultdict(int)
    for opened in ballot.opened.all():
        asked = paper.for_constituency(opened.constituency_id)
        answers = _answers(asked, opened.content)
        if answers is None:
            invalid[opened.constituency_id] += 1
            continue
        for question, answer in zip(asked.questions, answers, strict=True):
            given[question.id].append(answer)

    def spoilt(question: Asked) -> int:
        if question.constituency is None:
            return sum(invalid.values())
        return invalid[question.constituency]

    return published_package(
        election=ballot.code,
        seed=ballot.seed,
        questions=[
            question.counted(
                given[question.id],
                eligible=eligible_for(ballot, question),
                invalid=spoilt(question),
            )
            for question in paper.questions
        ],
    )


def eligible_for(ballot: Ballot, question: Asked) -> int:
    """Return how many on the roll are asked a question."""
    if question.constituency is None:
        return ballot.roll.count()
    return ballot.roll.filter(constituency_id=question.constituency).count()
