"""The scrutineer's page: set and confirm the key, take the box away, bring the opened votes."""

import json
import re

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.debug import sensitive_variables

from backend.accounts.models import User
from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.core.pages.private import private_page
from backend.counting.canonical import canonical
from backend.democracy.models import Ballot, BallotState
from backend.democracy.pages.reading import scrutineers_ballot
from backend.democracy.pages.words import STATES, refusal_words
from backend.democracy.selectors import exported_box
from backend.democracy.services.declaring import receive_opened
from backend.democracy.services.preparing import confirm_share, set_key

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes; the opened votes of ten thousand members take less."""
KEY = re.compile(r"[0-9a-f]{64}")


class BadFileError(ValueError):
    """The file is not what the scrutineers' tool writes."""


@private_page("GET", "POST")
def scrutineer_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show what a scrutineer does now, and do it."""
    viewer, ballot = scrutineers_ballot(request, ballot_id)
    if request.method != "POST":
        return _page(request, viewer, ballot)
    try:
        _do(request, viewer, ballot)
    except BadFileError as error:
        return _page(request, viewer, ballot, refusal=str(error))
    except RefusalError as refusal:
        return _page(request, viewer, ballot, refusal=refusal_words(refusal.code))
    return HttpResponseRedirect(resolve_url("scrutineer_page", ballot.pk))


@private_page("GET")
def box_file(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Answer with the sealed box as a file for the scrutineers' tool."""
    viewer, ballot = scrutineers_ballot(request, ballot_id)
    try:
        box = exported_box(ballot)
    except RefusalError as refusal:
        return _page(request, viewer, ballot, refusal=refusal_words(refusal.code))
    return HttpResponse(
        canonical(box),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{ballot.code}-box.json"'},
    )


def _do(request: HttpRequest, viewer: User, ballot: Ballot) -> None:
    action, now = request.POST.get("step", ""), database_now()
    if action in {"key", "confirm"}:
        key = request.POST.get("public_key", "").strip().lower()
        if not KEY.fullmatch(key):
            message = "A public key has 64 figures and letters from a to f."
            raise BadFileError(message)
        service = set_key if action == "key" else confirm_share
        service(ballot_id=ballot.pk, public_key=key, actor=viewer, now=now)
    elif action == "opened":
        opened = _opened(request)
        receive_opened(ballot_id=ballot.pk, opened=opened, actor=viewer, now=now)


@sensitive_variables("file", "text", "found", "opened")
def _opened(request: HttpRequest) -> dict[str, str]:
    """Return the content of the uploaded file: opened votes by random id."""
    message = "Choose the file that the scrutineers' tool wrote when it opened the box."
    file = request.FILES.get("opened")
    if not isinstance(file, UploadedFile) or (file.size or 0) > LARGEST_FILE:
        raise BadFileError(message)
    try:
        found = json.loads(file.read().decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        # The fault would quote what was opened; nothing of it goes further.
        raise BadFileError(message) from None
    opened = found.get("opened") if isinstance(found, dict) else None
    if not isinstance(opened, dict) or not all(isinstance(one, str) for one in opened.values()):
        raise BadFileError(message)
    return opened


def _page(request: HttpRequest, viewer: User, ballot: Ballot, refusal: str = "") -> HttpResponse:
    state = BallotState(ballot.state)
    keepers = ballot.scrutineers.select_related("user").order_by("user__display_name")
    context = {
        "ballot": ballot,
        "state": STATES[state],
        "refusal": refusal,
        "keepers": keepers,
        "own": next(keeper for keeper in keepers if keeper.user_id == viewer.pk),
        "is_preparing": state == BallotState.ROLL_FROZEN,
        "is_box_ready": state == BallotState.UNLINKED and ballot.is_rewritten,
        "types_papers": state == BallotState.CLOSED
        and ballot.roll.filter(paper_issued=True).exists(),
        "is_done": state
        not in {
            BallotState.DRAFT,
            BallotState.ROLL_FROZEN,
            BallotState.OPEN,
            BallotState.CLOSED,
            BallotState.UNLINKED,
        },
    }
    return render(request, "ballots/scrutineer.html", context, status=409 if refusal else 200)
