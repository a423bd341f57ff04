"""Writes of carers."""

from datetime import datetime

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.people.models import Carer


class CarerHasSignInError(RefusalError):
    """The carer signs in as somebody else already, or the user is another carer."""

    code = "people.carer_has_sign_in"


@transaction.atomic
def link_carer(*, carer: Carer, user: User, actor: User | None, now: datetime) -> Carer:
    """Say that a user is this carer, who then sees their own week. A second call changes nothing.

    Raises
    ------
    CarerHasSignInError
        The carer has another user, or the user is another carer.
    """
    carer = Carer.objects.select_for_update().get(pk=carer.pk)
    if carer.user_id == user.pk:
        return carer
    if carer.user_id is not None or Carer.objects.filter(user=user).exists():
        raise CarerHasSignInError
    carer.user = user
    carer.save(update_fields=["user"])
    record(
        "carer.linked",
        actor=actor,
        subject=f"carer:{carer.pk}",
        at=now,
        chain=f"branch:{carer.branch_id}",
        body={"user_id": user.pk},
    )
    return carer
