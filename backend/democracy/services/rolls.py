"""Who may vote: the roll is copied on the record date, hashed, and corrected until opening."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from backend.accounts.models import User
from backend.core.errors import RefusalError
from backend.core.sealing import seal, unseal
from backend.counting.lots import commitment
from backend.democracy.envelopes import blocks_for
from backend.democracy.models import Ballot, BallotState, RollEntry
from backend.democracy.services.preparing import BadPaperError, checked_paper, paper_of
from backend.democracy.services.public_log import OFFICER
from backend.democracy.services.steps import (
    NotDueError,
    locked,
    note,
    require,
    require_officer,
    step,
)
from backend.membership.models import ClassKind
from backend.membership.selectors import members_on
from backend.membership.selectors.roll import RollMember
from backend.organisation.selectors import today_in

SEED_BYTES = 8


class NotAMemberError(RefusalError):
    """They had no vote on the record date, or are not on the roll."""

    code = "democracy.not_a_member"


class PaperOrHereError(RefusalError):
    """A member votes on paper or here, and not both."""

    code = "democracy.paper_or_here"


@transaction.atomic
def freeze_roll(*, ballot_id: int, actor: User, now: datetime) -> Ballot:
    """Copy who had a vote at the end of the record date; fix the questions and draw the lots."""
    ballot = locked(ballot_id)
    require_officer(ballot, actor)
    if ballot.state == BallotState.ROLL_FROZEN:
        return ballot
    require(ballot, BallotState.DRAFT)
    # Whoever joins or leaves on the record date itself still counts as at its end.
    if today_in(ballot.organisation, now) <= ballot.record_on:
        raise NotDueError(possible_at=ballot.record_on.isoformat())
    if not ballot.paper:
        raise BadPaperError(wrong="paper: is empty")
    # Set in an earlier version, it may speak of the rota in names that nothing follows from.
    paper = checked_paper(ballot.paper, kind=ballot.kind)
    RollEntry.objects.bulk_create([_entry(ballot, one) for one in members_asked(ballot)])
    ballot.paper_bytes = blocks_for(paper.longest())
    ballot.roll_hash = roll_hash(ballot)
    seed = secrets.token_hex(SEED_BYTES)
    # Sealed, so that whoever reads the database cannot know how lots will fall.
    ballot.seed_sealed = seal(seed, table="ballot", column="seed", row=str(ballot.pk))
    ballot.seed_commitment = commitment(seed)
    step(
        ballot,
        BallotState.ROLL_FROZEN,
        "paper_bytes",
        "roll_hash",
        "seed_sealed",
        "seed_commitment",
    )
    data: dict[str, object] = {
        "eligible": ballot.roll.count(),
        "roll_hash": ballot.roll_hash,
        "lots": ballot.seed_commitment,
    }
    note(ballot, "roll.frozen", office=OFFICER, actor=actor, now=now, data=data)
    return ballot


@transaction.atomic
def correct_roll(
    *,
    ballot_id: int,
    membership_id: int,
    is_added: bool,
    reason: str,
    actor: User,
    now: datetime,
) -> Ballot:
    """Add or take off one member before the opening; both are in the public log."""
    ballot = locked(ballot_id)
    require_officer(ballot, actor)
    require(ballot, BallotState.ROLL_FROZEN)
    entry = ballot.roll.filter(membership_id=membership_id).first()
    if (entry is not None) == is_added:
        return ballot
    if entry is None:
        found = next((m for m in members_asked(ballot) if m.membership_id == membership_id), None)
        if found is None:
            raise NotAMemberError
        entry = _entry(ballot, found)
        entry.save()
    else:
        entry.delete()
    ballot.roll_hash = roll_hash(ballot)
    ballot.save(update_fields=["roll_hash"])
    data: dict[str, object] = {
        "number": entry.number,
        "is_added": is_added,
        "reason": reason,
        "eligible": ballot.roll.count(),
        "roll_hash": ballot.roll_hash,
    }
    note(ballot, "roll.corrected", office=OFFICER, actor=actor, now=now, data=data)
    return ballot


@transaction.atomic
def issue_paper(*, ballot_id: int, number: int, actor: User, now: datetime) -> RollEntry:  # noqa: ARG001
    """Note that a member got a paper ballot and so votes there and not here.

    Neither log nor audit entry says who or when: both would narrow down whose paper is whose.
    """
    ballot = locked(ballot_id)
    require_officer(ballot, actor)
    require(ballot, BallotState.ROLL_FROZEN, BallotState.OPEN)
    entry = ballot.roll.select_for_update().filter(number=number).first()
    if entry is None:
        raise NotAMemberError
    if entry.voted:
        raise PaperOrHereError
    entry.paper_issued = True
    entry.save(update_fields=["paper_issued"])
    return entry


def members_asked(ballot: Ballot) -> list[RollMember]:
    """Return who had a vote at the end of the record date and is asked something, by number.

    Raises
    ------
    InputError
        The ballot has no paper yet.
    """
    classes = [ClassKind(one) for one in ballot.classes]
    found = members_on(ballot.organisation, ballot.record_on, classes=classes)
    paper = paper_of(ballot)
    return [
        one
        for one in found
        if (ballot.branch_id is None or one.branch_id == ballot.branch_id)
        # Whoever is asked nothing is not on the roll.
        and paper.for_constituency(one.constituency_id).questions
    ]


def roll_hash(ballot: Ballot) -> str:
    """Return the SHA-256 of the members' numbers, upwards, one on each line."""
    numbers = ballot.roll.order_by("number").values_list("number", flat=True)
    return hashlib.sha256("\n".join(str(one) for one in numbers).encode()).hexdigest()


def seed_of(ballot: Ballot) -> str:
    """Return the seed of the lots; only after close is it anybody's business."""
    sealed = bytes(ballot.seed_sealed or b"")
    return unseal(sealed, table="ballot", column="seed", row=str(ballot.pk))


def _entry(ballot: Ballot, member: RollMember) -> RollEntry:
    return RollEntry(
        ballot=ballot,
        membership_id=member.membership_id,
        number=member.number,
        user_id=member.user_id,
        constituency_id=member.constituency_id,
    )
