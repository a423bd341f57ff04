"""How views become the OpenAPI schema, and the shapes of the errors every operation shares."""

from typing import Any, cast

from drf_spectacular.authentication import SessionScheme as DjangoSessionScheme
from drf_standardized_errors.openapi import AutoSchema
from rest_framework import serializers

from backend.core.api.views import OperationView

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class ErrorOut(serializers.Serializer[Any]):
    """One thing that is wrong; `attr` is the path of the field, or null."""

    code = serializers.CharField(read_only=True)
    detail = serializers.CharField(read_only=True)
    attr = serializers.CharField(read_only=True, allow_null=True)


class ProblemOut(serializers.Serializer[Any]):
    """An answer of 400 and above."""

    type = serializers.ChoiceField(
        read_only=True, choices=["validation_error", "client_error", "server_error"]
    )
    errors = ErrorOut(many=True, read_only=True)  # type: ignore[assignment]  # a field, not the property


class RefusalOut(ProblemOut):
    """An answer of 409: a rule says no. `code` says which, `params` the figures to name."""

    params = serializers.DictField(read_only=True)


class OperationSchema(AutoSchema):
    """Takes the operation's id from the view, and its tag from the view's app."""

    def get_operation_id(self) -> str:
        """Return the name that the policy table knows the operation by."""
        operation: str = cast("OperationView", self.view).operations[self.method.lower()]
        return operation

    def get_tags(self) -> list[str]:
        """Return the app's name: `backend.rota.api.views` gives `rota`."""
        return [type(self.view).__module__.split(".")[1]]

    def get_examples(self) -> list[Any]:
        """Return none: every error has the same shape, and repeating it buries the rest."""
        return []

    def _get_allowed_error_status_codes(self) -> list[str]:
        # Reading is never refused by a rule.
        codes: list[str] = super()._get_allowed_error_status_codes()
        return [code for code in codes if code != "409" or self.method not in SAFE_METHODS]


class SessionScheme(DjangoSessionScheme):  # type: ignore[no-untyped-call]  # its registering
    """Describes our way of knowing who asks; registers itself."""

    target_class = "backend.core.api.authentication.SessionAuthentication"
