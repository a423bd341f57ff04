"""Who is looking at which ballot; what is out of sight is not there."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest

from backend.accounts.models import Role, User
from backend.accounts.selectors import has_role
from backend.democracy.models import Ballot
from backend.democracy.selectors import (
    ballot_for,
    office_ballot,
    officer_ballot,
    scrutineer_ballot,
)

Find = Callable[[User, int], Ballot]


def viewer_of(request: HttpRequest) -> User:
    """Return who is signed in. Raises `Http404` for whoever is nothing to the co-operative."""
    user = request.user
    if isinstance(user, AnonymousUser) or not has_role(user, Role):
        raise Http404
    return user


def ballot_of(request: HttpRequest, ballot_id: int) -> tuple[User, Ballot]:
    """Return the viewer and a ballot in their sight."""
    return _found(request, ballot_id, ballot_for)


def officers_ballot(request: HttpRequest, ballot_id: int) -> tuple[User, Ballot]:
    """Return the viewer and a ballot whose returning officer they are."""
    return _found(request, ballot_id, officer_ballot)


def scrutineers_ballot(request: HttpRequest, ballot_id: int) -> tuple[User, Ballot]:
    """Return the viewer and a ballot whose key they keep a share of."""
    return _found(request, ballot_id, scrutineer_ballot)


def office_holders_ballot(request: HttpRequest, ballot_id: int) -> tuple[User, Ballot]:
    """Return the viewer and a ballot of which they are the returning officer or a scrutineer."""
    return _found(request, ballot_id, office_ballot)


def _found(request: HttpRequest, ballot_id: int, find: Find) -> tuple[User, Ballot]:
    viewer = viewer_of(request)
    try:
        return viewer, find(viewer, ballot_id)
    except Ballot.DoesNotExist as error:
        raise Http404 from error
