"""Clients, who pays for them, and their packages."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from backend.clients.models import (
    CarePackage,
    Client,
    Funder,
    FunderKind,
    PackageLine,
    PackageSuspension,
)
from tests.backend.factories.moments import LONG_AGO, MONDAY, NOW
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory


class ClientFactory(DjangoModelFactory[Client]):
    """A client with a confirmed pin."""

    class Meta:
        model = Client

    branch = factory.SubFactory(BranchFactory)
    external_id = factory.Sequence(lambda n: f"client-{n}")
    name = factory.Sequence(lambda n: f"Client {n}")
    address = factory.Sequence(lambda n: f"{n} High Street")
    postcode = "LS1 2BB"
    easting = 431_000.0
    northing = 434_000.0
    pin_confirmed_at = NOW


class FunderFactory(DjangoModelFactory[Funder]):
    """A council."""

    class Meta:
        model = Funder

    organisation = factory.SubFactory(OrganisationFactory)
    external_id = factory.Sequence(lambda n: f"funder-{n}")
    name = factory.Sequence(lambda n: f"Council {n}")
    kind = FunderKind.COMMISSIONER


class CarePackageFactory(DjangoModelFactory[CarePackage]):
    """A package since long ago, without lines."""

    class Meta:
        model = CarePackage

    client = factory.SubFactory(ClientFactory)
    funder = factory.SubFactory(
        FunderFactory, organisation=factory.SelfAttribute("..client.branch.organisation")
    )
    external_id = factory.Sequence(lambda n: f"package-{n}")
    starts_on = LONG_AGO


class PackageLineFactory(DjangoModelFactory[PackageLine]):
    """Every Monday 08:00, within half an hour, 30 minutes, one carer."""

    class Meta:
        model = PackageLine

    package = factory.SubFactory(CarePackageFactory)
    external_id = factory.Sequence(lambda n: f"line-{n}")
    weekday = 0
    target_minute = 8 * 60
    earliest_minute = factory.LazyAttribute(lambda row: row.target_minute - 30)
    latest_minute = factory.LazyAttribute(lambda row: row.target_minute + 30)
    minutes = 30
    cycle_anchor_on = LONG_AGO
    starts_on = LONG_AGO


class PackageSuspensionFactory(DjangoModelFactory[PackageSuspension]):
    """Away for the whole default week."""

    class Meta:
        model = PackageSuspension

    package = factory.SubFactory(CarePackageFactory)
    starts_at = datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(days=7))
    reason = "hospital"
