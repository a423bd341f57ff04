"""A branch in which every table has rows with every column filled, and what it holds."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Field, Model

from backend.clients.models import (
    CarePackage,
    Client,
    Criticality,
    Funder,
    PackageLine,
    PackageSuspension,
)
from backend.exchange.catalogue import TABLES
from backend.organisation.models import Branch, Organisation, Skill
from backend.people.models import Carer, CarerSkill, Gender
from backend.rota.models import CarerWish, Decline, DeclinedBy, Preference, WishKind
from tests.backend.factories.clients import (
    CarePackageFactory,
    ClientFactory,
    FunderFactory,
    PackageLineFactory,
    PackageSuspensionFactory,
)
from tests.backend.factories.organisation import BranchFactory, SkillFactory
from tests.backend.factories.people import (
    AbsenceFactory,
    AvailabilityFactory,
    CarerCheckFactory,
    CarerFactory,
    ContractFactory,
    PayRateFactory,
    VisaHoursFactory,
    WorkingTimeOptOutFactory,
    working_carer,
)

LEFT_OUT = {
    # Keys and whoever signs in or answered for it belong to the system, not to the branch.
    (Branch, "organisation"),
    (Skill, "organisation"),
    (Funder, "organisation"),
    (Carer, "user"),
    (Client, "pin_confirmed_by"),
}

SPRING = date(2026, 3, 30)


def whole_branch() -> Branch:
    """Return a branch with two carers, two clients, and at least one row in every table."""
    branch = BranchFactory(external_id="north", name="North & East")
    organisation = branch.organisation
    skill = SkillFactory(organisation=organisation, code="peg", name="PEG", refresh_months=12)
    other_skill = SkillFactory(organisation=organisation, code="hoist", name="Hoist")
    first, second = _carers(branch)
    CarerSkill.objects.create(
        carer=first, skill=skill, completed_on=SPRING, ends_before=date(2027, 3, 30)
    )
    client = ClientFactory(
        branch=branch,
        external_id="007",
        name="=Anne O'Neill",
        address="+1 High Street, “Flat 2”\nfirst door",
        pin_confirmed_at=datetime(2026, 5, 1, 9, 30, 12, 345678, tzinfo=UTC),
        risk_class="R1",
        wanted_gender="f",
        target_carers=4,
        at_the_door="'Ring twice",
        contingency_plan="@neighbour",
    )
    other = ClientFactory(branch=branch, external_id="k-2", pin_confirmed_at=None)
    package = _packages(client, [skill, other_skill])
    # A package without a line yet.
    CarePackageFactory(client=other, funder=package.funder, external_id="new")
    PackageSuspensionFactory(package=package)
    # In the hour that happens twice.
    PackageSuspensionFactory(
        package=package, starts_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC), ends_at=None
    )
    Preference.objects.create(client=client, carer=first)
    Decline.objects.create(client=client, carer=second, declined_by=DeclinedBy.CLIENT)
    Decline.objects.create(client=client, carer=second, declined_by=DeclinedBy.CARER)
    _wishes(first, client)
    return branch


def _carers(branch: Branch) -> tuple[Carer, Carer]:
    first = CarerFactory(
        branch=branch,
        external_id="c-1",
        name="-Zoë Nuñez",
        gender=Gender.OTHER,
        home_easting=430_000.25,
        home_northing=-12.125,
        starts_on=SPRING,
        ends_before=date(2027, 1, 1),
        born_on=date(2009, 2, 28),
        is_night_worker=True,
        has_night_hazard=True,
        night_assessed_on=SPRING,
    )
    ContractFactory(carer=first, starts_on=SPRING, ends_before=date(2026, 9, 1))
    ContractFactory(carer=first, starts_on=date(2026, 9, 1), guaranteed_minutes=0)
    AvailabilityFactory(
        carer=first,
        to_minute=1440,
        cycle_weeks=2,
        cycle_week=2,
        cycle_anchor_on=SPRING,
        starts_on=SPRING,
        ends_before=date(2026, 12, 1),
    )
    AbsenceFactory(carer=first)
    AbsenceFactory(carer=first, kind="sickness", ends_at=None)
    CarerCheckFactory(carer=first, ends_before=date(2027, 1, 1))
    WorkingTimeOptOutFactory(carer=first, ends_before=date(2027, 1, 1))
    VisaHoursFactory(carer=first, ends_before=date(2027, 1, 1))
    PayRateFactory(carer=first)
    return first, working_carer(branch=branch, external_id="c-2")


def _packages(client: Client, skills: list[Skill]) -> CarePackage:
    funder = FunderFactory(
        organisation=client.branch.organisation,
        external_id="council",
        name="Council",
        short_visits_by_known_only=True,
    )
    package = CarePackageFactory(
        client=client, funder=funder, external_id="p-1", ends_before=date(2028, 1, 1)
    )
    breakfast = PackageLineFactory(package=package, external_id="am", ends_before=date(2026, 7, 6))
    breakfast.skills.set(skills)
    PackageLineFactory(
        package=package,
        external_id="am-new",
        starts_on=date(2026, 7, 6),
        replaces=breakfast,
        tasks=["Wash", "=Dress"],
        criticality=Criticality.TIME_CRITICAL,
    )
    PackageLineFactory(
        package=package,
        external_id="a-lunch",  # before the one it follows, in the order of the file
        target_minute=720,
        minutes=15,
        carers_required=2,
        follows=breakfast,
        gap_minutes=120,
        cycle_weeks=8,
        cycle_week=3,
        short_visit_reason="Only medicines",
        short_visit_agreed_on=SPRING,
    )
    return package


def _wishes(carer: Carer, client: Client) -> None:
    for kind, values in (
        (WishKind.DAY_OFF, {"weekday": 0}),
        (WishKind.AVOID_WINDOW, {"from_minute": 0, "to_minute": 450}),
        (WishKind.AVOID_CLIENT, {"client": client}),
        (WishKind.NO_SPLIT, {"starts_on": SPRING, "ends_before": date(2026, 12, 1)}),
    ):
        CarerWish.objects.create(carer=carer, kind=kind, strength=2, **values)


def content(organisation: Organisation) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that an organisation's branches hold, by table: every field, no keys.

    Read from the tables themselves, so that a column forgotten in the catalogue is noticed.
    """
    branches = list(organisation.branches.all())
    found: dict[str, list[tuple[Any, ...]]] = {}
    for model in {table.model for table in TABLES}:
        rows = [
            row
            for row in model._default_manager.all()
            if _organisation_of(row) == organisation or _branch_of(row) in branches
        ]
        found[model.__name__] = sorted((_values(row) for row in rows), key=repr)
    found["skills of lines"] = sorted(
        (*_name_of(line), skill.code)
        for line in PackageLine.objects.filter(package__client__branch__in=branches)
        for skill in line.skills.all()
    )
    return found


