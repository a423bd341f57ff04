"""A carer's own week, visits and changes."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.core.api.weeks import WEEK_IN_PATH, week_named
from backend.rota.api.my_shapes import (
    ChangesSeenIn,
    MyChangesOut,
    MyKeySafeCodeOut,
    MyVisitOut,
    MyWeekOut,
)
from backend.rota.selectors.my_changes import list_my_changes
from backend.rota.selectors.my_week import get_my_visit, get_my_week
from backend.rota.services.reveal_my_key_safe import reveal_my_key_safe_code
from backend.rota.services.see_changes import mark_changes_seen


class MyWeek(OperationView):
    """The own week as it was told."""

    operations = {"get": "get_my_week"}

    @extend_schema(parameters=[WEEK_IN_PATH], responses=MyWeekOut)
    def get(self, request: Request, week: str) -> Response:
        monday = week_named(week).starts_on
        found = get_my_week(actor_of(request), monday, now=timezone.now())
        return Response(MyWeekOut(found).data)


class MyVisit(OperationView):
    """An own visit; not found outside the time in which a carer sees a client."""

    operations = {"get": "get_my_visit"}

    @extend_schema(responses=MyVisitOut)
    def get(self, request: Request, visit_id: int) -> Response:
        found = get_my_visit(actor_of(request), visit_id, now=timezone.now())
        return Response(MyVisitOut(found).data)


class MyChanges(OperationView):
    """What changed in the own week since it was first told, newest first."""

    operations = {"get": "list_my_changes"}

    @extend_schema(parameters=[WEEK_IN_PATH], responses=MyChangesOut(many=True))
    def get(self, request: Request, week: str) -> Response:
        found = list_my_changes(actor_of(request), week_named(week).starts_on)
        return Response(MyChangesOut(found, many=True).data)


class MyChangesSeen(OperationView):
    """Remember that changes were looked at."""

    operations = {"post": "mark_my_changes_seen"}

    @extend_schema(parameters=[WEEK_IN_PATH], request=ChangesSeenIn, responses={204: None})
    def post(self, request: Request, week: str) -> Response:
        monday = week_named(week).starts_on
        given = ChangesSeenIn(data=request.data)
        given.is_valid(raise_exception=True)
        mark_changes_seen(
            week=monday, actor=actor_of(request), now=timezone.now(), **given.validated_data
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class MyKeySafe(OperationView):
    """The code of the key safe, around the time of an own visit.

    409 with `clients.key_safe_closed` (`opens_at` and `closes_at` in `params`),
    `clients.no_key_safe` or `clients.too_many_reveals`.
    """

    operations = {"post": "reveal_my_key_safe_code"}

    @extend_schema(request=None, responses=MyKeySafeCodeOut)
    def post(self, request: Request, visit_id: int) -> Response:
        code = reveal_my_key_safe_code(
            visit_id=visit_id, actor=actor_of(request), now=timezone.now()
        )
        return Response(MyKeySafeCodeOut({"code": code}).data)
