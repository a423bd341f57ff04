"""Sessions as the only way to be known."""

from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session; an unknown caller is told 401 rather than 403."""

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002  DRF's signature
        """Name the scheme, which makes DRF answer 401."""
        return "Session"
