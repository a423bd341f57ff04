"""Look at what a run proposes, accept or reject it."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.rota.api.run_shapes import ProposalOut
from backend.rota.selectors.proposals import view_of
from backend.rota.selectors.runs import list_proposals
from backend.rota.services.decide_proposal import accept_proposal, reject_proposal


class Proposal(OperationView):
    """A proposal beside the draft as it is now."""

    operations = {"get": "get_proposal"}

    @extend_schema(responses=ProposalOut)
    def get(self, request: Request, proposal_id: int) -> Response:
        return _shown(request, proposal_id)


class AcceptProposal(OperationView):
    """Make a proposal the draft; 409 with `rota.proposal_stale` or `rota.proposal_decided`."""

    operations = {"post": "accept_proposal"}

    @extend_schema(request=None, responses=ProposalOut)
    def post(self, request: Request, proposal_id: int) -> Response:
        accept_proposal(proposal_id=proposal_id, actor=actor_of(request), now=timezone.now())
        return _shown(request, proposal_id)


class RejectProposal(OperationView):
    """Put a proposal aside; 409 with `rota.proposal_decided` when it was accepted before."""

    operations = {"post": "reject_proposal"}

    @extend_schema(request=None, responses=ProposalOut)
    def post(self, request: Request, proposal_id: int) -> Response:
        reject_proposal(proposal_id=proposal_id, actor=actor_of(request), now=timezone.now())
        return _shown(request, proposal_id)


def _shown(request: Request, proposal_id: int) -> Response:
    proposal = list_proposals(actor_of(request)).get(pk=proposal_id)
    return Response(ProposalOut(view_of(proposal)).data)
