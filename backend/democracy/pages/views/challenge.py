"""Challenge a declared result, as somebody on the roll."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.core.pages.private import private_page
from backend.democracy.models import Ballot, BallotState
from backend.democracy.pages.reading import ballot_of
from backend.democracy.pages.sure import Question, ask, is_answered, reason_of
from backend.democracy.pages.words import moment_words, refusal_words
from backend.democracy.selectors import my_entry
from backend.democracy.services import challenge_ballot, challenge_until


@private_page("GET", "POST")
def challenge_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Ask for the reason, with what follows; who is not on the roll is led to the ballot."""
    viewer, ballot = ballot_of(request, ballot_id)
    result = resolve_url("result_page", ballot.pk)
    if my_entry(viewer, ballot) is None:
        return HttpResponseRedirect(resolve_url("ballot_page", ballot.pk))
    # Sent twice, the second finds it challenged already.
    if not may_be_challenged(ballot):
        return HttpResponseRedirect(result)
    question = Question(
        button="Challenge this result",
        happens="The result is held back, and nothing follows from it until the returning officer "
        f"has decided. Everybody can read your reason, but not your name. You can do this until "
        f"{moment_words(challenge_until(ballot))}.",
        action=resolve_url("challenge_page", ballot.pk),
        back=result,
        needs_reason=True,
    )
    if not is_answered(request, question):
        return ask(request, ballot, question)
    try:
        challenge_ballot(
            ballot_id=ballot.pk, reason=reason_of(request), actor=viewer, now=database_now()
        )
    except RefusalError as refusal:
        return ask(request, ballot, question, refusal=refusal_words(refusal.code))
    return HttpResponseRedirect(result)


def may_be_challenged(ballot: Ballot) -> bool:
    """Say whether a result could be challenged now; the service asks again when it is."""
    return ballot.state == BallotState.DECLARED and database_now() < challenge_until(ballot)
