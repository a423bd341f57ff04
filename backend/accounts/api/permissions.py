"""The permission of every view: what the policy table says of its operation."""

from typing import TYPE_CHECKING

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from backend.accounts.policy import may_call

if TYPE_CHECKING:
    # As the default permission this module is loaded while the views' module is.
    from rest_framework.views import APIView


class ByPolicy(BasePermission):
    """Let in whom the policy table lets in; a view or method without a row is closed."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Ask the table."""
        operations = getattr(view, "operations", {})
        operation = operations.get((request.method or "").lower())
        if operation is None and operations:
            raise MethodNotAllowed(request.method or "")
        return may_call(request.user if request.user.is_authenticated else None, operation)
