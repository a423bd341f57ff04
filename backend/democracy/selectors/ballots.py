"""Ballots as the viewer may see them: the question, the own paper, and how many have voted."""

import hashlib
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from backend.accounts.models import User
from backend.democracy.models import Ballot, BallotState, RollEntry
from backend.democracy.papers import Asked
from backend.democracy.services.preparing import paper_of
from backend.organisation.selectors import organisation_of

LEAST_SHOWN = 10
"""Of fewer members it is not said how many have voted, nor how."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many may vote and have voted; `cast` None where so few may vote that it would tell."""

    constituency: str
    eligible: int
    cast: int | None


@dataclass(frozen=True, slots=True)
class MyQuestion:
    """A question of the viewer's paper; `order` are its options' numbers as they are shown."""

    row: dict[str, object]
    order: tuple[int, ...]


def ballots_for(viewer: User) -> QuerySet[Ballot]:
    """Return ballots of the viewer's organisation, the latest to close first.

    What is still being prepared shows to those alone who prepare it.
    """
    return (
        Ballot.objects.filter(organisation=organisation_of(viewer))
        .filter(
            ~Q(state=BallotState.DRAFT)
            | Q(returning_officer=viewer)
            | Q(pk__in=viewer_scrutinises(viewer))
        )
        .order_by("-closes_at", "-pk")
    )


def viewer_scrutinises(viewer: User) -> QuerySet[Ballot, int]:
    """Return the keys of ballots of which the viewer is a scrutineer."""
    return Ballot.objects.filter(scrutineers__user=viewer).values_list("pk", flat=True)


def ballot_for(viewer: User, ballot_id: int) -> Ballot:
    """Return one of those. Raises `Ballot.DoesNotExist`."""
    return ballots_for(viewer).get(pk=ballot_id)


def officer_ballot(viewer: User, ballot_id: int) -> Ballot:
    """Return a ballot of which the viewer is the returning officer, else raise `DoesNotExist`."""
    return Ballot.objects.get(
        pk=ballot_id, returning_officer=viewer, organisation=organisation_of(viewer)
    )


def scrutineer_ballot(viewer: User, ballot_id: int) -> Ballot:
    """Return a ballot of which the viewer is a scrutineer, else raise `DoesNotExist`."""
    return Ballot.objects.get(
        pk=ballot_id, scrutineers__user=viewer, organisation=organisation_of(viewer)
    )


def office_ballot(viewer: User, ballot_id: int) -> Ballot:
    """Return a ballot in which the viewer holds either office, else raise `DoesNotExist`."""
    return Ballot.objects.get(
        Q(returning_officer=viewer) | Q(pk__in=viewer_scrutinises(viewer)),
        pk=ballot_id,
        organisation=organisation_of(viewer),
    )


def my_entry(viewer: User, ballot: Ballot) -> RollEntry | None:
    """Return the viewer's own line of the roll, without the envelope; None: not on it."""
    return ballot.roll.filter(user=viewer).defer("sealed").select_related("constituency").first()


def my_paper(viewer: User, ballot: Ballot) -> list[MyQuestion]:
    """Return what the viewer is asked, options beginning at a place of their own.

    Empty for whoever is not on the roll.
    """
    entry = my_entry(viewer, ballot)
    if entry is None:
        return []
    questions = paper_of(ballot).for_constituency(entry.constituency_id).questions
    return [
        MyQuestion(dict(one.row), _rotated(one, f"{ballot.code}|{entry.number}"))
        for one in questions
    ]


def turnout(ballot: Ballot) -> list[Turnout]:
    """Return the turnout of each constituency on the roll, by name.

    It is the same figure for everybody, and there is none finer than this.
    """
    rows = (
        ballot.roll.values("constituency__name")
        .annotate(eligible=Count("pk"), voters=Count("pk", filter=Q(voted=True)))
        .order_by("constituency__name")
    )
    return [
        Turnout(
            constituency=row["constituency__name"] or "",
            eligible=row["eligible"],
            cast=row["voters"] if row["eligible"] >= LEAST_SHOWN else None,
        )
        for row in rows
    ]


def _rotated(question: Asked, voter: str) -> tuple[int, ...]:
    numbers = range(1, question.options + 1)
    if not numbers:
        return ()
    digest = hashlib.sha256(f"{voter}|{question.id}".encode()).digest()
    start = int.from_bytes(digest[:8], "big") % question.options
    return (*numbers[start:], *numbers[:start])
