"""A paper filled in page by page: the same for who votes and for the officer's preview of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from backend.democracy.models import Ballot
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

LONGEST_FIELD = 400
"""More than the longest order of a hundred candidates takes."""


@dataclass(frozen=True, slots=True)
class Form:
    """A paper that is being filled in. `address` takes its buttons, `back` is before it.

    Nothing is cast from a preview. `kept` are fields that each of its pages carries on.
    """

    ballot: Ballot
    screens: Sequence[Screen]
    address: str
    back: str
    has_voted: bool = False
    is_preview: bool = False
    kept: tuple[tuple[str, str], ...] = ()


@sensitive_variables("draft")
def turn_page(request: HttpRequest, form: Form) -> HttpResponse:
    """Show one question, or all answers for reading again; every button sends the whole draft."""
    screens = form.screens
    draft = draft_of(request, screens)
    at = place_of(request, screens)
    button = request.POST.get("press", "")
    if at < len(screens):
        draft = screens[at].press(draft, button)
    fault = ""
    if button == "next" and at < len(screens):
        fault = screens[at].fault(draft)
        at += not fault
    elif button == "back":
        if at == 0:
            return HttpResponseRedirect(form.back)
        at -= 1
    elif button.startswith("go."):
        at = whole_number(button.removeprefix("go."), most=len(screens) - 1)
    if at == len(screens):
        return review(request, form, draft)
    return _question(request, form, draft, at=at, fault=fault)


def draft_of(request: HttpRequest, screens: Sequence[Screen]) -> Draft:
    """Return what is filled in so far."""
    fields = (field for screen in screens for field in screen.fields)
    return {field: request.POST.get(field, "")[:LONGEST_FIELD] for field in fields}


def place_of(request: HttpRequest, screens: Sequence[Screen]) -> int:
    """Return which page was sent: a screen's place, or their number for the reading again."""
    return whole_number(request.POST.get("at", "0"), most=len(screens))


@sensitive_variables("draft")
def review(request: HttpRequest, form: Form, draft: Draft, *, refusal: str = "") -> HttpResponse:
    """Show all answers for reading again."""
    parts = [
        {"screen": one, "lines": one.lines(draft), "fault": one.fault(draft)}
        for one in form.screens
    ]
    answered = any(part["lines"] for part in parts)
    context = {
        "form": form,
        "ballot": form.ballot,
        "count": len(form.screens),
        "parts": parts,
        "carried": [*form.kept, *(pair for screen in form.screens for pair in screen.kept(draft))],
        "is_complete": answered and not any(part["fault"] for part in parts),
        "is_blank": not answered,
        "assisted": request.POST.get("assisted", ""),
        "refusal": refusal,
    }
    return render(request, "ballots/review.html", context, status=409 if refusal else 200)


@sensitive_variables("draft")
def _question(
    request: HttpRequest, form: Form, draft: Draft, *, at: int, fault: str
) -> HttpResponse:
    screen = form.screens[at]
    others = (other for other in form.screens if other is not screen)
    context = {
        "form": form,
        "ballot": form.ballot,
        "screen": screen,
        "at": at,
        "count": len(form.screens),
        "is_last": at == len(form.screens) - 1,
        "fault": fault,
        "carried": [*form.kept, *(pair for other in others for pair in other.kept(draft))],
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
