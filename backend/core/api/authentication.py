"""Sessions as the only way to be known."""

from django.contrib.auth.base_user import AbstractBaseUser
from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session; an unknown caller is told 401 rather than 403.

    The CSRF token is asked of unknown callers too: otherwise another site could sign somebody in
    under a name of its own choice.
    """

    def authenticate(self, request: Request) -> tuple[AbstractBaseUser, None] | None:
        """Return who is signed in, once the request has shown that our own page sent it."""
        self.enforce_csrf(request)
        user = request._request.user  # noqa: SLF001  DRF's own way to Django's request
        return (user, None) if user.is_authenticated else None

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002  DRF's signature
        """Name the scheme, which makes DRF answer 401."""
        return "Session"
