"""What a caller hears who has guessed too often."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def refuse_guessing(
    request: HttpRequest,
    credentials: dict[str, Any] | None = None,  # noqa: ARG001  the lock-out library's signature
    *_: object,
    **__: object,
) -> HttpResponse:
    """Answer like any other refusal: in the one shape of our errors, or with the page again."""
    if not request.path.startswith("/api/"):
        return render(request, "accounts/sign_in.html", {"is_guessing": True}, status=429)
    error = {"code": "accounts.too_many_tries", "detail": "accounts.too_many_tries", "attr": None}
    return JsonResponse({"type": "client_error", "errors": [error]}, status=429)
