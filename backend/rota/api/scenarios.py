"""Ask what if, see the two sides, stop."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.rota.api.scenario_shapes import AskScenarioIn, ScenarioOut
from backend.rota.selectors.scenarios import list_scenarios
from backend.rota.selectors.visibility import rotas_for_office
from backend.rota.services.ask_scenario import ask_scenario, cancel_scenario


class Scenarios(OperationView):
    """The scenarios of a rota, newest first; asking while one is under way returns that one.

    409 with `rota.scenario_unfit`.
    """

    operations = {"get": "list_scenarios", "post": "ask_scenario"}

    @extend_schema(responses=ScenarioOut(many=True))
    def get(self, request: Request, rota_id: int) -> Response:
        rota = rotas_for_office(actor_of(request)).get(pk=rota_id)
        found = list_scenarios(actor_of(request)).filter(rota=rota)
        return Response(ScenarioOut(found, many=True).data)

    @extend_schema(request=AskScenarioIn, responses={200: ScenarioOut, 201: ScenarioOut})
    def post(self, request: Request, rota_id: int) -> Response:
        given = AskScenarioIn(data=request.data)
        given.is_valid(raise_exception=True)
        scenario, is_new = ask_scenario(
            rota_id=rota_id, actor=actor_of(request), now=timezone.now(), **given.validated_data
        )
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(ScenarioOut(scenario).data, status=code)


class OneScenario(OperationView):
    """How a scenario stands, and both sides once they are solved."""

    operations = {"get": "get_scenario"}

    @extend_schema(responses=ScenarioOut)
    def get(self, request: Request, scenario_id: int) -> Response:
        return Response(ScenarioOut(list_scenarios(actor_of(request)).get(pk=scenario_id)).data)


class CancelScenario(OperationView):
    """Stop a scenario; nothing of it is kept."""

    operations = {"post": "cancel_scenario"}

    @extend_schema(request=None, responses=ScenarioOut)
    def post(self, request: Request, scenario_id: int) -> Response:
        scenario = cancel_scenario(
            scenario_id=scenario_id, actor=actor_of(request), now=timezone.now()
        )
        return Response(ScenarioOut(scenario).data)
