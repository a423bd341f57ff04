"""The register, one's own membership, and who controls a body, as at any date."""

from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.paging import PAGING, paged
from backend.core.api.views import OperationView, actor_of
from backend.membership.api.serializers import (
    ControlPointOut,
    ControlStatementOut,
    EntityOut,
    FullOfficerOut,
    FullRegisterEntryOut,
    FullRegisterOut,
    MyMembershipOut,
    OfficerOut,
    RegisterEntryOut,
    RegisterOut,
)
from backend.membership.models import LegalEntity
from backend.membership.register_file import as_csv, file_name
from backend.membership.selectors import control_statement
from backend.membership.selectors.control_history import control_history
from backend.membership.selectors.register import Register, RegisterCopy, register_on
from backend.membership.selectors.viewers import entities_for, entity_for, my_memberships
from backend.organisation.models import Organisation
from backend.organisation.selectors import organisation_of, today_in

AS_AT = OpenApiParameter("as_at", OpenApiTypes.DATE, description="Today's if missing.")
ENTITY = OpenApiParameter("entity", OpenApiTypes.INT, description="The own one if missing.")
FORMER = OpenApiParameter("former", OpenApiTypes.BOOL, description="Also former members.")


class ListEntities(OperationView):
    """The organisation's own legal entity, its partners, and the worked examples."""

    operations = {"get": "list_entities"}

    @extend_schema(responses=EntityOut(many=True))
    def get(self, request: Request) -> Response:
        return Response(EntityOut(entities_for(actor_of(request)), many=True).data)


class GetControlStatement(OperationView):
    """Who controls a body as at a date, with the verdict and what to look out for."""

    operations = {"get": "get_control_statement"}

    @extend_schema(parameters=[AS_AT, ENTITY], responses=ControlStatementOut)
    def get(self, request: Request) -> Response:
        entity = _entity_asked(request)
        statement = control_statement(entity, _day_asked(request, entity.kept_by))
        return Response(ControlStatementOut(statement).data)


class GetControlHistory(OperationView):
    """How control of a body developed until a date, oldest first."""

    operations = {"get": "get_control_history"}

    @extend_schema(parameters=[AS_AT, ENTITY], responses=ControlPointOut(many=True))
    def get(self, request: Request) -> Response:
        entity = _entity_asked(request)
        points = control_history(entity, _day_asked(request, entity.kept_by))
        return Response(ControlPointOut(points, many=True).data)


class ListMyMemberships(OperationView):
    """The viewer's own memberships, with shares and everything that was recorded."""

    operations = {"get": "list_my_memberships"}

    @extend_schema(responses=MyMembershipOut(many=True))
    def get(self, request: Request) -> Response:
        viewer = actor_of(request)
        today = today_in(organisation_of(viewer), timezone.now())
        return Response(MyMembershipOut(my_memberships(viewer, today), many=True).data)


class GetRegister(OperationView):
    """The register of members as at a date, without shares and addresses.

    The Act lets members inspect addresses too, at the registered office (`manage.py register`).
    Most are carers' homes, which a page that every account can open must not list.
    """

    operations = {"get": "get_register"}

    @extend_schema(parameters=[AS_AT, FORMER, *PAGING], responses=RegisterOut)
    def get(self, request: Request) -> Response:
        register = _register_asked(request, RegisterCopy.PUBLIC)
        page = paged(request, register.members, RegisterEntryOut)
        return Response(_with_officers(register, page, OfficerOut))


class GetFullRegister(OperationView):
    """The register of members as at a date, with shares and addresses for notices."""

    operations = {"get": "get_full_register"}

    @extend_schema(parameters=[AS_AT, FORMER, *PAGING], responses=FullRegisterOut)
    def get(self, request: Request) -> Response:
        register = _register_asked(request, RegisterCopy.FULL)
        page = paged(request, register.members, FullRegisterEntryOut)
        return Response(_with_officers(register, page, FullOfficerOut))


class DownloadRegister(OperationView):
    """The register without shares and addresses as a CSV file."""

    operations = {"get": "download_register"}

    @extend_schema(parameters=[AS_AT, FORMER], responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request: Request) -> HttpResponse:
        return _file(_register_asked(request, RegisterCopy.PUBLIC))


class DownloadFullRegister(OperationView):
    """The register itself as a CSV file."""

    operations = {"get": "download_full_register"}

    @extend_schema(parameters=[AS_AT, FORMER], responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request: Request) -> HttpResponse:
        return _file(_register_asked(request, RegisterCopy.FULL))


def _register_asked(request: Request, copy: RegisterCopy) -> Register:
    entity = entity_for(actor_of(request), None)
    return register_on(
        entity,
        _day_asked(request, entity.kept_by),
        copy=copy,
        with_former=request.query_params.get("former") == "true",
    )


def _with_officers(
    register: Register, page: Response, shape: type[OfficerOut]
) -> dict[str, object]:
    return {
        "name": register.entity.name,
        "as_at": register.as_at,
        **page.data,
        "officers": shape(register.officers, many=True).data,
    }


def _file(register: Register) -> HttpResponse:
    return HttpResponse(
        as_csv(register),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name(register)}"'},
    )


def _entity_asked(request: Request) -> LegalEntity:
    text = request.query_params.get("entity")
    if text and not text.isdigit():
        raise ValidationError({"entity": "give the number of a body"})
    return entity_for(actor_of(request), int(text) if text else None)


def _day_asked(request: Request, organisation: Organisation) -> date:
    text = request.query_params.get("as_at")
    if not text:
        return today_in(organisation, timezone.now())
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError({"as_at": "give a date as YYYY-MM-DD"}) from error
