"""Turn refusals into 409 answers, and keep one shape for every error."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework import exceptions, status

from backend.core.errors import RefusalError


class Conflict(exceptions.APIException):
    """A refusal on its way out: its code, and the figures the words on screen need."""

    status_code = status.HTTP_409_CONFLICT

    def __init__(self, refusal: RefusalError) -> None:
        super().__init__(detail=refusal.code, code=refusal.code)
        self.params = refusal.params


class Formatter(ExceptionFormatter):
    """Adds a refusal's `params` to the shape that every error has."""

    def format_error_response(self, error_response: Any) -> Any:
        """Return the body of the answer."""
        body = super().format_error_response(error_response)
        return {**body, "params": self.exc.params} if isinstance(self.exc, Conflict) else body


class Handler(ExceptionHandler):
    """The one exception handler; see `backend.core.errors` for what a service may raise."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        """Answer 409 for a refusal, and 404 for a row the viewer cannot see."""
        if isinstance(exc, RefusalError):
            return Conflict(exc)
        if isinstance(exc, ObjectDoesNotExist):
            return exceptions.NotFound()
        converted: Exception = super().convert_known_exceptions(exc)
        return converted
