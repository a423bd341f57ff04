"""What the returning officer looks up: people to appoint, members to stand, lines of the roll."""

from dataclasses import dataclass
from itertools import islice

from django.db.models import Q, QuerySet

from backend.accounts.models import User
from backend.democracy.models import Ballot, RollEntry
from backend.democracy.services import members_asked, paper_of
from backend.democracy.services.preparing import standing_users
from backend.membership.models import (
    ON_THE_REGISTER,
    ClassKind,
    Constituency,
    EntityKind,
    Membership,
)
from backend.membership.selectors import members_on
from backend.membership.selectors.roll import RollMember

MOST_FOUND = 20
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody who could keep the key; `conflict` says why not, empty if they can.

    `number` is the member's, None for whoever is no member.
    """

    user_id: int
    name: str
    number: int | None
    conflict: str


def nominees(
    ballot: Ballot, *, words: str = "", user_ids: list[int] | None = None
) -> list[Nominee]:
    """Return people who sign in and hold a role, by name: those whose name has the words, or
    those with the keys.

    At most `MOST_FOUND`.
    """
    users = User.objects.filter(
        organisation=ballot.organisation_id, is_active=True, grants__isnull=False
    )
    chosen = Q(pk__in=user_ids) if user_ids is not None else Q(display_name__icontains=words)
    found = list(users.filter(chosen).distinct().order_by("display_name", "pk")[:MOST_FOUND])
    numbers = _numbers(ballot, found)
    standing = standing_users(ballot)
    return [
        Nominee(user.pk, user.display_name, numbers.get(user.pk), _conflict(ballot, user, standing))
        for user in found
    ]


def voters_of(ballot: Ballot) -> list[RollMember]:
    """Return the members of the classes that vote with a vote on the record date, by number.

    As it is recorded today, whatever the paper asks.
    """
    classes = [ClassKind(one) for one in ballot.classes]
    return members_on(ballot.organisation, ballot.record_on, classes=classes)


def members_to_stand(ballot: Ballot, words: str) -> list[RollMember]:
    """Return those of them whose name or number fits, at most `MOST_FOUND`."""
    words = words.strip().casefold()
    fits = (
        one for one in voters_of(ballot) if words == str(one.number) or words in one.name.casefold()
    )
    return list(islice(fits, MOST_FOUND)) if words else []


def constituencies_of(ballot: Ballot) -> QuerySet[Constituency]:
    """Return the constituencies of the organisation's own body, by name."""
    return Constituency.objects.filter(
        entity__kept_by=ballot.organisation_id, entity__kind=EntityKind.OWN
    ).order_by("name")


def constituencies_asked(ballot: Ballot) -> list[Constituency]:
    """Return whose members are asked questions of their own; empty where all are asked the same."""
    asked = [one.constituency for one in paper_of(ballot).questions if one.constituency]
    return list(constituencies_of(ballot).filter(pk__in=asked))


def roll_lines(ballot: Ballot, words: str) -> QuerySet[RollEntry]:
    """Return lines of the roll by number, those whose name or number fits.

    Who has voted is nobody's business, so `voted` is not even read.
    """
    lines = (
        ballot.roll.order_by("number")
        .select_related("constituency", "membership__holder")
        .only("number", "paper_issued", "constituency__name", "membership__holder__name")
    )
    if words.isascii() and words.isdecimal() and len(words) < 10:
        return lines.filter(number=int(words))
    return lines.filter(membership__holder__name__icontains=words)


def members_beside_the_roll(ballot: Ballot) -> list[RollMember]:
    """Return who had a vote on the record date and is not on the roll, by number."""
    known = set(ballot.roll.values_list("membership_id", flat=True))
    return [one for one in members_asked(ballot) if one.membership_id not in known]


def _numbers(ballot: Ballot, users: list[User]) -> dict[int, int]:
    memberships = Membership.objects.filter(
        Q(holder__user__in=users) | Q(holder__carer__user__in=users),
        entity__kept_by=ballot.organisation_id,
        entity__kind=EntityKind.OWN,
        status__in=ON_THE_REGISTER,
    ).values_list("holder__user_id", "holder__carer__user_id", "number")
    return {user or carer_user: number for user, carer_user, number in memberships if number}


def _conflict(ballot: Ballot, user: User, standing: frozenset[int]) -> str:
    if user.pk == ballot.returning_officer_id:
        return "is the returning officer"
    return "is a candidate" if user.pk in standing else ""
