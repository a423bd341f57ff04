"""The weeks of a branch, the board of one, and its problem as a file."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.organisation.selectors import branches_for_office, today_in
from backend.rota.api.board_shapes import BoardOut, BranchWeekOut
from backend.rota.selectors.board import get_board
from backend.rota.selectors.visibility import rotas_for_office
from backend.rota.selectors.weeks import list_branch_weeks
from backend.rota.solver.translate import problem_document


class BranchWeeks(OperationView):
    """From four past to two future weeks, in order."""

    operations = {"get": "list_branch_weeks"}

    @extend_schema(responses=BranchWeekOut(many=True))
    def get(self, request: Request, branch_id: int) -> Response:
        viewer = actor_of(request)
        branch = branches_for_office(viewer).select_related("organisation").get(pk=branch_id)
        today = today_in(branch.organisation, timezone.now())
        return Response(BranchWeekOut(list_branch_weeks(branch, today=today), many=True).data)


class Board(OperationView):
    """Everything the week board shows, in one answer."""

    operations = {"get": "get_board"}

    @extend_schema(responses=BoardOut)
    def get(self, request: Request, rota_id: int) -> Response:
        board = get_board(actor_of(request), rota_id)
        # Thousands of flat rows: a serializer for each would take longer than making them.
        # A test holds this answer against `BoardOut`.
        return Response(
            {
                **board,
                "carers": [asdict(row) for row in board["carers"]],
                "visits": [_flat(row) for row in board["visits"]],
            }
        )


class RotaProblem(OperationView):
    """The week as a `rota-problem` file, for any other program."""

    operations = {"get": "download_rota_problem"}

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, rota_id: int) -> Response:
        rota = rotas_for_office(actor_of(request)).get(pk=rota_id)
        document = problem_document(rota)
        name = f'attachment; filename="{document["name"]}.json"'
        return Response(document, headers={"Content-Disposition": name})


def _flat(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}
