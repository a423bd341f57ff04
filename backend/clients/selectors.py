"""Reads of clients and their packages; what a viewer may not see is not found."""

from django.db.models import Prefetch, QuerySet

from backend.accounts.models import User
from backend.accounts.selectors import branch_ids
from backend.clients.models import CarePackage, Client, PackageLine


def clients_for_office(viewer: User) -> QuerySet[Client]:
    """Return the clients of the branches whose office the viewer works in, by name."""
    return Client.objects.filter(branch__in=branch_ids(viewer)).order_by("name", "pk")


def packages_for_office(viewer: User) -> QuerySet[CarePackage]:
    """Return the packages of those clients, by start."""
    return CarePackage.objects.filter(client__branch__in=branch_ids(viewer)).order_by(
        "starts_on", "pk"
    )


def lines_for_office(viewer: User) -> QuerySet[PackageLine]:
    """Return the lines of those packages, in the order of the week."""
    return PackageLine.objects.filter(package__client__branch__in=branch_ids(viewer)).order_by(
        "weekday", "target_minute", "pk"
    )


def with_packages(clients: QuerySet[Client]) -> QuerySet[Client]:
    """Read clients together with all that their pages show."""
    lines = PackageLine.objects.order_by("weekday", "target_minute", "pk").prefetch_related(
        "skills"
    )
    packages = (
        CarePackage.objects.select_related("funder")
        .order_by("starts_on", "pk")
        .prefetch_related(Prefetch("lines", lines), "suspensions")
    )
    return clients.select_related("branch__organisation", "key_safe").prefetch_related(
        Prefetch("packages", packages)
    )
