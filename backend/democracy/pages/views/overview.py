"""What is open, and what one ballot is about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core.database_clock import database_now
from backend.core.pages.private import private_page
from backend.democracy.models import IS_DECLARED, Ballot, BallotKind, BallotState
from backend.democracy.pages.reading import ballot_of, viewer_of
from backend.democracy.pages.views.calling import may_call
from backend.democracy.pages.words import HOW_IT_WORKS, STATES, WHO_SEES_IT
from backend.democracy.selectors import ballots_for, my_entry, turnout


@private_page("GET")
def ballot_list(request: HttpRequest) -> HttpResponse:
    """Show the ballots in sight: those open first, then the others."""
    viewer = viewer_of(request)
    cards = [
        {
            "ballot": ballot,
            "state": STATES[BallotState(ballot.state)],
            "entry": my_entry(viewer, ballot),
            "is_open": ballot.state == BallotState.OPEN,
            "has_result": ballot.state in IS_DECLARED,
            "is_mine_to_run": ballot.state == BallotState.DRAFT
            and ballot.returning_officer_id == viewer.pk,
        }
        for ballot in ballots_for(viewer)
    ]
    parts = {
        "open": [card for card in cards if card["is_open"]],
        "others": [card for card in cards if not card["is_open"]],
        "may_call": may_call(viewer),
    }
    return render(request, "ballots/list.html", parts)


@private_page("GET")
def ballot_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show what a ballot is about, how it works, and the way to vote."""
    viewer, ballot = ballot_of(request, ballot_id)
    entry = my_entry(viewer, ballot)
    return render(
        request,
        "ballots/ballot.html",
        {
            "ballot": ballot,
            "state": STATES[BallotState(ballot.state)],
            "entry": entry,
            "may_vote": entry is not None and not entry.paper_issued and is_open_now(ballot),
            "is_open": ballot.state == BallotState.OPEN,
            "has_result": ballot.state in IS_DECLARED,
            "how": HOW_IT_WORKS[BallotKind(ballot.kind)],
            "secret": WHO_SEES_IT,
            "turnout": turnout(ballot),
            "is_officer": ballot.returning_officer_id == viewer.pk,
            "is_scrutineer": ballot.scrutineers.filter(user=viewer).exists(),
        },
    )


def is_open_now(ballot: Ballot) -> bool:
    """Say whether a vote could still be cast; the service asks again when it is."""
    return ballot.state == BallotState.OPEN and database_now() < ballot.closes_at
