"""End a package: from a date on it asks for nothing."""

from datetime import date, datetime

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.clients.models import CarePackage
from backend.clients.selectors import packages_for_office


@transaction.atomic
def end_package(*, package_id: int, ends_before: date, actor: User, now: datetime) -> CarePackage:
    """End a package before a date. One that ends no later stays as it is.

    Weeks that are open already follow when they are opened again.

    Raises
    ------
    CarePackage.DoesNotExist
        The package is not of a branch whose office the actor works in.
    """
    visible = packages_for_office(actor).filter(pk=package_id)
    package = CarePackage.objects.select_for_update().get(pk__in=visible)
    if package.ends_before is not None and package.ends_before <= ends_before:
        return package
    package.ends_before = max(ends_before, package.starts_on)
    package.save(update_fields=["ends_before"])
    record(
        "package.ended",
        actor=actor,
        subject=f"package:{package.pk}",
        at=now,
        chain=f"branch:{package.client.branch_id}",
        body={"before": package.ends_before.isoformat()},
    )
    return package
