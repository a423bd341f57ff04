"""The default permission: nobody. Every view names its own from the policy table."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


class NobodyYet(BasePermission):
    """Refuse everyone, so that a view that forgot its permission is closed."""

    def has_permission(self, request: Request, view: APIView) -> bool:  # noqa: ARG002
        """Say no."""
        return False
