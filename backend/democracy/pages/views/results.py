"""The declared result, the package to count it again, and the public log."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url

from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.core.pages.private import private_page
from backend.counting.canonical import canonical
from backend.democracy.models import Ballot, BallotState
from backend.democracy.pages.log_words import log_lines
from backend.democracy.pages.reading import ballot_of, viewer_of
from backend.democracy.pages.result_views import answer_views
from backend.democracy.pages.views.challenge import may_be_challenged
from backend.democracy.pages.words import refusal_words
from backend.democracy.recount import recount
from backend.democracy.selectors import (
    Result,
    ballots_for,
    broken_log_place,
    my_entry,
    public_log,
    published_reason,
    result_for,
    what_follows,
)
from backend.democracy.services import challenge_until
from backend.organisation.policy_words import RULE_WORDS


@private_page("GET")
def result_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show each answer in a sentence, a picture and a table, and how to count again."""
    viewer, ballot = ballot_of(request, ballot_id)
    try:
        result = result_for(viewer, ballot)
    except RefusalError as refusal:
        context = {
            "ballot": ballot,
            "refusal": refusal_words(refusal.code),
            "is_void": ballot.state == BallotState.VOID,
            "reason": published_reason(ballot),
        }
        return render(request, "ballots/no_result.html", context)
    context = {
        "ballot": ballot,
        "result": result,
        "answers": _answers(ballot, result),
        "follows": what_follows(ballot, now=database_now()),
        "present_version": _present_version(ballot),
        "may_challenge": may_be_challenged(ballot) and my_entry(viewer, ballot) is not None,
        "until": challenge_until(ballot),
        "reason": published_reason(ballot),
    }
    return render(request, "ballots/result.html", context)


@private_page("GET")
def named_ballot(request: HttpRequest, code: str, page: str) -> HttpResponse:
    """Lead to a page of the ballot that a policy names; who knows a policy knows only the code."""
    found = ballots_for(viewer_of(request)).filter(code=code).first()
    if found is None:
        raise Http404
    return HttpResponseRedirect(resolve_url(page, ballot_id=found.pk))


@private_page("GET")
def package_file(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Answer with the package as a file, where it may be public."""
    viewer, ballot = ballot_of(request, ballot_id)
    try:
        package = result_for(viewer, ballot).package
    except RefusalError as refusal:
        raise Http404 from refusal
    if package is None:
        raise Http404
    return HttpResponse(
        canonical(dict(package)),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{ballot.code}.json"'},
    )


@private_page("GET")
def recount_script(request: HttpRequest) -> HttpResponse:
    """Answer with the script that counts a package again."""
    viewer_of(request)
    with open(recount.__file__, encoding="utf-8") as script:  # noqa: PTH123  a module's file
        text = script.read()
    return HttpResponse(
        text,
        content_type="text/x-python; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="recount.py"'},
    )


@private_page("GET")
def log_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show the public log in words, and whether its chain is whole."""
    _, ballot = ballot_of(request, ballot_id)
    entries = public_log(ballot)
    context = {
        "ballot": ballot,
        "lines": log_lines(entries),
        "broken": broken_log_place(ballot),
        "head": entries[-1].hash if entries else "",
    }
    return render(request, "ballots/log.html", context)


@private_page("GET")
def log_file(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Answer with the public log as it was hashed, for whoever wants to check the chain."""
    _, ballot = ballot_of(request, ballot_id)
    rows = [
        {
            "seq": entry.seq,
            "type": entry.type,
            "actor": entry.actor,
            "at": entry.at,
            "data": entry.data,
            "prev_hash": entry.prev_hash,
            "hash": entry.hash,
        }
        for entry in public_log(ballot)
    ]
    disposition = f'attachment; filename="{ballot.code}-log.json"'
    return JsonResponse(rows, safe=False, headers={"Content-Disposition": disposition})


def _present_version(ballot: Ballot) -> int | None:
    """Return the number of the policy that the bars are shown against; None: nobody had voted."""
    rows: list[dict[str, Any]] = ballot.paper
    return next((row["present_version"] for row in rows if row.get("present_version")), None)


def _answers(ballot: Ballot, result: Result) -> list[Any]:
    rows: list[dict[str, Any]] = ballot.paper
    headings = {row["id"]: row["title"] for row in rows}
    package = result.package or _without_papers(rows, result)
    labels = {name: words for name, (words, _) in RULE_WORDS.items()}
    return answer_views(package, headings=headings, labels=labels)


def _without_papers(rows: list[dict[str, Any]], result: Result) -> dict[str, Any]:
    """Return what of a package may be shown where single papers could tell who cast them.

    Names stand on the paper already; only rankings are ever held back.
    """
    by_id = {row["id"]: row for row in rows}
    declared: Any = result.result
    return {
        "questions": [
            {
                "id": answer["id"],
                "method": answer["method"],
                "inputs": {
                    "candidates": [
                        one["name"] for one in by_id[answer["id"]].get("candidates", [])
                    ],
                    "options": by_id[answer["id"]].get("options", []),
                },
            }
            for answer in declared["answers"]
        ],
        "declared": {"result": declared},
    }
