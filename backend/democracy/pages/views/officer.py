"""The returning officer's page: one step at a time, each asked for twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from backend.accounts.models import User
from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.core.pages.private import private_page
from backend.democracy.models import Ballot, BallotState
from backend.democracy.pages.reading import officers_ballot
from backend.democracy.pages.screens.screen import whole_number
from backend.democracy.pages.words import STATES, refusal_words
from backend.democracy.services.declaring import decide_challenge, declare_ballot, void_ballot
from backend.democracy.services.preparing import open_ballot
from backend.democracy.services.rolls import freeze_roll, issue_paper

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Given:
    """What a step is done with."""

    ballot: Ballot
    actor: User
    now: datetime
    reason: str
    number: int


@dataclass(frozen=True, slots=True)
class OfficerStep:
    """A step: in which states it is offered, what its button says and what will happen."""

    states: frozenset[BallotState]
    button: str
    happens: str
    do: Callable[[Given], object]
    needs: str = ""
    is_grave: bool = False


def _freeze(given: Given) -> object:
    return freeze_roll(ballot_id=given.ballot.pk, actor=given.actor, now=given.now)


def _open(given: Given) -> object:
    return open_ballot(ballot_id=given.ballot.pk, actor=given.actor, now=given.now)


def _issue(given: Given) -> object:
    return issue_paper(
        ballot_id=given.ballot.pk, number=given.number, actor=given.actor, now=given.now
    )


def _declare(given: Given) -> object:
    return declare_ballot(ballot_id=given.ballot.pk, actor=given.actor, now=given.now)


def _decide(given: Given, *, is_upheld: bool) -> object:
    return decide_challenge(
        ballot_id=given.ballot.pk,
        is_upheld=is_upheld,
        reason=given.reason,
        actor=given.actor,
        now=given.now,
    )


def _void(given: Given) -> object:
    return void_ballot(
        ballot_id=given.ballot.pk, reason=given.reason, actor=given.actor, now=given.now
    )


STEPS: Mapping[str, OfficerStep] = {
    "freeze": OfficerStep(
        frozenset({BallotState.DRAFT}),
        "Fix who may vote",
        "The list of members is copied as it was on the record date, and the questions can no "
        "longer be changed.",
        _freeze,
    ),
    "open": OfficerStep(
        frozenset({BallotState.ROLL_FROZEN}),
        "Open the vote",
        "Everybody on the list can vote from now until the closing time. Nothing about the vote "
        "can be changed any more.",
        _open,
    ),
    "issue": OfficerStep(
        frozenset({BallotState.OPEN}),
        "Give out a paper form",
        "This member votes on paper and can no longer vote here.",
        _issue,
        needs="number",
    ),
    "declare": OfficerStep(
        frozenset({BallotState.OPENED}),
        "Count and declare",
        "The votes are counted, and everybody sees the result at once.",
        _declare,
    ),
    "dismiss": OfficerStep(
        frozenset({BallotState.CHALLENGED}),
        "Reject the challenge",
        "The result becomes final. Your reason is published.",
        lambda given: _decide(given, is_upheld=False),
        needs="reason",
    ),
    "uphold": OfficerStep(
        frozenset({BallotState.CHALLENGED}),
        "Accept the challenge",
        "The vote is cancelled and its result does not count. Your reason is published.",
        lambda given: _decide(given, is_upheld=True),
        needs="reason",
        is_grave=True,
    ),
    "void": OfficerStep(
        frozenset(
            {
                BallotState.DRAFT,
                BallotState.ROLL_FROZEN,
                BallotState.OPEN,
                BallotState.CLOSED,
                BallotState.UNLINKED,
            }
        ),
        "Cancel the vote",
        "All votes that were cast are destroyed for good. Your reason is published.",
        _void,
        needs="reason",
        is_grave=True,
    ),
}
"""What a returning officer can do, in the order of the page."""


@private_page("GET", "POST")
def officer_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show the roll, the dates and the steps; ask again before doing one, then do it."""
    viewer, ballot = officers_ballot(request, ballot_id)
    name = request.POST.get("step", "")
    offered = {key: step for key, step in STEPS.items() if ballot.state in step.states}
    step = offered.get(name)
    if request.method != "POST" or step is None:
        return _page(request, ballot, offered)
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    number = whole_number(request.POST.get("number", ""))
    if (step.needs == "reason" and not reason) or (step.needs == "number" and not number):
        return _page(
            request, ballot, offered, refusal="Please fill in the field beside the button."
        )
    if not request.POST.get("sure"):
        context = {
            "ballot": ballot,
            "name": name,
            "step": step,
            "reason": reason,
            "number": number,
        }
        return render(request, "ballots/sure.html", context)
    try:
        step.do(Given(ballot, viewer, database_now(), reason, number))
    except RefusalError as refusal:
        return _page(request, ballot, offered, refusal=refusal_words(refusal.code))
    return HttpResponseRedirect(resolve_url("officer_page", ballot.pk))


def _page(
    request: HttpRequest, ballot: Ballot, offered: Mapping[str, OfficerStep], refusal: str = ""
) -> HttpResponse:
    # Who has voted is nobody's business, so `voted` is not even read.
    roll = (
        ballot.roll.order_by("number")
        .select_related("constituency", "membership__holder")
        .only(
            "number",
            "paper_issued",
            "constituency__name",
            "membership__holder__name",
        )
    )
    context = {
        "ballot": ballot,
        "state": STATES[BallotState(ballot.state)],
        "offered": offered,
        "refusal": refusal,
        "roll": roll,
        "scrutineers": ballot.scrutineers.select_related("user").order_by("user__display_name"),
    }
    return render(request, "ballots/officer.html", context, status=409 if refusal else 200)
