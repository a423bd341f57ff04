"""What members do with ballots: read, vote, look for their receipt, read the result, challenge."""

from django.http import JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.core.database_clock import database_now
from backend.democracy.api.shapes import (
    BallotDetailOut,
    BallotIn,
    BallotLogOut,
    BallotOut,
    BallotReceiptsOut,
    BallotResultOut,
    CastIn,
    ReasonIn,
    ReceiptOut,
)
from backend.democracy.api.steps import step_taken
from backend.democracy.models import Ballot
from backend.democracy.selectors import (
    ballot_for,
    ballots_for,
    broken_log_place,
    my_entry,
    my_paper,
    public_log,
    result_for,
    turnout,
    what_follows,
)
from backend.democracy.services import BallotPlan, cast_ballot, challenge_ballot, create_ballot


class Ballots(OperationView):
    """The ballots of the organisation, the latest to close first; or begin one."""

    operations = {"get": "list_ballots", "post": "create_ballot"}

    @extend_schema(responses=BallotOut(many=True))
    def get(self, request: Request) -> Response:
        return Response(BallotOut(ballots_for(actor_of(request)), many=True).data)

    @extend_schema(request=BallotIn, responses={201: BallotOut})
    def post(self, request: Request) -> Response:
        given = BallotIn(data=request.data)
        given.is_valid(raise_exception=True)
        plan = BallotPlan(
            **{**given.validated_data, "classes": tuple(given.validated_data["classes"])}
        )
        ballot = create_ballot(plan=plan, actor=actor_of(request), now=database_now())
        return Response(BallotOut(ballot).data, status=status.HTTP_201_CREATED)


class OneBallot(OperationView):
    """A ballot with the viewer's own paper and how many have voted."""

    operations = {"get": "get_ballot"}

    @extend_schema(responses=BallotDetailOut)
    def get(self, request: Request, ballot_id: int) -> Response:
        viewer = actor_of(request)
        ballot = ballot_for(viewer, ballot_id)
        found = {
            "ballot": ballot,
            "mine": my_entry(viewer, ballot),
            "questions": my_paper(viewer, ballot) if ballot.paper else [],
            "turnout": turnout(ballot),
        }
        return Response(BallotDetailOut(found).data)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class MyBallot(OperationView):
    """Cast one's ballot, or replace it while the ballot is open. Answers with the receipt."""

    operations = {"put": "cast_ballot"}

    @extend_schema(request=CastIn, responses=ReceiptOut)
    def put(self, request: Request, ballot_id: int) -> Response:
        ballot = ballot_for(actor_of(request), ballot_id)
        given = CastIn(data=request.data)
        given.is_valid(raise_exception=True)
        receipt = cast_ballot(
            ballot_id=ballot.pk,
            actor=actor_of(request),
            now=database_now(),
            **given.validated_data,
        )
        return Response(ReceiptOut({"receipt": receipt}).data)


class BallotLog(OperationView):
    """The public log of a ballot, and whether its chain is whole."""

    operations = {"get": "get_ballot_log"}

    @extend_schema(responses=BallotLogOut)
    def get(self, request: Request, ballot_id: int) -> Response:
        ballot = ballot_for(actor_of(request), ballot_id)
        found = {"entries": public_log(ballot), "broken_at": broken_log_place(ballot)}
        return Response(BallotLogOut(found).data)


class Receipts(OperationView):
    """The receipts of all ballots in the box, sorted."""

    operations = {"get": "list_ballot_receipts"}

    @extend_schema(responses=BallotReceiptsOut)
    def get(self, request: Request, ballot_id: int) -> Response:
        ballot = ballot_for(actor_of(request), ballot_id)
        return Response(BallotReceiptsOut({"receipts": ballot.receipts or []}).data)


class BallotResult(OperationView):
    """The declared result; 409 with `democracy.not_declared` before, for everybody."""

    operations = {"get": "get_ballot_result"}

    @extend_schema(responses=BallotResultOut)
    def get(self, request: Request, ballot_id: int) -> Response:
        viewer = actor_of(request)
        ballot = ballot_for(viewer, ballot_id)
        follows = what_follows(ballot, now=database_now())
        found = {"result": result_for(viewer, ballot), "follows": follows}
        return Response(BallotResultOut(found).data)


class DownloadPackage(OperationView):
    """The package for a recount; 404 where its papers could let somebody be known again."""

    operations = {"get": "download_ballot_package"}

    @extend_schema(responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: Request, ballot_id: int) -> JsonResponse:
        viewer = actor_of(request)
        ballot = ballot_for(viewer, ballot_id)
        package = result_for(viewer, ballot).package
        if package is None:
            raise Ballot.DoesNotExist
        return JsonResponse(
            package,
            json_dumps_params={"ensure_ascii": False, "indent": 1},
            headers={"Content-Disposition": f'attachment; filename="{ballot.code}.json"'},
        )


class ChallengeBallot(OperationView):
    """Challenge a declared result in time, as somebody on the roll."""

    operations = {"post": "challenge_ballot"}

    @extend_schema(request=ReasonIn, responses=BallotOut)
    def post(self, request: Request, ballot_id: int) -> Response:
        ballot = ballot_for(actor_of(request), ballot_id)
        return step_taken(request, ballot, challenge_ballot, ReasonIn)
