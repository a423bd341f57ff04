"""Up to the opening: what is asked, who keeps the key, and when it begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from backend.accounts.models import User
from backend.core.errors import RefusalError
from backend.counting.canonical import digest
from backend.counting.input_error import InputError
from backend.democracy.models import (
    NEEDED_SCRUTINEERS,
    Ballot,
    BallotKind,
    BallotState,
    Scrutineer,
)
from backend.democracy.papers import AskedSeats, Paper, read_paper
from backend.democracy.policy_paper import completed_paper, present_policy, require_enactable
from backend.democracy.services.public_log import OFFICER, SCRUTINEER
from backend.democracy.services.steps import (
    NotDueError,
    TooLateError,
    locked,
    note,
    require,
    require_officer,
    require_scrutineer,
    step,
)
from backend.membership.models import ClassKind, Membership
from backend.organisation.models import Branch, Organisation
from backend.organisation.selectors import today_in


class BadPaperError(RefusalError):
    """The paper could not be counted or carried out: `wrong` names the place and why."""

    code = "democracy.bad_paper"


class BadPlanError(RefusalError):
    """The code is taken, or a date, class or branch does not fit: `wrong`."""

    code = "democracy.bad_plan"


class ConflictOfOfficesError(RefusalError):
    """A candidate or the returning officer cannot be a scrutineer; there must be three."""

    code = "democracy.conflict_of_offices"


class KeyMissingError(RefusalError):
    """The key is not there, is no key, or is another than this; or a share is not confirmed."""

    code = "democracy.key_missing"


@dataclass(frozen=True, slots=True)
class BallotPlan:
    """What a ballot is before its questions; `record_on` is the day that decides who votes."""

    code: str
    kind: BallotKind
    title: str
    record_on: date
    opens_at: datetime
    closes_at: datetime
    about: str = ""
    classes: tuple[ClassKind, ...] = (ClassKind.WORKER,)
    branch: Branch | None = None
    challenge_days: int = 7


def paper_of(ballot: Ballot) -> Paper:
    """Return the ballot's questions."""
    return read_paper(ballot.paper, kind=ballot.kind)


def candidates_of(ballot: Ballot) -> frozenset[int]:
    """Return the memberships of those who stand."""
    asked = paper_of(ballot).questions if ballot.paper else ()
    found = (one.memberships for one in asked if isinstance(one, AskedSeats))
    return frozenset[int]().union(*found)


@transaction.atomic
def create_ballot(*, plan: BallotPlan, actor: User, now: datetime) -> Ballot:
    """Begin a ballot; the actor is its returning officer.

    The same plan sent again by the same officer gives the ballot that it made.
    """
    if actor.organisation_id is None:
        raise BadPlanError(wrong="organisation")
    # Whoever sends it twice at once waits here for the first.
    organisation = Organisation.objects.select_for_update().get(pk=actor.organisation_id)
    _require_possible(plan, organisation)
    known = Ballot.objects.filter(organisation=organisation, code=plan.code).first()
    if known is not None:
        if known.returning_officer_id != actor.pk or plan != plan_of(known):
            raise BadPlanError(wrong="code")
        return known
    ballot = Ballot.objects.create(
        organisation=organisation, returning_officer=actor, **_columns(plan)
    )
    note(ballot, "election.created", office=OFFICER, actor=actor, now=now)
    return ballot


@transaction.atomic
def change_plan(*, ballot_id: int, plan: BallotPlan, actor: User, now: datetime) -> Ballot:
    """Change dates, words and who votes; possible until the roll is frozen.

    The code is in addresses of files and in the lots, and the paper is of the ballot's kind: both
    stay. The same plan again changes nothing.
    """
    ballot = locked(ballot_id)
    require_officer(ballot, actor)
    require(ballot, BallotState.DRAFT)
    before = plan_of(ballot)
    for fixed in ("code", "kind"):
        if getattr(plan, fixed) != getattr(before, fixed):
            raise BadPlanError(wrong=fixed)
    _require_possible(plan, ballot.organisation)
    if plan == before:
        return ballot
    for name, value in _columns(plan).items():
        setattr(ballot, name, value)
    ballot.save(update_fields=[*_columns(plan)])
    data: dict[str, object] = {
        "record_on": plan.record_on.isoformat(),
        "opens_at": plan.opens_at.isoformat(),
        "closes_at": plan.closes_at.isoformat(),
    }
    note(ballot, "election.changed", office=OFFICER, actor=actor, now=now, data=data)
    return ballot


