"""What is public of a ballot: its log at any time, its result once it is declared."""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.accounts.models import User
from backend.core.errors import RefusalError
from backend.counting.canonical import chained
from backend.democracy.models import FIRST_PREVIOUS, IS_DECLARED, Ballot, LogEntry
from backend.democracy.papers import AskedPackages, AskedSeats
from backend.democracy.selectors.ballots import LEAST_SHOWN
from backend.democracy.services.declaring import eligible_for
from backend.democracy.services.preparing import paper_of
from backend.democracy.services.public_log import hashed_part

MOST_CANDIDATES = 6
MANY_VOTERS = 100
"""A full ranking of more candidates than this, among fewer voters, can be a signature."""


REASONED = ("result.challenged", "challenge.decided", "ballot.voided")


class NotDeclaredError(RefusalError):
    """There is no result yet, for nobody."""

    code = "democracy.not_declared"


@dataclass(frozen=True, slots=True)
class Result:
    """A declared result; `package` None: only its officer and scrutineers may recount it."""

    result: Mapping[str, object]
    result_hash: str
    cast: int
    invalid: int
    package: Mapping[str, object] | None


def public_log(ballot: Ballot) -> list[LogEntry]:
    """Return the ballot's public log, oldest first."""
    return list(ballot.log.order_by("seq"))


def published_reason(ballot: Ballot) -> str:
    """Return the last reason in the public log: of a challenge, a decision or a cancellation."""
    entry = ballot.log.filter(type__in=REASONED).order_by("-seq").first()
    return str(entry.data.get("reason", "")) if entry else ""


def broken_log_place(ballot: Ballot) -> int | None:
    """Return the number of the first entry that does not fit the chain, or None if whole."""
    before = FIRST_PREVIOUS
    for place, entry in enumerate(public_log(ballot), start=1):
        fits = entry.seq == place and entry.prev_hash == before
        if not fits or entry.hash != chained(before, hashed_part(entry)):
            return place
        before = entry.hash
    return None


def result_for(viewer: User, ballot: Ballot) -> Result:
    """Return the declared result, and the package where its papers identify nobody.

    Raises
    ------
    NotDeclaredError
        It is not declared, or void.
    """
    if ballot.state not in IS_DECLARED:
        raise NotDeclaredError
    declaration = ballot.declaration
    holds_office = (
        ballot.returning_officer_id == viewer.pk or ballot.scrutineers.filter(user=viewer).exists()
    )
    return Result(
        result=declaration.package["declared"]["result"],
        result_hash=declaration.result_hash,
        cast=declaration.cast,
        invalid=declaration.invalid,
        package=declaration.package if holds_office or _papers_are_public(ballot) else None,
    )


def _papers_are_public(ballot: Ballot) -> bool:
    """Say whether published papers would let nobody be known again by their ranking."""
    for question in paper_of(ballot).questions:
        if not isinstance(question, AskedSeats | AskedPackages):
            continue
        eligible = eligible_for(ballot, question)
        if question.options > MOST_CANDIDATES and eligible < MANY_VOTERS:
            return False
        papers = ballot.opened.all()
        if question.constituency is not None:
            papers = papers.filter(constituency_id=question.constituency)
        if papers.count() < LEAST_SHOWN:
            return False
    return True
