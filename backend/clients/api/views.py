"""Clients and their packages, for the office of their branch."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from backend.clients import services
from backend.clients.api.serializers import (
    ClientOut,
    ClientRowOut,
    KeySafeCodeIn,
    KeySafeCodeOut,
    KeySafeReasonIn,
    LineChangeIn,
    LineOut,
    PinIn,
    SuspensionIn,
    SuspensionOut,
)
from backend.clients.selectors import clients_for_office, with_packages
from backend.core.api.paging import PAGING, page_of, paged
from backend.core.api.views import OperationView, actor_of
from backend.organisation.selectors import branches_for_office


class ListClients(OperationView):
    """The clients of a branch, by name."""

    operations = {"get": "list_clients"}

    @extend_schema(parameters=PAGING, responses=page_of(ClientRowOut))
    def get(self, request: Request, branch_id: int) -> Response:
        viewer = actor_of(request)
        branch = branches_for_office(viewer).get(pk=branch_id)
        return paged(request, clients_for_office(viewer).filter(branch=branch), ClientRowOut)


class GetClient(OperationView):
    """One client, with packages, lines and suspensions."""

    operations = {"get": "get_client"}

    @extend_schema(responses=ClientOut)
    def get(self, request: Request, client_id: int) -> Response:
        clients = with_packages(clients_for_office(actor_of(request)))
        return Response(ClientOut(clients.get(pk=client_id)).data)


class ConfirmClientPin(OperationView):
    """Say where a client lives, and that somebody checked it."""

    operations = {"post": "confirm_client_pin"}

    @extend_schema(request=PinIn, responses=ClientRowOut)
    def post(self, request: Request, client_id: int) -> Response:
        given = PinIn(data=request.data)
        given.is_valid(raise_exception=True)
        client = services.confirm_pin(
            client_id=client_id,
            actor=actor_of(request),
            now=timezone.now(),
            **given.validated_data,
        )
        return Response(ClientRowOut(client).data)


class SetKeySafeCode(OperationView):
    """Put a client's key-safe code on record, or change it."""

    operations = {"post": "set_key_safe_code"}

    @extend_schema(request=KeySafeCodeIn, responses={204: None})
    def post(self, request: Request, client_id: int) -> Response:
        viewer = actor_of(request)
        client = clients_for_office(viewer).get(pk=client_id)
        given = KeySafeCodeIn(data=request.data)
        given.is_valid(raise_exception=True)
        services.set_key_safe_code(
            client=client, code=given.validated_data["code"], actor=viewer, now=timezone.now()
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class RevealKeySafeCode(OperationView):
    """Read a client's key-safe code, saying why; 409 with `clients.no_key_safe`."""

    operations = {"post": "reveal_key_safe_code"}

    @extend_schema(request=KeySafeReasonIn, responses=KeySafeCodeOut)
    def post(self, request: Request, client_id: int) -> Response:
        given = KeySafeReasonIn(data=request.data)
        given.is_valid(raise_exception=True)
        code = services.reveal_key_safe_code(
            client_id=client_id,
            reason=given.validated_data["reason"],
            actor=actor_of(request),
            now=timezone.now(),
        )
        return Response(KeySafeCodeOut({"code": code}).data)


class ChangePackageLine(OperationView):
    """Let a line say something else from a date on; answers with the line that does."""

    operations = {"post": "change_package_line"}

    @extend_schema(request=LineChangeIn, responses=LineOut)
    def post(self, request: Request, line_id: int) -> Response:
        given = LineChangeIn(data=request.data)
        given.is_valid(raise_exception=True)
        line = services.change_package_line(
            line_id=line_id,
            from_on=given.validated_data["from_on"],
            change=given.change(),
            actor=actor_of(request),
            now=timezone.now(),
        )
        return Response(LineOut(line).data)


class SuspendPackage(OperationView):
    """Stop a package's visits for a time; 409 with `clients.suspended_already`."""

    operations = {"post": "suspend_package"}

    @extend_schema(request=SuspensionIn, responses=SuspensionOut)
    def post(self, request: Request, package_id: int) -> Response:
        given = SuspensionIn(data=request.data)
        given.is_valid(raise_exception=True)
        suspension = services.suspend_package(
            package_id=package_id,
            actor=actor_of(request),
            now=timezone.now(),
            **given.validated_data,
        )
        return Response(SuspensionOut(suspension).data)
