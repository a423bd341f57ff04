"""Add somebody who can sign in."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from backend.accounts.models import User
from backend.accounts.services.set_password import refuse_weak
from backend.audit.services import record
from backend.core.errors import RefusalError

if TYPE_CHECKING:
    from backend.organisation.models import Organisation


class UsernameTakenError(RefusalError):
    """Somebody else signs in with this name, perhaps in other capitals."""

    code = "accounts.username_taken"


class UnfitNameError(RefusalError):
    """A name is empty, too long or has odd characters; `problems` lists sentences by field."""

    code = "accounts.unfit_name"


@transaction.atomic
def create_user(
    *,
    organisation: "Organisation",
    username: str,
    display_name: str,
    password: str,
    actor: User | None,
    now: datetime,
) -> User:
    """Create a user without any role, who can therefore see nothing yet.

    The same call again, password included, returns the user as they are.

    Parameters
    ----------
    password
        Chosen by the person, or made by `passwords.new_password`.

    Raises
    ------
    UnfitNameError
        The username or the name cannot be used.
    UsernameTakenError
        Somebody has the username already, in whatever capitals.
    WeakPasswordError
        The password is too easy to guess.
    """
    user = User(
        organisation=organisation,
        username=User.normalize_username(username.strip()),
        display_name=display_name.strip(),
    )
    _refuse_unfit(user)
    if existing := User.objects.filter(username__iexact=user.username).first():
        if _is_same(existing, user, password):
            return existing
        raise UsernameTakenError(username=user.username)
    refuse_weak(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        # Somebody took the name since we looked.
        raise UsernameTakenError(username=user.username) from error
    record(
        "user.created",
        actor=actor,
        subject=f"user:{user.pk}",
        at=now,
        chain=f"organisation:{organisation.pk}",
    )
    return user


def _refuse_unfit(user: User) -> None:
    try:
        user.clean_fields(exclude=["password", "organisation"])
    except ValidationError as error:
        raise UnfitNameError(problems=error.message_dict) from error


def _is_same(existing: User, wanted: User, password: str) -> bool:
    return (
        existing.is_active
        and existing.organisation_id == wanted.organisation_id
        and (existing.username, existing.display_name) == (wanted.username, wanted.display_name)
        and existing.check_password(password)
    )
