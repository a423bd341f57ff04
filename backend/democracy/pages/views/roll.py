"""The roll: look somebody up, correct it before the opening, note who votes on paper."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from backend.accounts.models import User
from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.core.pages.private import private_page
from backend.democracy.models import HAS_ROLL, Ballot, BallotState
from backend.democracy.pages.reading import officers_ballot
from backend.democracy.pages.screens.screen import whole_number
from backend.democracy.pages.sure import Question, ask, is_answered, reason_of
from backend.democracy.pages.words import officer_refusal
from backend.democracy.selectors import members_beside_the_roll, roll_lines
from backend.democracy.selectors.offices import MOST_LINES
from backend.democracy.services import correct_roll, issue_paper

STRIKE, ADD, PAPER = "strike", "add", "paper"


@private_page("GET", "POST")
def roll_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show the roll; ask before a line is changed, then change it."""
    viewer, ballot = officers_ballot(request, ballot_id)
    if ballot.state not in HAS_ROLL:
        return HttpResponseRedirect(resolve_url("officer_page", ballot.pk))
    action, _, text = request.POST.get("press", "").partition(".")
    number = whole_number(text)
    question = _question(ballot, action, number)
    if question is None:
        return _page(request, ballot)
    if not is_answered(request, question):
        return ask(request, ballot, question)
    try:
        _change(ballot, action, number, reason=reason_of(request), actor=viewer)
    except RefusalError as refusal:
        return _page(request, ballot, refusal=officer_refusal(refusal))
    return HttpResponseRedirect(resolve_url("roll_page", ballot.pk))


def _question(ballot: Ballot, action: str, number: int) -> Question | None:
    """Return what is asked before a change; None where there is none like it."""
    name = _name_of(ballot, action, number)
    address = resolve_url("roll_page", ballot.pk)
    hidden = [("press", f"{action}.{number}")]
    may_correct = ballot.state == BallotState.ROLL_FROZEN
    if not name:
        return None
    if action == PAPER and ballot.state in {BallotState.ROLL_FROZEN, BallotState.OPEN}:
        happens = f"{name} gets a paper form from you, and can no longer vote here."
        return Question("Note a paper form", happens, address, address, hidden)
    if action == STRIKE and may_correct:
        happens = (
            f"{name} will not be able to vote. The member's number and your reason are published; "
            "until the opening you can add the member again."
        )
        button = "Strike off the list"
        return Question(
            button, happens, address, address, hidden, needs_reason=True, can_be_undone=True
        )
    if action == ADD and may_correct:
        happens = f"{name} will be able to vote. The member's number and your reason are published."
        button = "Add to the list"
        return Question(
            button, happens, address, address, hidden, needs_reason=True, can_be_undone=True
        )
    return None


def _name_of(ballot: Ballot, action: str, number: int) -> str:
    """Return name and number of whom a button is about, empty for nobody."""
    if action == ADD and ballot.state == BallotState.ROLL_FROZEN:
        found = members_beside_the_roll(ballot)
        return next((f"{m.name} ({m.number})" for m in found if m.membership_id == number), "")
    lines = ballot.roll.select_related("membership__holder").only("number", "membership__holder")
    line = lines.filter(**{"number" if action == PAPER else "membership_id": number}).first()
    return f"{line.membership.holder.name} ({line.number})" if line else ""


def _change(ballot: Ballot, action: str, number: int, *, reason: str, actor: User) -> None:
    now = database_now()
    if action == PAPER:
        issue_paper(ballot_id=ballot.pk, number=number, actor=actor, now=now)
    else:
        correct_roll(
            ballot_id=ballot.pk,
            membership_id=number,
            is_added=action == ADD,
            reason=reason,
            actor=actor,
            now=now,
        )


def _page(request: HttpRequest, ballot: Ballot, refusal: str = "") -> HttpResponse:
    words = request.POST.get("words", "").strip()
    lines = roll_lines(ballot, words)
    may_correct = ballot.state == BallotState.ROLL_FROZEN
    context = {
        "ballot": ballot,
        "words": words,
        "lines": lines[:MOST_LINES],
        "found": lines.count(),
        "shown": MOST_LINES,
        "eligible": ballot.roll.count(),
        "may_correct": may_correct,
        "may_give_paper": may_correct or ballot.state == BallotState.OPEN,
        "beside": members_beside_the_roll(ballot)[:MOST_LINES] if may_correct else [],
        "refusal": refusal,
    }
    return render(request, "ballots/roll.html", context, status=409 if refusal else 200)
