"""Weeks in addresses: named by their Monday, `YYYY-MM-DD`."""

from datetime import date

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from backend.core.periods import NotAMondayError, Week

WEEK_IN_PATH = OpenApiParameter(
    "week", OpenApiTypes.DATE, OpenApiParameter.PATH, description="The Monday of the week."
)
WEEK_IN_QUERY = OpenApiParameter(
    "week", OpenApiTypes.DATE, required=True, description="The Monday of the week."
)


def week_named(text: str) -> Week:
    """Return the week a caller named, or answer 400 that says how weeks are named."""
    try:
        return Week(date.fromisoformat(text))
    except NotAMondayError as error:
        raise ValidationError({"week": str(error)}) from error
    except ValueError as error:
        raise ValidationError({"week": "name a week by its Monday, as YYYY-MM-DD"}) from error


def week_asked(request: Request) -> Week:
    """Return the week of the query string, or answer 400."""
    return week_named(request.query_params.get("week", ""))
