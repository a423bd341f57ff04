"""Set the questions of a ballot: all of a policy's at once, else one by one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from backend.accounts.models import User
from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.core.pages.private import private_page
from backend.democracy.models import Ballot, BallotKind, BallotState
from backend.democracy.pages.editors import EDITORS, Editor
from backend.democracy.pages.forms.policy_form import PolicyForm
from backend.democracy.pages.reading import officers_ballot
from backend.democracy.pages.words import officer_refusal
from backend.democracy.papers import MOST_QUESTIONS
from backend.democracy.policy_paper import present_policy
from backend.democracy.services import set_paper
from backend.organisation.selectors import today_in


@private_page("GET", "POST")
def questions_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show what is asked, and take a question out; of a policy ballot all questions stand here."""
    viewer, ballot = officers_ballot(request, ballot_id)
    if ballot.state != BallotState.DRAFT:
        return HttpResponseRedirect(resolve_url("officer_page", ballot.pk))
    if ballot.kind == BallotKind.POLICY:
        return _policy(request, viewer, ballot)
    rows: list[dict[str, Any]] = ballot.paper
    action, _, name = request.POST.get("press", "").partition(".")
    left = [row for row in rows if row["id"] != name]
    # A paper cannot be empty: the only question is changed, or the ballot given up.
    if action == "remove" and left and len(left) < len(rows):
        refusal = _set(viewer, ballot, left)
        if not refusal:
            return HttpResponseRedirect(resolve_url("questions_page", ballot.pk))
        return _list(request, ballot, refusal)
    if not rows and request.method == "GET":
        return HttpResponseRedirect(resolve_url("question_page", ballot.pk, _free_name(rows)))
    return _list(request, ballot)


@private_page("GET", "POST")
def question_page(request: HttpRequest, ballot_id: int, name: str) -> HttpResponse:
    """Write one question; saved twice, it is there once."""
    viewer, ballot = officers_ballot(request, ballot_id)
    if ballot.state != BallotState.DRAFT:
        return HttpResponseRedirect(resolve_url("officer_page", ballot.pk))
    rows: list[dict[str, Any]] = ballot.paper
    row = next((one for one in rows if one["id"] == name), None)
    make = EDITORS.get(BallotKind(ballot.kind))
    if make is None or (row is None and name != _free_name(rows)):
        raise Http404
    editor = make(ballot, name, row, request.POST if request.method == "POST" else None)
    button = request.POST.get("press", "")
    if button != "save":
        editor.press(button)
        # What is not sent yet is not judged yet.
        return _edit(request, editor, is_new=row is None, is_judged=False)
    written = editor.row()
    if written is not None:
        after = [written if one["id"] == name else one for one in rows]
        refusal = _set(viewer, ballot, after if row is not None else [*rows, written])
        if not refusal:
            return HttpResponseRedirect(resolve_url("questions_page", ballot.pk))
        editor.faults.append(refusal)
    return _edit(request, editor, is_new=row is None, is_judged=True)


def _policy(request: HttpRequest, viewer: User, ballot: Ballot) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    present = present_policy(ballot.organisation, today_in(ballot.organisation, database_now()))
    form = PolicyForm(data, paper=ballot.paper, present=present)
    refusal = ""
    if data is not None and form.is_valid():
        refusal = _set(viewer, ballot, form.rows())
        if not refusal:
            return HttpResponseRedirect(resolve_url("officer_page", ballot.pk))
    faults = form.faults() if data is not None else []
    context = {
        "ballot": ballot,
        "form": form,
        "faults": faults,
        "refusal": refusal,
        "number": present.number,
    }
    status = 400 if faults else 409 if refusal else 200
    return render(request, "ballots/policy.html", context, status=status)


def _set(viewer: User, ballot: Ballot, rows: list[dict[str, Any]]) -> str:
    """Set the paper and return an empty text, or why it is refused."""
    try:
        set_paper(ballot_id=ballot.pk, paper=rows, actor=viewer, now=database_now())
    except RefusalError as refusal:
        return officer_refusal(refusal)
    return ""


def _list(request: HttpRequest, ballot: Ballot, refusal: str = "") -> HttpResponse:
    rows: list[dict[str, Any]] = ballot.paper
    context = {
        "ballot": ballot,
        "rows": rows,
        "free": _free_name(rows) if len(rows) < MOST_QUESTIONS else "",
        "refusal": refusal,
    }
    return render(request, "ballots/questions.html", context, status=409 if refusal else 200)


def _edit(request: HttpRequest, editor: Editor, *, is_new: bool, is_judged: bool) -> HttpResponse:
    is_faulty = is_judged and bool(editor.faults or editor.form.errors)
    context = {
        "ballot": editor.ballot,
        "editor": editor,
        "form": editor.form if is_judged else unjudged(editor),
        "is_new": is_new,
        "address": resolve_url("question_page", editor.ballot.pk, editor.name),
        **editor.context(),
    }
    return render(request, editor.template, context, status=400 if is_faulty else 200)


def unjudged(editor: Editor) -> Any:
    """Return the form with what is typed in it, and no fault beside it."""
    form = editor.form
    if not form.is_bound:
        return form
    given = {name: form[name].value() for name in form.fields}
    fresh = type(form)(initial=given, use_required_attribute=False)
    fresh.fields = form.fields
    return fresh


def _free_name(rows: list[dict[str, Any]]) -> str:
    known = {row["id"] for row in rows}
    return next(f"q{n}" for n in range(1, len(rows) + 2) if f"q{n}" not in known)
