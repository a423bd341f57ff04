"""Carers and when and what they can work."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from backend.people.models import (
    Absence,
    AbsenceKind,
    Availability,
    Carer,
    CarerCheck,
    CarerSkill,
    CheckKind,
    Contract,
    Gender,
    PayRate,
    TravelMode,
    VisaHours,
    WorkingTimeOptOut,
)
from tests.backend.factories.moments import LONG_AGO, MONDAY
from tests.backend.factories.organisation import BranchFactory, SkillFactory


class CarerFactory(DjangoModelFactory[Carer]):
    """A carer with a car; add a contract and availability, or use `working_carer`."""

    class Meta:
        model = Carer

    branch = factory.SubFactory(BranchFactory)
    external_id = factory.Sequence(lambda n: f"carer-{n}")
    name = factory.Sequence(lambda n: f"Carer {n}")
    gender = Gender.FEMALE
    travel_mode = TravelMode.CAR
    home_postcode = "LS1 1AA"
    home_easting = 430_000.0
    home_northing = 433_000.0


class ContractFactory(DjangoModelFactory[Contract]):
    """20 hours guaranteed, 37.5 at most, five days a week, since long ago."""

    class Meta:
        model = Contract

    carer = factory.SubFactory(CarerFactory)
    guaranteed_minutes = 1200
    maximum_minutes = 2250
    max_days = 5
    starts_on = LONG_AGO


class AvailabilityFactory(DjangoModelFactory[Availability]):
    """07:00 to 22:00 every Monday."""

    class Meta:
        model = Availability

    carer = factory.SubFactory(CarerFactory)
    weekday = 0
    from_minute = 7 * 60
    to_minute = 22 * 60
    cycle_anchor_on = LONG_AGO
    starts_on = LONG_AGO


class AbsenceFactory(DjangoModelFactory[Absence]):
    """Leave on the whole Monday of the default week (UTC days)."""

    class Meta:
        model = Absence

    carer = factory.SubFactory(CarerFactory)
    kind = AbsenceKind.LEAVE
    starts_at = datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(days=1))


class CarerSkillFactory(DjangoModelFactory[CarerSkill]):
    """A skill that does not run out."""

    class Meta:
        model = CarerSkill

    carer = factory.SubFactory(CarerFactory)
    skill = factory.SubFactory(
        SkillFactory, organisation=factory.SelfAttribute("..carer.branch.organisation")
    )


class CarerCheckFactory(DjangoModelFactory[CarerCheck]):
    """A check that does not run out."""

    class Meta:
        model = CarerCheck

    carer = factory.SubFactory(CarerFactory)
    kind = CheckKind.RIGHT_TO_WORK
    completed_on = LONG_AGO


class WorkingTimeOptOutFactory(DjangoModelFactory[WorkingTimeOptOut]):
    """An opt-out from the 48-hour average, signed long ago."""

    class Meta:
        model = WorkingTimeOptOut

    carer = factory.SubFactory(CarerFactory)
    signed_on = LONG_AGO


class VisaHoursFactory(DjangoModelFactory[VisaHours]):
    """20 hours a week, since long ago."""

    class Meta:
        model = VisaHours

    carer = factory.SubFactory(CarerFactory)
    weekly_minutes = 20 * 60
    starts_on = LONG_AGO


class PayRateFactory(DjangoModelFactory[PayRate]):
    """£13.50 an hour with clients, nothing for travel and waiting, 25p a mile."""

    class Meta:
        model = PayRate

    carer = factory.SubFactory(CarerFactory)
    starts_on = LONG_AGO
    contact_pence = 1350
    travel_pence = 0
    waiting_pence = 0
    mileage_pence = 25


def working_carer(**fields: object) -> Carer:
    """Return a carer with a contract who can work from 07:00 to 22:00 on all seven days."""
    carer = CarerFactory(**fields)
    ContractFactory(carer=carer)
    for weekday in range(7):
        AvailabilityFactory(carer=carer, weekday=weekday)
    return carer
