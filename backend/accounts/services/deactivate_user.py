"""Shut somebody out, and let them in again."""

from datetime import datetime

from django.db import transaction

from backend.accounts.models import Role, User
from backend.accounts.services.administrators import keep_an_administrator
from backend.accounts.services.sessions import end_sessions
from backend.audit.services import record


@transaction.atomic
def deactivate_user(*, user: User, actor: User | None, now: datetime) -> User:
    """Shut a user out: no sign-in any more, and every session ends in the same transaction.

    Their roles stay written down, but count for nothing. A second call changes nothing.

    Raises
    ------
    LastAdminError
        Nobody would be left who may name users and roles.
    """
    if user.grants.filter(role=Role.ADMIN).exists():
        keep_an_administrator(user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        return user
    user.is_active = False
    user.save(update_fields=["is_active"])
    ended = end_sessions(user=user, now=now)
    _record("user.deactivated", user, actor, now, {"sessions_ended": ended})
    return user


@transaction.atomic
def reactivate_user(*, user: User, actor: User | None, now: datetime) -> User:
    """Let a user in again, with the roles they had. A second call changes nothing."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        return user
    # A sign-in that was under way while they were shut out may have left a session behind.
    end_sessions(user=user, now=now)
    user.is_active = True
    user.save(update_fields=["is_active"])
    _record("user.reactivated", user, actor, now, {})
    return user


def _record(
    event: str, user: User, actor: User | None, now: datetime, body: dict[str, object]
) -> None:
    record(
        event,
        actor=actor,
        subject=f"user:{user.pk}",
        at=now,
        chain=f"organisation:{user.organisation_id}",
        body=body,
    )
