"""What follows from a policy ballot: the version that it made, or the Monday it can begin on."""

from dataclasses import dataclass
from datetime import date, datetime

from backend.democracy.models import IS_DECLARED, Ballot, BallotKind, BallotState
from backend.democracy.policy_paper import speaks_of_the_rota
from backend.democracy.services.declaring import challenge_until
from backend.democracy.services.preparing import paper_of
from backend.organisation.models import RotaPolicyVersion
from backend.rota.services.enact_policy import first_monday


@dataclass(frozen=True, slots=True)
class Follows:
    """The rota's policy after a ballot.

    Attributes
    ----------
    number
        Of the version; None as long as the result is not final.
    starts_on
        The Monday from which it holds; before it is final, the earliest one.
    challenge_until
        Until when the result can be challenged; None once that is over.
    """

    number: int | None
    starts_on: date
    challenge_until: datetime | None


def what_follows(ballot: Ballot, *, now: datetime) -> Follows | None:
    """Return the policy that follows from a declared ballot; None where none does."""
    if ballot.kind != BallotKind.POLICY or ballot.state not in IS_DECLARED:
        return None
    version = RotaPolicyVersion.objects.filter(
        organisation=ballot.organisation_id, ballot=ballot.code
    ).first()
    if version is not None:
        return Follows(version.number, version.effective_from, None)
    if ballot.state == BallotState.FINAL or not speaks_of_the_rota(paper_of(ballot)):
        return None
    assert ballot.declared_at is not None  # noqa: S101  the database holds it for declared ones
    until = challenge_until(ballot) if ballot.state == BallotState.DECLARED else None
    monday = first_monday(ballot.organisation, ballot.declared_at, now=until or now)
    return Follows(None, monday, until)
