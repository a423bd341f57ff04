"""PKG-10: stop a package's visits while the client is away."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from backend.accounts.models import User
from backend.audit.services import record
from backend.clients.models import CarePackage, PackageSuspension
from backend.clients.selectors import packages_for_office
from backend.core.errors import RefusalError


class OverlappingSuspensionError(RefusalError):
    """The package is suspended already for a part of the period.

    `suspension_id` names that suspension.
    """

    code = "clients.suspended_already"


@transaction.atomic
def suspend_package(
    *,
    package_id: int,
    starts_at: datetime,
    ends_at: datetime | None,
    reason: str,
    actor: User,
    now: datetime,
) -> PackageSuspension:
    """Suspend a package from one moment until another; None: until somebody says otherwise.

    The same suspension asked for again is returned as it is. Weeks that are open already follow
    when they are opened again.

    Raises
    ------
    CarePackage.DoesNotExist
        The package is not of a branch whose office the actor works in.
    OverlappingSuspensionError
        Another suspension holds for a part of the period.
    """
    visible = packages_for_office(actor).filter(pk=package_id)
    package = CarePackage.objects.select_for_update().get(pk__in=visible)
    overlapping = package.suspensions.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=starts_at))
    if ends_at is not None:
        overlapping = overlapping.filter(starts_at__lt=ends_at)
    for other in overlapping:
        if (other.starts_at, other.ends_at, other.reason) == (starts_at, ends_at, reason):
            return other
        raise OverlappingSuspensionError(suspension_id=other.pk)
    suspension = package.suspensions.create(starts_at=starts_at, ends_at=ends_at, reason=reason)
    # Why somebody is away can be health data: the reason stays in its row.
    record(
        "package.suspended",
        actor=actor,
        subject=f"package:{package.pk}",
        at=now,
        chain=f"branch:{package.client.branch_id}",
        body={
            "suspension": suspension.pk,
            "from": starts_at.isoformat(),
            "until": ends_at.isoformat() if ends_at else None,
        },
    )
    return suspension
