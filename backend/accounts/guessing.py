"""What a caller hears who has guessed too often."""

from typing import Any

from django.http import HttpRequest, JsonResponse


def refuse_guessing(
    request: HttpRequest,  # noqa: ARG001  the lock-out library's signature
    credentials: dict[str, Any] | None = None,  # noqa: ARG001
    *_: object,
    **__: object,
) -> JsonResponse:
    """Answer like any other refusal, in the one shape of our errors."""
    error = {"code": "accounts.too_many_tries", "detail": "accounts.too_many_tries", "attr": None}
    return JsonResponse({"type": "client_error", "errors": [error]}, status=429)
