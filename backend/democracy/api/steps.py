"""The one shape of a step over HTTP: what was sent goes to a service, which answers the ballot."""

from collections.abc import Callable
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from backend.core.api.views import actor_of
from backend.core.database_clock import database_now
from backend.democracy.api.shapes import BallotOut
from backend.democracy.models import Ballot


def given_in(request: Request, takes: type[Serializer[Any]] | None) -> dict[str, Any]:
    """Return what was sent, checked; nothing where the step takes nothing."""
    if takes is None:
        return {}
    given = takes(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def step_taken(
    request: Request,
    ballot: Ballot,
    service: Callable[..., Ballot],
    takes: type[Serializer[Any]] | None = None,
) -> Response:
    """Call a service with what was sent, by the database's clock, and answer with the ballot."""
    done = service(
        ballot_id=ballot.pk,
        actor=actor_of(request),
        now=database_now(),
        **given_in(request, takes),
    )
    return Response(BallotOut(done).data)
