"""The paper as voters will see it, to be filled in and never cast."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from backend.core.pages.private import private_page
from backend.democracy.pages.filling import Form, turn_page
from backend.democracy.pages.paper_screens import printed_screens
from backend.democracy.pages.reading import officers_ballot
from backend.democracy.selectors import constituencies_asked


@private_page("GET", "POST")
def preview_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show the voters' own screens; who is asked differently is chosen first."""
    _, ballot = officers_ballot(request, ballot_id)
    back = resolve_url("officer_page", ballot.pk)
    if not ballot.paper:
        return HttpResponseRedirect(back)
    address = resolve_url("preview_page", ballot.pk)
    places = constituencies_asked(ballot)
    if not places:
        return turn_page(
            request, Form(ballot, printed_screens(ballot, None), address, back, is_preview=True)
        )
    chosen = next((one for one in places if str(one.pk) == request.POST.get("place")), None)
    if chosen is None:
        return render(request, "ballots/preview_places.html", {"ballot": ballot, "places": places})
    screens = printed_screens(ballot, chosen.pk)
    kept = (("place", str(chosen.pk)),)
    return turn_page(request, Form(ballot, screens, address, address, is_preview=True, kept=kept))