def plan_of(ballot: Ballot) -> BallotPlan:
    """Return the plan that a ballot has now."""
    return BallotPlan(
        code=ballot.code,
        kind=BallotKind(ballot.kind),
        title=ballot.title,
        record_on=ballot.record_on,
        opens_at=ballot.opens_at,
        closes_at=ballot.closes_at,
        about=ballot.about,
        classes=tuple(ClassKind(one) for one in ballot.classes),
        branch=ballot.branch,
        challenge_days=ballot.challenge_days,
    )


def _require_possible(plan: BallotPlan, organisation: Organisation) -> None:
    if not plan.classes or plan.closes_at <= plan.opens_at:
        raise BadPlanError(wrong="period")
    if plan.branch is not None and plan.branch.organisation_id != organisation.pk:
        raise BadPlanError(wrong="branch")
    # The policy is everybody's, so everybody is asked.
    if plan.branch is not None and plan.kind == BallotKind.POLICY:
        raise BadPlanError(wrong="branch")


def _columns(plan: BallotPlan) -> dict[str, Any]:
    return {
        "code": plan.code,
        "kind": plan.kind,
        "title": plan.title,
        "about": plan.about,
        "classes": [str(one) for one in plan.classes],
        "branch": plan.branch,
        "record_on": plan.record_on,
        "opens_at": plan.opens_at,
        "closes_at": plan.closes_at,
        "challenge_days": plan.challenge_days,
    }


@transaction.atomic
def set_paper(*, ballot_id: int, paper: object, actor: User, now: datetime) -> Ballot:
    """Set the questions; possible until the roll is frozen.

    Into a policy ballot is put what is in force today, see `policy_paper.py`. The same paper
    again changes nothing.
    """
    ballot = locked(ballot_id)
    require_officer(ballot, actor)
    require(ballot, BallotState.DRAFT)
    if ballot.kind == BallotKind.POLICY:
        paper = _with_what_is_in_force(ballot, paper, now)
    checked_paper(paper, kind=ballot.kind)
    if paper == ballot.paper:
        return ballot
    ballot.paper = paper
    _refuse_conflicts(ballot, [row.user_id for row in ballot.scrutineers.all()])
    ballot.save(update_fields=["paper"])
    data: dict[str, object] = {"paper": digest(paper)}
    note(ballot, "question.set", office=OFFICER, actor=actor, now=now, data=data)
    return ballot


def checked_paper(paper: object, *, kind: str) -> Paper:
    """Return a paper that can be counted, and whose result can be carried out.

    Raises
    ------
    BadPaperError
        It cannot.
    """
    try:
        found = read_paper(paper, kind=kind)
        if kind == BallotKind.POLICY:
            require_enactable(found)
    except InputError as error:
        raise BadPaperError(wrong=str(error)) from error
    return found


@transaction.atomic
def appoint_scrutineers(
    *, ballot_id: int, user_ids: Sequence[int], actor: User, now: datetime
) -> Ballot:
    """Name the three who keep the key, in place of any named before; a key set before is gone.

    The same three again change nothing.
    """
    ballot = locked(ballot_id)
    require_officer(ballot, actor)
    require(ballot, BallotState.DRAFT, BallotState.ROLL_FROZEN)
    users = User.objects.filter(
        pk__in=user_ids, organisation_id=ballot.organisation_id, is_active=True
    )
    if len(users) != NEEDED_SCRUTINEERS or len(user_ids) != NEEDED_SCRUTINEERS:
        raise ConflictOfOfficesError
    _refuse_conflicts(ballot, list(user_ids))
    if {one.user_id for one in ballot.scrutineers.all()} == set(user_ids):
        return ballot
    ballot.scrutineers.all().delete()
    Scrutineer.objects.bulk_create([Scrutineer(ballot=ballot, user=user) for user in users])
    ballot.public_key = ""
    ballot.save(update_fields=["public_key"])
    data: dict[str, object] = {"scrutineers": len(users)}
    note(ballot, "scrutineers.appointed", office=OFFICER, actor=actor, now=now, data=data)
    return ballot


