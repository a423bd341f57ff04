"""The members' policy for the rota."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.organisation.selectors import organisation_of, today_in
from backend.rota.api.policy_shapes import (
    PolicyTriesOut,
    PolicyTryOut,
    RelaxPolicyIn,
    RotaPolicyOut,
    TryPolicyIn,
)
from backend.rota.selectors.policy import get_rota_policy
from backend.rota.selectors.policy_tries import list_my_policy_tries, shown, weeks_to_try
from backend.rota.services.relax_policy import relax_policy
from backend.rota.services.try_policy import try_policy


class RotaPolicy(OperationView):
    """How much each rule counts today, what was voted, and what a token buys."""

    operations = {"get": "get_rota_policy"}

    @extend_schema(responses=RotaPolicyOut)
    def get(self, request: Request) -> Response:
        return Response(RotaPolicyOut(get_rota_policy(actor_of(request), now=timezone.now())).data)


class PolicyOverrides(OperationView):
    """Relax a rule or a limit for a week or two; everybody of the organisation reads why.

    409 with `rota.override_week_over` and `rota.override_too_long`.
    """

    operations = {"post": "relax_policy"}

    @extend_schema(request=RelaxPolicyIn, responses={201: RotaPolicyOut})
    def post(self, request: Request, branch_id: int) -> Response:
        given = RelaxPolicyIn(data=request.data)
        given.is_valid(raise_exception=True)
        actor, now = actor_of(request), timezone.now()
        relax_policy(branch_id=branch_id, actor=actor, now=now, **given.validated_data)
        return Response(
            RotaPolicyOut(get_rota_policy(actor, now=now)).data, status=status.HTTP_201_CREATED
        )


class PolicyTries(OperationView):
    """Splits of tokens that the viewer tried, in figures without names; one at a time.

    409 with `rota.no_week_to_try`.
    """

    operations = {"get": "list_my_policy_tries", "post": "try_policy"}

    @extend_schema(responses=PolicyTriesOut)
    def get(self, request: Request) -> Response:
        viewer = actor_of(request)
        organisation = organisation_of(viewer)
        found = {
            "tries": list_my_policy_tries(viewer),
            "weeks": weeks_to_try(organisation, today_in(organisation, timezone.now())),
        }
        return Response(PolicyTriesOut(found).data)

    @extend_schema(request=TryPolicyIn, responses={200: PolicyTryOut, 201: PolicyTryOut})
    def post(self, request: Request) -> Response:
        given = TryPolicyIn(data=request.data)
        given.is_valid(raise_exception=True)
        made, is_new = try_policy(
            actor=actor_of(request), now=timezone.now(), **given.validated_data
        )
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(PolicyTryOut(shown(made)).data, status=code)
