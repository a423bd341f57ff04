"""The page that asks once before something that cannot be undone, with what follows from it."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.democracy.models import Ballot

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `hidden` is sent again with the answer; `back` is where a no leads.

    `no_keeps`: a no sends all of it too, so that nothing of what was typed is lost.
    """

    button: str
    happens: str
    action: str
    back: str
    hidden: list[tuple[str, str]] = field(default_factory=list)
    needs_reason: bool = False
    is_grave: bool = False
    can_be_undone: bool = False
    no_keeps: bool = False


def is_answered(request: HttpRequest, question: Question) -> bool:
    """Say whether the form holds a yes, and a reason where one is needed."""
    has_reason = not question.needs_reason or bool(reason_of(request))
    return bool(request.POST.get("sure")) and has_reason


def is_declined(request: HttpRequest) -> bool:
    """Say whether the form is a no that brought back what was typed."""
    return bool(request.POST.get("no"))


def reason_of(request: HttpRequest) -> str:
    """Return the reason typed in, cut to what is kept."""
    return request.POST.get("reason", "").strip()[:LONGEST_REASON]


def ask(
    request: HttpRequest, ballot: Ballot, question: Question, refusal: str = ""
) -> HttpResponse:
    """Ask, with what was typed so far; a yes without its reason is asked for it."""
    if not refusal and request.POST.get("sure"):
        refusal = "Please give a reason."
    context = {
        "ballot": ballot,
        "question": question,
        "reason": reason_of(request),
        "refusal": refusal,
    }
    return render(request, "ballots/sure.html", context, status=409 if refusal else 200)
