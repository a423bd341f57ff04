"""The base of every view, and who is asking."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

if TYPE_CHECKING:
    from backend.accounts.models import User


class OperationView(APIView):
    """One address of the HTTP interface.

    `operations` names the operation behind each method, in lower case. The name is the
    operation's id in the schema and its row in the policy table; an operation without a row is
    closed to everybody.
    """

    operations: ClassVar[Mapping[str, str]] = {}

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Keep every answer out of caches: nearly all of them hold personal data."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer


def actor_of(request: Request) -> "User":
    """Return who is asking. Only for operations that need somebody to be signed in."""
    user = request.user
    if not user.is_authenticated:
        raise TypeError("an operation open to everybody has no actor")
    return user
