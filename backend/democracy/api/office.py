"""What the returning officer does with a ballot, and what both offices see of it."""

from collections.abc import Callable
from typing import Any

from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from backend.core.api.views import OperationView, actor_of
from backend.core.database_clock import database_now
from backend.democracy.api.shapes import (
    BallotOfficeOut,
    BallotOut,
    CorrectRollIn,
    DecideChallengeIn,
    IssuePaperIn,
    QuestionsIn,
    ReasonIn,
    ScrutineersIn,
    TypedPapersIn,
    TypedPapersOut,
)
from backend.democracy.api.steps import given_in, step_taken
from backend.democracy.models import Ballot
from backend.democracy.selectors import office_ballot, officer_ballot, turnout
from backend.democracy.services import (
    appoint_scrutineers,
    correct_roll,
    decide_challenge,
    declare_ballot,
    enter_papers,
    freeze_roll,
    issue_paper,
    open_ballot,
    set_paper,
    void_ballot,
)


def officer_step(
    request: Request,
    ballot_id: int,
    service: Callable[..., Ballot],
    takes: type[Serializer[Any]] | None = None,
) -> Response:
    """Take a step with a ballot of which the viewer is the returning officer."""
    ballot = officer_ballot(actor_of(request), ballot_id)
    return step_taken(request, ballot, service, takes)


class BallotOffice(OperationView):
    """How far a ballot has come, for its officer and scrutineers."""

    operations = {"get": "get_ballot_office"}

    @extend_schema(responses=BallotOfficeOut)
    def get(self, request: Request, ballot_id: int) -> Response:
        ballot = office_ballot(actor_of(request), ballot_id)
        found = {
            "ballot": ballot,
            "paper": ballot.paper,
            "eligible": ballot.roll.count(),
            "scrutineers": ballot.scrutineers.count(),
            "confirmed": ballot.scrutineers.filter(has_confirmed=True).count(),
            "papers_issued": ballot.roll.filter(paper_issued=True).count(),
            "is_box_ready": ballot.is_rewritten,
            "turnout": turnout(ballot),
        }
        return Response(BallotOfficeOut(found).data)


class Questions(OperationView):
    """Set the questions; 409 with `democracy.bad_paper` names what could not be counted."""

    operations = {"put": "set_ballot_questions"}

    @extend_schema(request=QuestionsIn, responses=BallotOut)
    def put(self, request: Request, ballot_id: int) -> Response:
        return officer_step(request, ballot_id, set_paper, QuestionsIn)


class Scrutineers(OperationView):
    """Name the three scrutineers; a key set before is gone."""

    operations = {"put": "appoint_scrutineers"}

    @extend_schema(request=ScrutineersIn, responses=BallotOut)
    def put(self, request: Request, ballot_id: int) -> Response:
        return officer_step(request, ballot_id, appoint_scrutineers, ScrutineersIn)


class FreezeRoll(OperationView):
    """Copy who may vote, and fix the questions."""

    operations = {"post": "freeze_roll"}

    @extend_schema(request=None, responses=BallotOut)
    def post(self, request: Request, ballot_id: int) -> Response:
        return officer_step(request, ballot_id, freeze_roll)


class CorrectRoll(OperationView):
    """Add or take off a member before opening."""

    operations = {"post": "correct_roll"}

    @extend_schema(request=CorrectRollIn, responses=BallotOut)
    def post(self, request: Request, ballot_id: int) -> Response:
        return officer_step(request, ballot_id, correct_roll, CorrectRollIn)


class OpenBallot(OperationView):
    """Open the ballot once its time has come."""

    operations = {"post": "open_ballot"}

    @extend_schema(request=None, responses=BallotOut)
    def post(self, request: Request, ballot_id: int) -> Response:
        return officer_step(request, ballot_id, open_ballot)


class DeclareBallot(OperationView):
    """Count and declare."""

    operations = {"post": "declare_ballot"}

    @extend_schema(request=None, responses=BallotOut)
    def post(self, request: Request, ballot_id: int) -> Response:
        return officer_step(request, ballot_id, declare_ballot)


class DecideChallenge(OperationView):
    """Decide a challenge."""

    operations = {"post": "decide_ballot_challenge"}

    @extend_schema(request=DecideChallengeIn, responses=BallotOut)
    def post(self, request: Request, ballot_id: int) -> Response:
        return officer_step(request, ballot_id, decide_challenge, DecideChallengeIn)


class VoidBallot(OperationView):
    """Give a ballot up before anybody could know its result."""

    operations = {"post": "void_ballot"}

    @extend_schema(request=ReasonIn, responses=BallotOut)
    def post(self, request: Request, ballot_id: int) -> Response:
        return officer_step(request, ballot_id, void_ballot, ReasonIn)


class IssuePaper(OperationView):
    """Note that a member votes on paper; 204, and no record of when."""

    operations = {"post": "issue_paper_ballot"}

    @extend_schema(request=IssuePaperIn, responses={204: None})
    def post(self, request: Request, ballot_id: int) -> Response:
        ballot = officer_ballot(actor_of(request), ballot_id)
        issue_paper(
            ballot_id=ballot.pk,
            actor=actor_of(request),
            now=database_now(),
            **given_in(request, IssuePaperIn),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class EnterPapers(OperationView):
    """Type in all papers after close; boxed once two people have typed in the same."""

    operations = {"post": "enter_paper_ballots"}

    @extend_schema(request=TypedPapersIn, responses=TypedPapersOut)
    def post(self, request: Request, ballot_id: int) -> Response:
        ballot = office_ballot(actor_of(request), ballot_id)
        given = given_in(request, TypedPapersIn)
        is_agreed = enter_papers(
            ballot_id=ballot.pk,
            papers=[(one["constituency_id"], one["answers"]) for one in given["papers"]],
            actor=actor_of(request),
            now=database_now(),
        )
        return Response(TypedPapersOut({"is_agreed": is_agreed}).data)
