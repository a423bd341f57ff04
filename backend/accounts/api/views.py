"""Sign in, sign out, and who is signed in."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import selectors
from backend.accounts.api.serializers import SessionOut, SignInIn
from backend.accounts.models import User
from backend.core.api.schema import ProblemOut
from backend.core.api.views import OperationView


class Session(OperationView):
    """Who is signed in. Also hands out the CSRF cookie that every write must send back."""

    operations = {"get": "get_session"}

    @extend_schema(responses=SessionOut)
    def get(self, request: Request) -> Response:
        get_token(request._request)  # noqa: SLF001  DRF's own way to Django's request
        return _session(request.user if request.user.is_authenticated else None)


class SignIn(OperationView):
    """Sign in; 400 with `accounts.wrong_sign_in`, 429 with `accounts.too_many_tries`.

    A wrong password, a name nobody has and a deactivated account are told apart neither by the
    answer nor by the work done for it.
    """

    operations = {"post": "sign_in"}

    @extend_schema(request=SignInIn, responses={200: SessionOut, 429: ProblemOut})
    def post(self, request: Request) -> Response:
        given = SignInIn(data=request.data)
        given.is_valid(raise_exception=True)
        django_request = request._request  # noqa: SLF001  the guessing guard marks Django's request
        user = authenticate(django_request, **given.validated_data)
        if user is None:
            raise ValidationError("accounts.wrong_sign_in", code="accounts.wrong_sign_in")
        login(django_request, user)
        return _session(user)


class SignOut(OperationView):
    """End the session. Signing out twice is harmless."""

    operations = {"post": "sign_out"}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        logout(request._request)  # noqa: SLF001  DRF's own way to Django's request
        answer = Response(status=status.HTTP_204_NO_CONTENT)
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer


def _session(user: User | None) -> Response:
    product = {"version": settings.PRODUCT_VERSION, "trial": settings.IS_TRIAL}
    return Response(SessionOut({"user": user and _signed_in(user), "product": product}).data)


def _signed_in(user: User) -> dict[str, Any]:
    return {
        "id": user.pk,
        "username": user.username,
        "display_name": user.display_name,
        "organisation": user.organisation,
        "roles": [
            {
                "role": grant.role,
                "branch_id": grant.branch_id,
                "branch_name": grant.branch.name if grant.branch else None,
            }
            for grant in selectors.grants_of(user)
        ],
        "carer_id": selectors.carer_id_of(user),
    }
