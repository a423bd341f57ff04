"""What every service of a ballot does first: take its lock, ask for its state and the office."""

from datetime import datetime

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.democracy.models import MAY_FOLLOW, Ballot, BallotState
from backend.democracy.services.public_log import add_log


class WrongStateError(RefusalError):
    """The ballot is in `state`, where this is not possible."""

    code = "democracy.wrong_state"


class NotYourOfficeError(RefusalError):
    """Somebody else holds the office that does this."""

    code = "democracy.not_your_office"


class NotDueError(RefusalError):
    """It is too early: `possible_at`."""

    code = "democracy.not_due"


class TooLateError(RefusalError):
    """It is too late: it was possible until `possible_until`."""

    code = "democracy.too_late"


def locked(ballot_id: int) -> Ballot:
    """Return the ballot with its row locked until the transaction ends."""
    return Ballot.objects.select_for_update().get(pk=ballot_id)


def require(ballot: Ballot, *states: BallotState) -> None:
    """Refuse unless the ballot is in one of these states."""
    if ballot.state not in states:
        raise WrongStateError(state=str(ballot.state))


def require_officer(ballot: Ballot, actor: User) -> None:
    """Refuse unless the actor is the ballot's returning officer."""
    if ballot.returning_officer_id != actor.pk:
        raise NotYourOfficeError


def require_scrutineer(ballot: Ballot, actor: User) -> None:
    """Refuse unless the actor is one of the ballot's scrutineers."""
    if not ballot.scrutineers.filter(user=actor).exists():
        raise NotYourOfficeError


def step(ballot: Ballot, state: BallotState, *fields: str) -> None:
    """Move to the next state and save; the database refuses what does not follow."""
    if state not in MAY_FOLLOW[BallotState(ballot.state)]:
        raise WrongStateError(state=str(ballot.state))
    ballot.state = state
    ballot.save(update_fields=["state", *fields])


def note(
    ballot: Ballot,
    event: str,
    *,
    office: str,
    actor: User | None,
    now: datetime,
    data: dict[str, object] | None = None,
) -> None:
    """Write a step to the public log, by office, and to the audit chain, by person."""
    add_log(ballot, event, office=office, now=now, data=data or {})
    record(
        event,
        actor=actor,
        subject=f"ballot:{ballot.pk}",
        at=now,
        chain=f"organisation:{ballot.organisation_id}",
        body=data,
    )
