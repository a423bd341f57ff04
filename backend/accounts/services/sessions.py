"""End the sessions of a person."""

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from backend.accounts.models import User


def end_sessions(*, user: User, now: datetime) -> int:
    """Delete every session of a user that is still open at `now`, and return how many.

    A session's row does not say whose it is, so all open ones are read: some hundreds, for a
    thing done a few times a week.
    """
    whose = str(user.pk)
    keys = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=now).iterator()
        if session.get_decoded().get(SESSION_KEY) == whose
    ]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)
