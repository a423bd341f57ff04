"""Fill in a paper, read it again, cast it. Nothing is kept between two pages but in the page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.views.decorators.debug import sensitive_variables

from backend.accounts.models import User
from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.core.pages.private import private_page
from backend.democracy.pages.filling import Form, draft_of, place_of, review, turn_page
from backend.democracy.pages.paper_screens import screens_of
from backend.democracy.pages.reading import ballot_of
from backend.democracy.pages.views.overview import is_open_now
from backend.democracy.pages.words import refusal_words
from backend.democracy.selectors import my_entry, my_paper
from backend.democracy.services import cast_ballot


@private_page("GET", "POST")
def vote_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show one question, or all answers for reading again; cast what was read again."""
    viewer, ballot = ballot_of(request, ballot_id)
    screens = screens_of(my_paper(viewer, ballot), kind=ballot.kind)
    entry = my_entry(viewer, ballot)
    back = resolve_url("ballot_page", ballot.pk)
    if not screens or entry is None or entry.paper_issued or not is_open_now(ballot):
        return HttpResponseRedirect(back)
    address = resolve_url("vote_page", ballot.pk)
    form = Form(ballot, screens, address=address, back=back, has_voted=entry.voted)
    if request.POST.get("press") == "cast" and place_of(request, screens) == len(screens):
        return _cast(request, viewer, form)
    return turn_page(request, form)


@sensitive_variables("draft", "answers", "given")
def _cast(request: HttpRequest, viewer: User, form: Form) -> HttpResponse:
    """Cast the draft; what cannot be cast is shown for reading again, with the reason."""
    draft = draft_of(request, form.screens)
    if any(screen.fault(draft) for screen in form.screens):
        return review(request, form, draft)
    answers = {screen.id: screen.answer(draft) for screen in form.screens}
    given = {name: answer for name, answer in answers.items() if answer is not None}
    try:
        cast_ballot(
            ballot_id=form.ballot.pk,
            answers=given,
            is_assisted=bool(request.POST.get("assisted")),
            actor=viewer,
            now=database_now(),
        )
    except RefusalError as refusal:
        return review(request, form, draft, refusal=refusal_words(refusal.code))
    # A page of its own: reloading it casts nothing again.
    return HttpResponseRedirect(resolve_url("receipt_page", form.ballot.pk))
