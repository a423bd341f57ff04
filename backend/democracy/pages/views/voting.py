"""Fill in a paper, read it again, cast it. Nothing is kept between two pages but in the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.debug import sensitive_variables

from backend.accounts.models import User
from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.core.pages.private import private_page
from backend.democracy.models import Ballot
from backend.democracy.pages.paper_screens import screens_of
from backend.democracy.pages.reading import ballot_of
from backend.democracy.pages.screens import (
    ApprovalScreen,
    ChoiceScreen,
    Draft,
    OrderScreen,
    RanksScreen,
    ScaleScreen,
    Screen,
    TokensScreen,
)
from backend.democracy.pages.screens.screen import whole_number
from backend.democracy.pages.views.overview import is_open_now
from backend.democracy.pages.words import refusal_words
from backend.democracy.selectors import my_entry, my_paper
from backend.democracy.services.casting import cast_ballot

LONGEST_FIELD = 400
"""More than the longest order of a hundred candidates takes."""


@private_page("GET", "POST")
@sensitive_variables("draft")
def vote_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show one question, or all answers for reading again; every button sends the whole draft."""
    viewer, ballot = ballot_of(request, ballot_id)
    screens = screens_of(my_paper(viewer, ballot), kind=ballot.kind)
    entry = my_entry(viewer, ballot)
    if not screens or entry is None or entry.paper_issued or not is_open_now(ballot):
        return HttpResponseRedirect(resolve_url("ballot_page", ballot.pk))
    draft = _draft(request, screens)
    at = whole_number(request.POST.get("at", "0"), most=len(screens))
    button = request.POST.get("press", "")
    if button == "cast" and at == len(screens):
        return _cast(request, viewer, ballot, screens, draft)
    if at < len(screens):
        draft = screens[at].press(draft, button)
    fault = ""
    if button == "next" and at < len(screens):
        fault = screens[at].fault(draft)
        at += not fault
    elif button == "back":
        if at == 0:
            return HttpResponseRedirect(resolve_url("ballot_page", ballot.pk))
        at -= 1
    elif button.startswith("go."):
        at = whole_number(button.removeprefix("go."), most=len(screens) - 1)
    if at == len(screens):
        return _review(request, ballot, screens, draft, has_voted=entry.voted)
    return _question(request, ballot, screens, draft, at=at, fault=fault)


def _draft(request: HttpRequest, screens: list[Screen]) -> Draft:
    fields = (field for screen in screens for field in screen.fields)
    return {field: request.POST.get(field, "")[:LONGEST_FIELD] for field in fields}


@sensitive_variables("draft")
def _question(
    request: HttpRequest,
    ballot: Ballot,
    screens: list[Screen],
    draft: Draft,
    *,
    at: int,
    fault: str,
) -> HttpResponse:
    screen = screens[at]
    carried = [pair for other in screens if other is not screen for pair in other.kept(draft)]
    context = {
        "ballot": ballot,
        "screen": screen,
        "at": at,
        "count": len(screens),
        "is_last": at == len(screens) - 1,
        "fault": fault,
        "carried": carried,
        **_parts(screen, draft, request.POST.get("press", "")),
    }
    return render(request, "ballots/vote.html", context)


def _parts(screen: Screen, draft: Draft, pressed: str) -> dict[str, Any]:
    """Return what a screen's own template shows."""
    match screen:
        case TokensScreen():
            return {"left": screen.left(draft), "rows": screen.rows(draft, pressed)}
        case ScaleScreen():
            return {"steps": screen.steps(draft), "is_blank": screen.is_blank(draft)}
        case OrderScreen():
            return {
                "order": draft[screen.fields[0]],
                "chosen": screen.chosen(draft),
                "others": screen.others(draft),
                "next_place": screen.next_place(draft),
                "pressed": pressed.startswith("put."),
            }
        case ChoiceScreen() | RanksScreen() | ApprovalScreen():
            return {"rows": screen.rows(draft)}
        case _:
            return {}


@sensitive_variables("draft")
def _review(
    request: HttpRequest,
    ballot: Ballot,
    screens: list[Screen],
    draft: Draft,
    *,
    has_voted: bool,
    refusal: str = "",
) -> HttpResponse:
    parts = [
        {"screen": one, "lines": one.lines(draft), "fault": one.fault(draft)} for one in screens
    ]
    answered = any(part["lines"] for part in parts)
    context = {
        "ballot": ballot,
        "count": len(screens),
        "parts": parts,
        "carried": [pair for screen in screens for pair in screen.kept(draft)],
        "is_complete": answered and not any(part["fault"] for part in parts),
        "is_blank": not answered,
        "has_voted": has_voted,
        "assisted": request.POST.get("assisted", ""),
        "refusal": refusal,
    }
    return render(request, "ballots/review.html", context, status=409 if refusal else 200)


@sensitive_variables("draft", "answers")
def _cast(
    request: HttpRequest, viewer: User, ballot: Ballot, screens: list[Screen], draft: Draft
) -> HttpResponse:
    """Cast the draft; what cannot be cast is shown for reading again, with the reason."""
    entry = my_entry(viewer, ballot)
    has_voted = entry is not None and entry.voted
    if any(screen.fault(draft) for screen in screens):
        return _review(request, ballot, screens, draft, has_voted=has_voted)
    answers = {screen.id: screen.answer(draft) for screen in screens}
    given = {name: answer for name, answer in answers.items() if answer is not None}
    try:
        cast_ballot(
            ballot_id=ballot.pk,
            answers=given,
            is_assisted=bool(request.POST.get("assisted")),
            actor=viewer,
            now=database_now(),
        )
    except RefusalError as refusal:
        words = refusal_words(refusal.code)
        return _review(request, ballot, screens, draft, has_voted=has_voted, refusal=words)
    # A page of its own: reloading it casts nothing again.
    return HttpResponseRedirect(resolve_url("receipt_page", ballot.pk))
