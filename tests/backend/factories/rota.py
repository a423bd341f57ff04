"""Rotas, visits, what was published, and what ties carers to clients."""

from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from backend.core.periods import at_wall_minute
from backend.people.models import Carer
from backend.rota.models import (
    CarerWish,
    Decline,
    DeclinedBy,
    GroupRun,
    PlacedWish,
    PlacedWishKind,
    Preference,
    Publication,
    PublishedAssignment,
    Rota,
    RotaProposal,
    RunKind,
    RunState,
    Scenario,
    SolverRun,
    Visit,
    VisitAssignment,
    VisitState,
    WishKind,
    WishList,
)
from tests.backend.factories.clients import ClientFactory
from tests.backend.factories.moments import MONDAY, NOW, WISH_PERIOD
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory
from tests.backend.factories.people import CarerFactory


class RotaFactory(DjangoModelFactory[Rota]):
    """The draft of the default week."""

    class Meta:
        model = Rota

    branch = factory.SubFactory(BranchFactory)
    week_starts_on = MONDAY


class VisitFactory(DjangoModelFactory[Visit]):
    """An unallocated visit on the rota's Monday at 08:00, 30 minutes; no line behind it."""

    class Meta:
        model = Visit

    rota = factory.SubFactory(RotaFactory)
    client = factory.SubFactory(ClientFactory, branch=factory.SelfAttribute("..rota.branch"))
    on = factory.LazyAttribute(lambda row: row.rota.week_starts_on)
    target_minute = 8 * 60
    earliest_minute = factory.LazyAttribute(lambda row: row.target_minute - 30)
    latest_minute = factory.LazyAttribute(lambda row: row.target_minute + 30)
    minutes = 30
    target_at = factory.LazyAttribute(
        lambda row: at_wall_minute(row.on, row.target_minute, _zone(row.rota))
    )


class VisitAssignmentFactory(DjangoModelFactory[VisitAssignment]):
    """One carer's part in a visit; `allocate` also gives the visit its start."""

    class Meta:
        model = VisitAssignment

    visit = factory.SubFactory(VisitFactory)
    carer = factory.SubFactory(CarerFactory, branch=factory.SelfAttribute("..visit.rota.branch"))


class PublicationFactory(DjangoModelFactory[Publication]):
    """The first publication of a rota."""

    class Meta:
        model = Publication

    rota = factory.SubFactory(RotaFactory)
    number = 1
    published_at = NOW
    rule_versions = factory.LazyFunction(dict)
    changes = factory.LazyFunction(dict)


class PublishedAssignmentFactory(DjangoModelFactory[PublishedAssignment]):
    """What a carer was told about a visit: its planned start, or its target."""

    class Meta:
        model = PublishedAssignment

    visit = factory.SubFactory(VisitFactory)
    rota = factory.LazyAttribute(lambda row: row.visit.rota)
    publication = factory.SubFactory(PublicationFactory, rota=factory.SelfAttribute("..rota"))
    carer = factory.SubFactory(CarerFactory, branch=factory.SelfAttribute("..visit.rota.branch"))
    client = factory.LazyAttribute(lambda row: row.visit.client)
    on = factory.LazyAttribute(lambda row: row.visit.on)
    start_minute = factory.LazyAttribute(
        lambda row: (
            row.visit.target_minute if row.visit.start_minute is None else row.visit.start_minute
        )
    )
    minutes = factory.LazyAttribute(lambda row: row.visit.minutes)
    starts_at = factory.LazyAttribute(
        lambda row: at_wall_minute(row.on, row.start_minute, _zone(row.rota))
    )
    ends_at = factory.LazyAttribute(
        lambda row: at_wall_minute(row.on, row.start_minute + row.minutes, _zone(row.rota))
    )


class PreferenceFactory(DjangoModelFactory[Preference]):
    """A client and a carer who know each other, of one branch."""

    class Meta:
        model = Preference

    client = factory.SubFactory(ClientFactory)
    carer = factory.SubFactory(CarerFactory, branch=factory.SelfAttribute("..client.branch"))


