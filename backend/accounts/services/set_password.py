"""Give somebody a new password."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from backend.accounts.models import User
from backend.accounts.services.sessions import end_sessions
from backend.audit.services import record
from backend.core.errors import RefusalError


class WeakPasswordError(RefusalError):
    """The password is too easy to guess. `reasons` are sentences, `faults` their codes."""

    code = "accounts.weak_password"


def refuse_weak(password: str, user: User) -> None:
    """Raise `WeakPasswordError` unless a password is good enough for a user."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPasswordError(
            reasons=error.messages, faults=[fault.code for fault in error.error_list]
        ) from error


@transaction.atomic
def set_password(*, user: User, password: str, actor: User | None, now: datetime) -> User:
    """Set a user's password and end every session that was opened with the old one.

    The same password again changes nothing more.

    Raises
    ------
    WeakPasswordError
        The password is too easy to guess.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse_weak(password, user)
    ended = end_sessions(user=user, now=now)
    if not ended and user.check_password(password):
        return user
    user.set_password(password)
    user.save(update_fields=["password"])
    record(
        "user.password_set",
        actor=actor,
        subject=f"user:{user.pk}",
        at=now,
        chain=f"organisation:{user.organisation_id}",
        body={"sessions_ended": ended},
    )
    return user
