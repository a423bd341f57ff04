"""Look at a visit, give it to carers, take it from them, lock it."""

from collections.abc import Collection

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.rota.api.board_shapes import ChangedVisitOut
from backend.rota.api.cover_shapes import CoverOut
from backend.rota.api.visit_shapes import (
    AssignVisitIn,
    CandidateOut,
    ExplainVisitIn,
    VersionIn,
    VisitOut,
    WhyOut,
)
from backend.rota.models import Visit as VisitRow
from backend.rota.selectors.board import visit_after_change
from backend.rota.selectors.cover import get_ways_to_cover
from backend.rota.selectors.visits import explain_visit, get_visit, list_visit_candidates
from backend.rota.services.assign import assign_visit, unassign_visit
from backend.rota.services.lock import lock_visit, unlock_visit


class Visit(OperationView):
    """What a visit needs, who makes it and why, who came before."""

    operations = {"get": "get_visit"}

    @extend_schema(responses=VisitOut)
    def get(self, request: Request, visit_id: int) -> Response:
        return Response(VisitOut(get_visit(actor_of(request), visit_id)).data)


class VisitCandidates(OperationView):
    """Every carer of the week with a verdict, the best first."""

    operations = {"get": "list_visit_candidates"}

    @extend_schema(responses=CandidateOut(many=True))
    def get(self, request: Request, visit_id: int) -> Response:
        found = list_visit_candidates(actor_of(request), visit_id)
        return Response(CandidateOut(found, many=True).data)


class WaysToCover(OperationView):
    """What would have to change so that an open visit is covered: the smallest sets of rules."""

    operations = {"get": "get_ways_to_cover"}

    @extend_schema(responses=CoverOut)
    def get(self, request: Request, visit_id: int) -> Response:
        return Response(CoverOut(get_ways_to_cover(actor_of(request), visit_id)).data)


class ExplainVisit(OperationView):
    """Why a visit is with its carers, and why not with another."""

    operations = {"get": "explain_visit"}

    @extend_schema(parameters=[ExplainVisitIn], responses=WhyOut)
    def get(self, request: Request, visit_id: int) -> Response:
        given = ExplainVisitIn(data=request.query_params)
        given.is_valid(raise_exception=True)
        found = explain_visit(
            actor_of(request), visit_id, carer_id=given.validated_data.get("carer_id")
        )
        return Response(WhyOut(found).data)


class AssignVisit(OperationView):
    """Give a visit to carers.

    409 with `rota.breaks_rule` (`breaches` in `params`), `rota.stale`, `rota.visit_locked` or
    `rota.visit_not_planned`.
    """

    operations = {"post": "assign_visit"}

    @extend_schema(request=AssignVisitIn, responses=ChangedVisitOut)
    def post(self, request: Request, visit_id: int) -> Response:
        given = AssignVisitIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = assign_visit(
            visit_id=visit_id,
            actor=actor_of(request),
            now=timezone.now(),
            **given.validated_data,
        )
        return _changed(done.visit, done.carers)


class UnassignVisit(OperationView):
    """Take a visit from its carers; 409 with `rota.stale` or `rota.visit_locked`."""

    operations = {"post": "unassign_visit"}

    @extend_schema(request=VersionIn, responses=ChangedVisitOut)
    def post(self, request: Request, visit_id: int) -> Response:
        done = unassign_visit(
            visit_id=visit_id, actor=actor_of(request), now=timezone.now(), version=_seen(request)
        )
        return _changed(done.visit, done.carers)


class LockVisit(OperationView):
    """Keep the solver from changing a visit; 409 with `rota.stale`, `rota.nothing_to_lock`."""

    operations = {"post": "lock_visit"}

    @extend_schema(request=VersionIn, responses=ChangedVisitOut)
    def post(self, request: Request, visit_id: int) -> Response:
        visit = lock_visit(
            visit_id=visit_id, actor=actor_of(request), now=timezone.now(), version=_seen(request)
        )
        return _changed(visit)


class UnlockVisit(OperationView):
    """Let a visit be changed again; 409 with `rota.stale`."""

    operations = {"post": "unlock_visit"}

    @extend_schema(request=VersionIn, responses=ChangedVisitOut)
    def post(self, request: Request, visit_id: int) -> Response:
        visit = unlock_visit(
            visit_id=visit_id, actor=actor_of(request), now=timezone.now(), version=_seen(request)
        )
        return _changed(visit)


def _seen(request: Request) -> int:
    given = VersionIn(data=request.data)
    given.is_valid(raise_exception=True)
    version: int = given.validated_data["version"]
    return version


def _changed(visit: VisitRow, carers: Collection[int] = ()) -> Response:
    return Response(ChangedVisitOut(visit_after_change(visit, carers)).data)
