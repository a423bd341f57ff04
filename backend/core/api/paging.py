"""Long lists in pages, by `limit` and `offset`."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response

PAGING = [
    OpenApiParameter("limit", OpenApiTypes.INT, description="Rows of the page: 100, at most 200."),
    OpenApiParameter("offset", OpenApiTypes.INT, description="Rows to leave out at the start."),
]


class _Pages(LimitOffsetPagination):
    default_limit = 100
    max_limit = 200


def paged(
    request: Request,
    rows: QuerySet[Any] | Sequence[Any],
    output: type[serializers.BaseSerializer[Any]],
) -> Response:
    """Answer with one page of `rows`, which must have a stated order."""
    pages = _Pages()
    page = pages.paginate_queryset(rows, request)
    return Response({"count": pages.count, "results": output(page, many=True).data})


def page_of(output: type[serializers.BaseSerializer[Any]]) -> serializers.Serializer[Any]:
    """Return the shape of a page of `output` for the schema."""
    return inline_serializer(
        name=f"{output.__name__}Page",
        fields={"count": serializers.IntegerField(), "results": output(many=True)},
    )
