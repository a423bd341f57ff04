"""Whether the server can do its work, for whatever watches over it."""

from typing import Any

from django.db import DatabaseError, connection
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView


class HealthOut(serializers.Serializer[Any]):
    """Says nothing about the system beyond what there is to be known from outside."""

    database = serializers.BooleanField(read_only=True)


class Health(OperationView):
    """200 while the database answers, else 503."""

    operations = {"get": "get_health"}

    @extend_schema(responses={200: HealthOut, 503: HealthOut})
    def get(self, request: Request) -> Response:  # noqa: ARG002  DRF's signature
        answers = _database_answers()
        code = status.HTTP_200_OK if answers else status.HTTP_503_SERVICE_UNAVAILABLE
        return Response(HealthOut({"database": answers}).data, status=code)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
