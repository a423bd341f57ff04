"""What a scrutineer does: the key, the box, and what was in it."""

from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.democracy.api.shapes import BallotOut, KeyIn, OpenedIn, SealedBoxOut
from backend.democracy.api.steps import step_taken
from backend.democracy.selectors import exported_box, scrutineer_ballot
from backend.democracy.services import confirm_share, receive_opened, set_key


class SealedBox(OperationView):
    """The sealed box for the scrutineers' tool, once the names are off."""

    operations = {"get": "download_sealed_box"}

    @extend_schema(responses=SealedBoxOut)
    def get(self, request: Request, ballot_id: int) -> Response:
        ballot = scrutineer_ballot(actor_of(request), ballot_id)
        return Response(SealedBoxOut(exported_box(ballot)).data)


class Key(OperationView):
    """Set the public key that the tool made; earlier confirmations lapse."""

    operations = {"put": "set_ballot_key"}

    @extend_schema(request=KeyIn, responses=BallotOut)
    def put(self, request: Request, ballot_id: int) -> Response:
        ballot = scrutineer_ballot(actor_of(request), ballot_id)
        return step_taken(request, ballot, set_key, KeyIn)


class ConfirmShare(OperationView):
    """Say that one holds a share of this key."""

    operations = {"post": "confirm_key_share"}

    @extend_schema(request=KeyIn, responses=BallotOut)
    def post(self, request: Request, ballot_id: int) -> Response:
        ballot = scrutineer_ballot(actor_of(request), ballot_id)
        return step_taken(request, ballot, confirm_share, KeyIn)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class OpenedBallots(OperationView):
    """Bring the opened ballots: all of the box and no others."""

    operations = {"post": "bring_opened_ballots"}

    @extend_schema(request=OpenedIn, responses=BallotOut)
    def post(self, request: Request, ballot_id: int) -> Response:
        ballot = scrutineer_ballot(actor_of(request), ballot_id)
        return step_taken(request, ballot, receive_opened, OpenedIn)
