"""Open a week, and the hours of its carers."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.commitments.selectors import carer_commitments
from backend.core.api.views import OperationView, actor_of
from backend.core.api.weeks import WEEK_IN_PATH, WEEK_IN_QUERY, week_asked, week_named
from backend.organisation.selectors import branches_for_office, zone_of
from backend.rota.api.week_shapes import CarerCommitmentOut, OpenedWeekOut
from backend.rota.selectors.planned import planned_minutes
from backend.rota.services.open_week import open_week


class OpenWeek(OperationView):
    """Make a week's visits from the packages, or bring them up to date; safe to repeat."""

    operations = {"post": "open_week"}

    @extend_schema(parameters=[WEEK_IN_PATH], request=None, responses=OpenedWeekOut)
    def post(self, request: Request, branch_id: int, week: str) -> Response:
        opened = open_week(
            branch_id=branch_id, week=week_named(week), actor=actor_of(request), now=timezone.now()
        )
        return Response(OpenedWeekOut(opened).data)


class ListCarerCommitments(OperationView):
    """The carers behind a branch's hours guaranteed, by name, with what the draft gives them.

    It stands here and not with the other commitments because the draft is the rota's.
    """

    operations = {"get": "list_carer_commitments"}

    @extend_schema(parameters=[WEEK_IN_QUERY], responses=CarerCommitmentOut(many=True))
    def get(self, request: Request, branch_id: int) -> Response:
        viewer = actor_of(request)
        branch = branches_for_office(viewer).select_related("organisation").get(pk=branch_id)
        week = week_asked(request)
        rows = carer_commitments([branch], week, zone_of(branch.organisation))
        planned = {"planned": planned_minutes(branch, week)}
        return Response(CarerCommitmentOut(rows, many=True, context=planned).data)
