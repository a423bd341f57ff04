"""The returning officer's page: where the ballot is, what is next, and its steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from backend.accounts.models import User
from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.core.pages.private import private_page
from backend.democracy.models import HAS_ROLL, IS_DECLARED, NEEDED_SCRUTINEERS, Ballot, BallotState
from backend.democracy.pages.life import Progress, life_of, progress_of
from backend.democracy.pages.reading import officers_ballot
from backend.democracy.pages.sure import Question, ask, is_answered, reason_of
from backend.democracy.pages.words import STATES, day_words, officer_refusal
from backend.democracy.selectors import published_reason
from backend.democracy.services import (
    decide_challenge,
    declare_ballot,
    freeze_roll,
    members_asked,
    open_ballot,
    void_ballot,
)

CAN_BE_VOID = frozenset(
    {
        BallotState.DRAFT,
        BallotState.ROLL_FROZEN,
        BallotState.OPEN,
        BallotState.CLOSED,
        BallotState.UNLINKED,
    }
)


@dataclass(frozen=True, slots=True)
class Given:
    """What a step is done with."""

    ballot: Ballot
    actor: User
    now: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class OfficerStep:
    """A step: in which states it is offered, what its button says and what will happen."""

    states: frozenset[BallotState]
    button: str
    happens: str
    do: Callable[[Given], object]
    needs_reason: bool = False
    is_grave: bool = False


def _freeze(given: Given) -> object:
    return freeze_roll(ballot_id=given.ballot.pk, actor=given.actor, now=given.now)


def _open(given: Given) -> object:
    return open_ballot(ballot_id=given.ballot.pk, actor=given.actor, now=given.now)


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
        "The list of members is copied as it was at the end of the record date. All members then "
        "see that there will be a vote, and neither its questions nor its dates can be changed any "
        "more.",
        _freeze,
    ),
    "open": OfficerStep(
        frozenset({BallotState.ROLL_FROZEN}),
        "Open the vote",
        "Everybody on the list can vote from now until the closing time. The list and the key "
        "cannot be changed any more.",
        _open,
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
        "The result becomes final, and what was decided follows. Your reason is published.",
        lambda given: _decide(given, is_upheld=False),
        needs_reason=True,
    ),
    "uphold": OfficerStep(
        frozenset({BallotState.CHALLENGED}),
        "Accept the challenge",
        "The vote is cancelled and its result does not count. Your reason is published.",
        lambda given: _decide(given, is_upheld=True),
        needs_reason=True,
        is_grave=True,
    ),
    "void": OfficerStep(
        CAN_BE_VOID,
        "Cancel the vote",
        "The vote ends here. Whatever was cast so far is destroyed unread. Your reason is "
        "published.",
        _void,
        needs_reason=True,
        is_grave=True,
    ),
}
"""What a returning officer can do, in the order of the page."""


@private_page("GET", "POST")
def officer_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show where the ballot is and what is next; ask before a step is done, then do it."""
    viewer, ballot = officers_ballot(request, ballot_id)
    name = request.POST.get("step", "")
    offered = {key: step for key, step in STEPS.items() if ballot.state in step.states}
    step = offered.get(name)
    if request.method != "POST" or step is None:
        return _page(request, ballot, offered)
    address = resolve_url("officer_page", ballot.pk)
    question = Question(
        button=step.button,
        happens=step.happens,
        action=address,
        back=address,
        hidden=[("step", name)],
        needs_reason=step.needs_reason,
        is_grave=step.is_grave,
    )
    if not is_answered(request, question):
        return ask(request, ballot, question)
    try:
        step.do(Given(ballot, viewer, database_now(), reason_of(request)))
    except RefusalError as refusal:
        return _page(request, ballot, offered, refusal=officer_refusal(refusal))
    return HttpResponseRedirect(address)


def _page(
    request: HttpRequest, ballot: Ballot, offered: Mapping[str, OfficerStep], refusal: str = ""
) -> HttpResponse:
    progress = progress_of(ballot)
    life = life_of(ballot, progress)
    state = BallotState(ballot.state)
    following = next((one for one in life if one.is_next), None)
    context = {
        "ballot": ballot,
        "state": STATES[state],
        "kind": ballot.get_kind_display(),
        "life": life,
        "next": following,
        "waits": _what_must_come_first(ballot),
        "offered": {key: one for key, one in offered.items() if _is_ready(key, ballot, progress)},
        "may_be_void": "void" in offered,
        "refusal": refusal,
        "progress": progress,
        "is_draft": state == BallotState.DRAFT,
        "names_scrutineers": state in {BallotState.DRAFT, BallotState.ROLL_FROZEN},
        "has_roll": state in HAS_ROLL,
        "types_papers": state == BallotState.CLOSED and progress.papers_issued > 0,
        "has_result": state in IS_DECLARED,
        "eligible": _eligible(ballot),
        "reason": published_reason(ballot),
        "scrutineers": ballot.scrutineers.select_related("user").order_by("user__display_name"),
    }
    return render(request, "ballots/officer.html", context, status=409 if refusal else 200)


def _is_ready(name: str, ballot: Ballot, progress: Progress) -> bool:
    """Say whether a step belongs beside what is next; giving up stands apart at the end."""
    if name == "freeze":
        return bool(ballot.paper)
    if name == "open":
        return progress.confirmed == NEEDED_SCRUTINEERS
    return name != "void"


def _what_must_come_first(ballot: Ballot) -> str:
    """Say why the next step of the officer would be refused now; empty if it would not."""
    now = database_now()
    if ballot.state in {BallotState.DRAFT, BallotState.ROLL_FROZEN} and now >= ballot.closes_at:
        mend = (
            "change the dates"
            if ballot.state == BallotState.DRAFT
            else "cancel it and call it again"
        )
        return f"The closing time has passed: {mend}."
    return ""


def _eligible(ballot: Ballot) -> str:
    """Say how many may vote; before the roll is fixed, how many would by what is recorded now."""
    if ballot.state in HAS_ROLL:
        return f"{ballot.roll.count()} members"
    if ballot.state == BallotState.VOID:
        return ""
    if not ballot.paper:
        return f"who is a member on {day_words(ballot.record_on)}"
    return f"{len(members_asked(ballot))} members, as it is recorded today"