def checked_fields(model: type[Model]) -> "Iterable[Field[Any, Any]]":
    """Return the fields of a table that an export and an import must bring back."""
    for field in model._meta.concrete_fields:
        if not field.primary_key and (model, field.name) not in LEFT_OUT:
            yield field


def _values(row: Model) -> tuple[Any, ...]:
    return tuple(
        (field.name, _named(getattr(row, field.name))) for field in checked_fields(type(row))
    )


def _named(value: Any) -> Any:
    return _name_of(value) if isinstance(value, Model) else value


def _name_of(row: Model) -> tuple[str, ...]:
    if isinstance(row, Branch):
        return (row.external_id,)
    if isinstance(row, Skill):
        return (row.code,)
    if isinstance(row, Funder):
        return (row.external_id,)
    if isinstance(row, (Carer, Client)):
        return (row.branch.external_id, row.external_id)
    if isinstance(row, CarePackage):
        return (*_name_of(row.client), row.external_id)
    if isinstance(row, PackageLine):
        return (*_name_of(row.package), row.external_id)
    raise TypeError(type(row))


def _branch_of(row: Any) -> Branch | None:
    if isinstance(row, (Carer, Client)):
        return row.branch
    if isinstance(row, (PackageLine, PackageSuspension)):
        return row.package.client.branch
    owner = getattr(row, "carer", None) or getattr(row, "client", None)
    return owner.branch if owner is not None else None


def _organisation_of(row: Any) -> Organisation | None:
    return getattr(row, "organisation", None)