@transaction.atomic
def set_key(*, ballot_id: int, public_key: str, actor: User, now: datetime) -> Ballot:
    """Take the public key that the scrutineers' tool made; their earlier confirmations lapse."""
    ballot = locked(ballot_id)
    require_scrutineer(ballot, actor)
    require(ballot, BallotState.DRAFT, BallotState.ROLL_FROZEN)
    if not re.fullmatch(r"[0-9a-f]{64}", public_key):
        raise KeyMissingError
    if ballot.public_key == public_key:
        return ballot
    ballot.public_key = public_key
    ballot.save(update_fields=["public_key"])
    ballot.scrutineers.update(has_confirmed=False)
    data: dict[str, object] = {"public_key": public_key}
    note(ballot, "key.set", office=SCRUTINEER, actor=actor, now=now, data=data)
    return ballot


@transaction.atomic
def confirm_share(*, ballot_id: int, public_key: str, actor: User, now: datetime) -> Ballot:
    """Say that one holds a share of this very key; saying it again changes nothing."""
    ballot = locked(ballot_id)
    require_scrutineer(ballot, actor)
    require(ballot, BallotState.DRAFT, BallotState.ROLL_FROZEN)
    if not ballot.public_key or ballot.public_key != public_key:
        raise KeyMissingError
    if ballot.scrutineers.filter(user=actor, has_confirmed=False).update(has_confirmed=True):
        data: dict[str, object] = {
            "confirmed": ballot.scrutineers.filter(has_confirmed=True).count()
        }
        note(ballot, "key.confirmed", office=SCRUTINEER, actor=actor, now=now, data=data)
    return ballot


@transaction.atomic
def open_ballot(*, ballot_id: int, actor: User, now: datetime) -> Ballot:
    """Open the ballot, once its time has come and all three scrutineers hold their shares."""
    ballot = locked(ballot_id)
    require_officer(ballot, actor)
    if ballot.state == BallotState.OPEN:
        return ballot
    require(ballot, BallotState.ROLL_FROZEN)
    if now < ballot.opens_at:
        raise NotDueError(possible_at=ballot.opens_at.isoformat())
    if now >= ballot.closes_at:
        raise TooLateError(possible_until=ballot.closes_at.isoformat())
    confirmed = ballot.scrutineers.filter(has_confirmed=True).count()
    if not ballot.public_key or confirmed != NEEDED_SCRUTINEERS:
        raise KeyMissingError
    step(ballot, BallotState.OPEN)
    note(ballot, "ballot.opened", office=OFFICER, actor=actor, now=now)
    return ballot


def _with_what_is_in_force(ballot: Ballot, paper: object, now: datetime) -> object:
    present = present_policy(ballot.organisation, today_in(ballot.organisation, now))
    try:
        return completed_paper(paper, present)
    except InputError as error:
        raise BadPaperError(wrong=str(error)) from error


def standing_users(ballot: Ballot) -> frozenset[int]:
    """Return the users who stand as candidates."""
    stand = Membership.objects.filter(pk__in=candidates_of(ballot)).select_related("holder__carer")
    found = {
        one.holder.user_id or (one.holder.carer.user_id if one.holder.carer else None)
        for one in stand
    }
    return frozenset(user for user in found if user is not None)


def _refuse_conflicts(ballot: Ballot, user_ids: Sequence[int]) -> None:
    if standing_users(ballot) & {ballot.returning_officer_id, *user_ids}:
        raise ConflictOfOfficesError
    if ballot.returning_officer_id in user_ids:
        raise ConflictOfOfficesError
