"""Writes of carers."""

from datetime import datetime

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.people.models import Absence, Carer
from backend.people.selectors import carers_for_office


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


@transaction.atomic
def report_absence(
    *,
    carer_id: int,
    kind: str,
    starts_at: datetime,
    ends_at: datetime | None,
    actor: User,
    now: datetime,
) -> Absence:
    """Note that a carer cannot work from one moment until another; None: until further notice.

    The same absence reported again is returned as it is. It may overlap another: whoever is ill
    on leave is both.

    Raises
    ------
    Carer.DoesNotExist
        The carer is not of a branch whose office the actor works in.
    """
    visible = carers_for_office(actor).filter(pk=carer_id)
    carer = Carer.objects.select_for_update().get(pk__in=visible)
    absence, is_new = carer.absences.get_or_create(kind=kind, starts_at=starts_at, ends_at=ends_at)
    if is_new:
        # Why somebody is away can be health data: the kind stays in its row.
        record(
            "carer.absence_reported",
            actor=actor,
            subject=f"carer:{carer.pk}",
            at=now,
            chain=f"branch:{carer.branch_id}",
            body={
                "absence": absence.pk,
                "from": starts_at.isoformat(),
                "until": ends_at.isoformat() if ends_at else None,
            },
        )
    return absence
