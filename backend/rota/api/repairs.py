"""Report what has happened to a week, and ask for ways to mend it."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.rota.api.happening_shapes import StartRepairIn
from backend.rota.api.run_shapes import RunOut
from backend.rota.selectors.runs import list_runs
from backend.rota.services.ask_repair import ask_repair


class Repairs(OperationView):
    """Report what has happened to a published week; the run proposes ways to mend it.

    409 with `rota.not_published`, `rota.repair_outside_week`, `rota.locked_to_absent`,
    `rota.run_under_way`, `rota.visit_has_begun`, `rota.nothing_new`, `clients.suspended_already`
    or `clients.short_visit_needs_reason`. The same again while its run is under way returns that
    run.
    """

    operations = {"post": "start_repair"}

    @extend_schema(request=StartRepairIn, responses={200: RunOut, 201: RunOut})
    def post(self, request: Request, rota_id: int) -> Response:
        given = StartRepairIn(data=request.data)
        given.is_valid(raise_exception=True)
        run, is_new = ask_repair(
            rota_id=rota_id,
            happening=given.happening(),
            actor=actor_of(request),
            now=timezone.now(),
        )
        shown = list_runs(actor_of(request)).get(pk=run.pk)
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(RunOut(shown).data, status=code)
