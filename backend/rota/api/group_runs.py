"""Ask for the week of all branches to be built together, follow it, stop it."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.core.api.weeks import WEEK_IN_PATH, week_named
from backend.rota.api.group_shapes import GroupRunOut, GroupWeekOut, StartGroupRunIn
from backend.rota.api.run_shapes import CancelRunIn
from backend.rota.models import GroupRun
from backend.rota.selectors.group_runs import group_week, list_group_runs, progress_of
from backend.rota.services.ask_group_run import ask_group_run, cancel_group_run
from backend.rota.services.decide_proposal import accept_group_run


class GroupRuns(OperationView):
    """A week of all branches, and building it; asking while a run is open returns that one.

    For those who plan the rota of every branch. Building is refused with 409
    `rota.group_week_not_open` or `rota.group_rules_differ`.
    """

    operations = {"get": "get_group_week", "post": "start_group_run"}

    @extend_schema(parameters=[WEEK_IN_PATH], responses=GroupWeekOut)
    def get(self, request: Request, week: str) -> Response:
        found = group_week(actor_of(request), week_named(week), timezone.now())
        return Response(GroupWeekOut(found).data)

    @extend_schema(
        parameters=[WEEK_IN_PATH],
        request=StartGroupRunIn,
        responses={200: GroupRunOut, 201: GroupRunOut},
    )
    def post(self, request: Request, week: str) -> Response:
        given = StartGroupRunIn(data=request.data)
        given.is_valid(raise_exception=True)
        group, is_new = ask_group_run(
            week=week_named(week),
            actor=actor_of(request),
            now=timezone.now(),
            **given.validated_data,
        )
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return _shown(group, code)


class OneGroupRun(OperationView):
    """How a group run stands, and the proposals once they are made."""

    operations = {"get": "get_group_run"}

    @extend_schema(responses=GroupRunOut)
    def get(self, request: Request, group_run_id: int) -> Response:
        group = list_group_runs(actor_of(request)).get(pk=group_run_id)
        return _shown(group)


class CancelGroupRun(OperationView):
    """Stop a group run; with `keep_best` every planned branch gets its proposal."""

    operations = {"post": "cancel_group_run"}

    @extend_schema(request=CancelRunIn, responses=GroupRunOut)
    def post(self, request: Request, group_run_id: int) -> Response:
        given = CancelRunIn(data=request.data)
        given.is_valid(raise_exception=True)
        group = cancel_group_run(
            group_run_id=group_run_id,
            actor=actor_of(request),
            now=timezone.now(),
            **given.validated_data,
        )
        return _shown(group)


class AcceptGroupRun(OperationView):
    """Accept what is proposed for every branch, all of it or nothing.

    409 with `rota.proposal_stale`, `rota.proposal_decided` or `rota.loan_clash`.
    """

    operations = {"post": "accept_group_run"}

    @extend_schema(request=None, responses=GroupRunOut)
    def post(self, request: Request, group_run_id: int) -> Response:
        actor = actor_of(request)
        accept_group_run(group_run_id=group_run_id, actor=actor, now=timezone.now())
        return _shown(list_group_runs(actor).get(pk=group_run_id))


def _shown(group: GroupRun, code: int = status.HTTP_200_OK) -> Response:
    return Response(GroupRunOut(progress_of(group, timezone.now())).data, status=code)
