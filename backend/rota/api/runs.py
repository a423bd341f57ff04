"""Ask for a week to be solved, follow the run, stop it."""

from django.http import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.rota.api.run_events import EventStreamRenderer, run_events
from backend.rota.api.run_shapes import CancelRunIn, RunOut, StartRunIn
from backend.rota.models import SolverRun
from backend.rota.models.runs import PROPOSED, PROPOSING
from backend.rota.selectors.runs import list_runs
from backend.rota.selectors.visibility import rotas_for_office
from backend.rota.services.ask_run import ask_run
from backend.rota.services.cancel_run import cancel_run


class Runs(OperationView):
    """The runs of a rota, newest first; asking for another while one is open returns that one.

    Parts of a group run are among them as soon as they propose something for this rota.
    """

    operations = {"get": "list_runs", "post": "start_run"}

    @extend_schema(responses=RunOut(many=True))
    def get(self, request: Request, rota_id: int) -> Response:
        rota = rotas_for_office(actor_of(request)).get(pk=rota_id)
        runs = list_runs(actor_of(request)).filter(PROPOSING | PROPOSED, rota=rota)
        return Response(RunOut(runs, many=True).data)

    @extend_schema(request=StartRunIn, responses={200: RunOut, 201: RunOut})
    def post(self, request: Request, rota_id: int) -> Response:
        given = StartRunIn(data=request.data)
        given.is_valid(raise_exception=True)
        run, is_new = ask_run(
            rota_id=rota_id, actor=actor_of(request), now=timezone.now(), **given.validated_data
        )
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(_shown(request, run.pk), status=code)


class Run(OperationView):
    """How a run stands."""

    operations = {"get": "get_run"}

    @extend_schema(responses=RunOut)
    def get(self, request: Request, run_id: int) -> Response:
        return Response(_shown(request, run_id))


class RunEvents(OperationView):
    """Follow a run: an event `run` with the same content as `get_run` at every change.

    At most one event a second. The stream ends when the run's state is final; a client that
    connects again by itself is then told 204, which means that nothing more will come.
    """

    operations = {"get": "stream_run_events"}
    renderer_classes = (EventStreamRenderer,)

    @extend_schema(responses={(200, "text/event-stream"): OpenApiTypes.STR, 204: None})
    def get(self, request: Request, run_id: int) -> HttpResponseBase:
        viewer = actor_of(request)
        run: SolverRun = list_runs(viewer).get(pk=run_id)
        return run_events(run, viewer, last_event=request.headers.get("Last-Event-ID", ""))


class CancelRun(OperationView):
    """Stop a run; with `keep_best` the best plan so far becomes its proposal."""

    operations = {"post": "cancel_run"}

    @extend_schema(request=CancelRunIn, responses=RunOut)
    def post(self, request: Request, run_id: int) -> Response:
        given = CancelRunIn(data=request.data)
        given.is_valid(raise_exception=True)
        cancel_run(
            run_id=run_id, actor=actor_of(request), now=timezone.now(), **given.validated_data
        )
        return Response(_shown(request, run_id))


def _shown(request: Request, run_id: int) -> object:
    return RunOut(list_runs(actor_of(request)).get(pk=run_id)).data
