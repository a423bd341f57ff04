"""The receipt of a vote, and whether it is in the box."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core.pages.private import private_page
from backend.democracy.envelopes import RECEIPT_ALPHABET, RECEIPT_BITS
from backend.democracy.pages.reading import ballot_of
from backend.democracy.selectors import my_entry

SIGNS = RECEIPT_BITS // 5
LOOK_ALIKES = str.maketrans("OIL", "011")
"""Letters that no receipt has, for figures that look like them on a note."""


@private_page("GET")
def receipt_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show the viewer's own receipt while the ballot is open; afterwards nobody has it but they."""
    viewer, ballot = ballot_of(request, ballot_id)
    entry = my_entry(viewer, ballot)
    return render(request, "ballots/receipt.html", {"ballot": ballot, "entry": entry})


@private_page("GET", "POST")
def check_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Look a receipt up: in the own envelope while open, in the published list afterwards.

    The receipt comes in a form, so that it stands in no address and no log.
    """
    viewer, ballot = ballot_of(request, ballot_id)
    entry = my_entry(viewer, ballot)
    own = entry.receipt if entry else ""
    published = ballot.receipts
    typed = request.POST.get("receipt", "")
    receipt = receipt_as_written(typed)
    found = bool(receipt) and (receipt in published if published is not None else receipt == own)
    context = {
        "ballot": ballot,
        "typed": typed,
        "is_asked": request.method == "POST",
        "is_found": found,
        "is_published": published is not None,
        "receipts": published,
    }
    return render(request, "ballots/check.html", context)


def receipt_as_written(typed: str) -> str:
    """Return a receipt as it is published, however it was typed; empty if it can be none."""
    signs = "".join(sign for sign in typed.upper().translate(LOOK_ALIKES) if sign.isalnum())
    if len(signs) != SIGNS or not set(signs) <= set(RECEIPT_ALPHABET):
        return ""
    return "-".join(signs[at : at + 4] for at in range(0, SIGNS, 4))
