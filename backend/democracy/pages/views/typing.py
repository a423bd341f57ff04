"""Type in the paper forms after the close: two people, each all of them, and never side by side.

What is typed in is nowhere but in the page until all of it is sent; then two people's are compared.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.debug import sensitive_variables

from backend.accounts.models import User
from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.core.pages.private import private_page
from backend.democracy.models import Ballot, BallotState, PaperBatch
from backend.democracy.pages.filling import draft_of
from backend.democracy.pages.paper_screens import printed_screens
from backend.democracy.pages.reading import office_holders_ballot
from backend.democracy.pages.sure import Question, ask, is_answered, is_declined
from backend.democracy.pages.typing_fields import typed_question, typing_fault
from backend.democracy.pages.words import officer_refusal
from backend.democracy.selectors import constituencies_asked
from backend.democracy.services import enter_papers

LONGEST_PAPER = 4000
"""Letters of one paper as the page carries it."""
MOST_PAPERS = 1000

Typed = list[tuple[int | None, dict[str, Any]]]


@private_page("GET", "POST")
@sensitive_variables("typed", "draft", "answers", "question")
def typing_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Take one paper after the other; every button sends all of those before."""
    viewer, ballot = office_holders_ballot(request, ballot_id)
    batch = PaperBatch.objects.filter(ballot=ballot).first()
    issued = ballot.roll.filter(paper_issued=True).count()
    waits = batch is not None and (batch.is_agreed or batch.entered_by_id == viewer.pk)
    if ballot.state != BallotState.CLOSED or waits or not issued:
        return _told(request, viewer, ballot, batch, issued)
    typed = _typed(request)
    places = constituencies_asked(ballot)
    place = _place(request, [one.pk for one in places])
    screens = printed_screens(ballot, place) if place is not None or not places else []
    draft, fault, button = draft_of(request, screens), "", request.POST.get("press", "")
    if button == "all" and not is_declined(request):
        return _send(request, viewer, ballot, typed)
    if button == "next":
        fault = typing_fault(screens, draft)
        if not fault and len(typed) >= min(issued, MOST_PAPERS):
            fault = f"Only {issued} paper forms were given out."
        if not fault:
            answers = {one.id: one.answer(draft) for one in screens}
            given = {name: answer for name, answer in answers.items() if answer is not None}
            typed, draft = [*typed, (place, given)], {}
    elif button == "drop":
        typed = typed[:-1]
    context = {
        "ballot": ballot,
        "typed": [json.dumps(one) for one in typed],
        "count": len(typed),
        "number": len(typed) + 1,
        "issued": issued,
        "places": places,
        "place": place,
        "questions": [typed_question(one, draft) for one in screens],
        "fault": fault,
        "differed": request.GET.get("outcome") == "differed" and request.method == "GET",
        "is_second": batch is not None,
    }
    return render(request, "ballots/typing.html", context, status=409 if fault else 200)


@sensitive_variables("typed", "question")
def _send(request: HttpRequest, viewer: User, ballot: Ballot, typed: Typed) -> HttpResponse:
    address = resolve_url("typing_page", ballot.pk)
    forms = "form" if len(typed) == 1 else "forms"
    question = Question(
        button=f"Send {len(typed)} paper {forms}",
        happens="Nothing of what you typed is kept that anybody could read. A second person types "
        "in the same forms; if both agree, they go into the box, and if not, both begin again.",
        action=address,
        back=address,
        hidden=[("press", "all"), *(("typed", json.dumps(one)) for one in typed)],
        no_keeps=True,
    )
    if not is_answered(request, question):
        return ask(request, ballot, question)
    try:
        is_agreed = enter_papers(
            ballot_id=ballot.pk, papers=typed, actor=viewer, now=database_now()
        )
    except RefusalError as refusal:
        return ask(request, ballot, question, refusal=officer_refusal(refusal))
    is_first = PaperBatch.objects.filter(ballot=ballot).exists() and not is_agreed
    outcome = "" if is_agreed or is_first else "?outcome=differed"
    return HttpResponseRedirect(address + outcome)


def _told(
    request: HttpRequest, viewer: User, ballot: Ballot, batch: PaperBatch | None, issued: int
) -> HttpResponse:
    context = {
        "ballot": ballot,
        "issued": issued,
        "is_agreed": batch is not None and batch.is_agreed,
        "is_mine": batch is not None and batch.entered_by_id == viewer.pk,
        "is_too_early": ballot.state in {BallotState.ROLL_FROZEN, BallotState.OPEN},
    }
    return render(request, "ballots/typing_done.html", context)


def _typed(request: HttpRequest) -> Typed:
    """Return the papers that the page carried; what is none of them is left out."""
    found: Typed = []
    for text in request.POST.getlist("typed")[:MOST_PAPERS]:
        try:
            place, answers = json.loads(text[:LONGEST_PAPER])
        except (ValueError, TypeError, RecursionError):
            continue
        if isinstance(answers, dict) and (place is None or isinstance(place, int)):
            found.append((place, answers))
    return found


def _place(request: HttpRequest, places: Sequence[int]) -> int | None:
    """Return whose paper is typed in: as just pressed, else as before."""
    pressed = request.POST.get("press", "").removeprefix("place.")
    given = pressed if pressed.isdecimal() else request.POST.get("place", "")
    return next((one for one in places if str(one) == given), None)
