"""Name the three scrutineers: looked for by name, and chosen one by one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from backend.accounts.models import User
from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.core.pages.private import private_page
from backend.democracy.models import NEEDED_SCRUTINEERS, Ballot, BallotState
from backend.democracy.pages.reading import officers_ballot
from backend.democracy.pages.screens.screen import whole_number
from backend.democracy.pages.sure import Question, ask, is_answered, is_declined
from backend.democracy.pages.words import officer_refusal
from backend.democracy.selectors import nominees
from backend.democracy.services import appoint_scrutineers


@private_page("GET", "POST")
def naming_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show who is chosen and who is found; every button sends what is chosen so far."""
    viewer, ballot = officers_ballot(request, ballot_id)
    if ballot.state not in {BallotState.DRAFT, BallotState.ROLL_FROZEN}:
        return HttpResponseRedirect(resolve_url("officer_page", ballot.pk))
    present = list(ballot.scrutineers.order_by("pk").values_list("user_id", flat=True))
    if request.method != "POST":
        return _page(request, ballot, present)
    button = request.POST.get("press", "")
    chosen = _pressed(request.POST.getlist("chosen"), button)
    if button != "name" or is_declined(request):
        return _page(request, ballot, chosen)
    if ballot.public_key and set(chosen) != set(present):
        question = _new_key_needed(ballot, chosen)
        if not is_answered(request, question):
            return ask(request, ballot, question)
    return _name(request, viewer, ballot, chosen)


def _pressed(sent: list[str], button: str) -> list[int]:
    """Return who is chosen after a button: each once, no more than are needed."""
    chosen = [whole_number(one) for one in sent]
    action, _, text = button.partition(".")
    if action == "put":
        chosen.append(whole_number(text))
    elif action == "out":
        chosen = [one for one in chosen if one != whole_number(text)]
    return list(dict.fromkeys(one for one in chosen if one))[:NEEDED_SCRUTINEERS]


def _new_key_needed(ballot: Ballot, chosen: list[int]) -> Question:
    return Question(
        button="Name these three",
        happens="There is a key already. It becomes useless: the three whom you name now must meet "
        "and make a new one, and confirm it.",
        action=resolve_url("naming_page", ballot.pk),
        back=resolve_url("naming_page", ballot.pk),
        hidden=[("press", "name"), *(("chosen", str(one)) for one in chosen)],
        no_keeps=True,
    )


def _name(request: HttpRequest, viewer: User, ballot: Ballot, chosen: list[int]) -> HttpResponse:
    try:
        appoint_scrutineers(ballot_id=ballot.pk, user_ids=chosen, actor=viewer, now=database_now())
    except RefusalError as refusal:
        return _page(request, ballot, chosen, refusal=officer_refusal(refusal))
    return HttpResponseRedirect(resolve_url("officer_page", ballot.pk))


def _page(
    request: HttpRequest, ballot: Ballot, chosen: list[int], refusal: str = ""
) -> HttpResponse:
    words = request.POST.get("words", "").strip()
    by_key = {one.user_id: one for one in nominees(ballot, user_ids=chosen)}
    context = {
        "ballot": ballot,
        "chosen": [by_key[one] for one in chosen if one in by_key],
        "missing": NEEDED_SCRUTINEERS - len(by_key),
        "words": words,
        "found": [one for one in nominees(ballot, words=words) if one.user_id not in by_key]
        if words
        else [],
        "refusal": refusal,
    }
    return render(request, "ballots/naming.html", context, status=409 if refusal else 200)