class DeclineFactory(DjangoModelFactory[Decline]):
    """A client who declined a carer, of one branch."""

    class Meta:
        model = Decline

    client = factory.SubFactory(ClientFactory)
    carer = factory.SubFactory(CarerFactory, branch=factory.SelfAttribute("..client.branch"))
    declined_by = DeclinedBy.CLIENT


class CarerWishFactory(DjangoModelFactory[CarerWish]):
    """A wish for no split days, of middle strength."""

    class Meta:
        model = CarerWish

    carer = factory.SubFactory(CarerFactory)
    kind = WishKind.NO_SPLIT
    strength = 2


class WishListFactory(DjangoModelFactory[WishList]):
    """A carer's points of the period that holds the default week; none are placed."""

    class Meta:
        model = WishList

    carer = factory.SubFactory(CarerFactory)
    period_starts_on = WISH_PERIOD
    points = 12


class PlacedWishFactory(DjangoModelFactory[PlacedWish]):
    """A wish for no split days on four of twelve points, from the first week of its period."""

    class Meta:
        model = PlacedWish

    wish_list = factory.SubFactory(WishListFactory)
    kind = PlacedWishKind.NO_SPLIT
    points = 4
    counts_from = factory.LazyAttribute(lambda row: row.wish_list.period_starts_on)


class SolverRunFactory(DjangoModelFactory[SolverRun]):
    """A run that waits for a worker."""

    class Meta:
        model = SolverRun

    rota = factory.SubFactory(RotaFactory)
    seconds = 60
    asked_at = NOW
    rota_version = factory.LazyAttribute(lambda row: row.rota.version)


class GroupRunFactory(DjangoModelFactory[GroupRun]):
    """A group run of one stage without parts."""

    class Meta:
        model = GroupRun

    organisation = factory.SubFactory(OrganisationFactory)
    week_starts_on = MONDAY
    seconds = 60
    stages: Any = factory.LazyFunction(lambda: [{"seconds": 60, "parts": []}])
    asked_at = NOW


class ScenarioFactory(DjangoModelFactory[Scenario]):
    """A question of what if that was stopped before it was answered."""

    class Meta:
        model = Scenario

    rota = factory.SubFactory(RotaFactory)
    change = {"weights": {"travel": 2.0}, "limits": {}, "more_carers": None}
    asked_at = NOW
    present = factory.SubFactory(
        SolverRunFactory,
        rota=factory.SelfAttribute("..rota"),
        kind=RunKind.WHAT_IF,
        state=RunState.CANCELLED,
    )
    tried = factory.SubFactory(
        SolverRunFactory,
        rota=factory.SelfAttribute("..rota"),
        kind=RunKind.WHAT_IF,
        state=RunState.CANCELLED,
    )


class RotaProposalFactory(DjangoModelFactory[RotaProposal]):
    """An empty proposal that waits for a decision."""

    class Meta:
        model = RotaProposal

    run = factory.SubFactory(SolverRunFactory, state="finished")
    rota = factory.LazyAttribute(lambda row: row.run.rota)
    rota_version = factory.LazyAttribute(lambda row: row.run.rota_version)
    assignments = factory.LazyFunction(list)
    made_at = NOW


def allocate(visit: Visit, *carers: Carer, start_minute: int | None = None) -> Visit:
    """Give a visit to carers in the draft, at its target unless told otherwise."""
    visit.start_minute = visit.target_minute if start_minute is None else start_minute
    visit.starts_at = at_wall_minute(visit.on, visit.start_minute, _zone(visit.rota))
    visit.state = VisitState.ALLOCATED
    visit.save()
    for carer in carers:
        VisitAssignmentFactory(visit=visit, carer=carer)
    return visit


def _zone(rota: Rota) -> ZoneInfo:
    return ZoneInfo(rota.branch.organisation.time_zone)
