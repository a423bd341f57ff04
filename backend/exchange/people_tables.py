"""The sheets about carers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from backend.exchange import checks
from backend.exchange.cells import DATE, DECIMAL, MINUTE, MOMENT, WEEKDAY, WHOLE, YES_NO, choice
from backend.exchange.sheets import Column, Reference, Table
from backend.organisation.models import Organisation
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

BRANCH = Column("branch", path="branch.external_id", is_required=True, is_field=False, most=60)
CARERS_BRANCH = Column(
    "branch", path="carer.branch.external_id", is_required=True, is_field=False, most=60
)
CARER = Column("carer", path="carer.external_id", is_required=True, is_field=False, most=60)
CARER_REFERENCE = Reference("carer", "carers", ("branch", "carer"))
STARTS_ON = Column("starts_on", DATE, is_required=True)
ENDS_BEFORE = Column("ends_before", DATE)
CYCLE = (
    Column("cycle_weeks", WHOLE, least=1, most=8, default=1),
    Column("cycle_week", WHOLE, least=1, most=8, default=1),
    Column("cycle_anchor_on", DATE),
)


def _of_carers(model: type[Model], *order: str) -> Any:
    def rows(_: Organisation, branches: Iterable[int]) -> QuerySet[Any]:
        found = QuerySet[Any](model).filter(carer__branch__in=list(branches))
        return found.select_related("carer__branch").order_by(
            "carer__branch__external_id", "carer__external_id", *order
        )

    return rows


def _carers(_: Organisation, branches: Iterable[int]) -> QuerySet[Carer]:
    found = Carer.objects.filter(branch__in=list(branches)).select_related("branch")
    return found.order_by("branch__external_id", "external_id")


CARERS = Table(
    name="carers",
    sheet="carers",
    model=Carer,
    about="One row for each carer. Accounts are not part of the file.",
    columns=(
        BRANCH,
        Column("carer", path="external_id", is_required=True, most=60),
        Column("name", is_required=True, most=120),
        Column("gender", choice(Gender.values), is_required=True),
        Column("travel_mode", choice(TravelMode.values), is_required=True),
        Column("home_postcode", most=10),
        Column("home_easting", DECIMAL, is_required=True, least=-1_000_000, most=10_000_000),
        Column("home_northing", DECIMAL, is_required=True, least=-1_000_000, most=10_000_000),
        Column("starts_on", DATE),
        ENDS_BEFORE,
        Column("born_on", DATE),
        Column("is_night_worker", YES_NO),
        Column("has_night_hazard", YES_NO),
        Column("night_assessed_on", DATE),
    ),
    references=(Reference("branch", "branches", ("branch",)),),
    key=("branch", "carer"),
    rows=_carers,
    checks=(checks.days_in_order, checks.night_hazard),
)

CONTRACTS = Table(
    name="contracts",
    sheet="contracts",
    model=Contract,
    about="Hours guaranteed and asked for, from a day on. Periods of a carer do not overlap.",
    columns=(
        CARERS_BRANCH,
        CARER,
        STARTS_ON,
        ENDS_BEFORE,
        Column("guaranteed_minutes", WHOLE, is_required=True, least=0, most=10_080),
        Column("maximum_minutes", WHOLE, is_required=True, least=0, most=10_080),
        Column("max_days", WHOLE, is_required=True, least=1, most=7),
    ),
    references=(CARER_REFERENCE,),
    key=("branch", "carer", "starts_on"),
    rows=_of_carers(Contract, "starts_on"),
    checks=(checks.days_in_order, checks.contract_hours),
)

AVAILABILITY = Table(
    name="availability",
    sheet="availability",
    model=Availability,
    about="When a carer can work. The rows of a carer replace all that were there.",
    columns=(
        CARERS_BRANCH,
        CARER,
        Column("weekday", WEEKDAY, is_required=True),
        Column("from", MINUTE, path="from_minute", is_required=True),
        Column("to", MINUTE, path="to_minute", is_required=True),
        *CYCLE,
        STARTS_ON,
        ENDS_BEFORE,
    ),
    references=(CARER_REFERENCE,),
    rows=_of_carers(Availability, "weekday", "from_minute", "cycle_week", "starts_on", "pk"),
    replaces=("branch", "carer"),
    checks=(checks.stretch, checks.cycle, checks.days_in_order),
)

ABSENCES = Table(
    name="absences",
    sheet="absences",
    model=Absence,
    about="Leave, sickness and the like. The rows of a carer replace all that were there.",
    columns=(
        CARERS_BRANCH,
        CARER,
        Column("kind", choice(AbsenceKind.values), is_required=True),
        Column("starts_at", MOMENT, is_required=True),
        Column("ends_at", MOMENT),
    ),
    references=(CARER_REFERENCE,),
    rows=_of_carers(Absence, "starts_at", "pk"),
    replaces=("branch", "carer"),
    checks=(checks.moments_in_order,),
)

CARER_SKILLS = Table(
    name="carer_skills",
    sheet="carer_skills",
    model=CarerSkill,
    about="Training and competence of carers, and the first day on which it is out of date.",
    columns=(
        CARERS_BRANCH,
        CARER,
        Column("skill", path="skill.code", is_required=True, is_field=False, most=60),
        Column("completed_on", DATE),
        ENDS_BEFORE,
    ),
    references=(CARER_REFERENCE, Reference("skill", "skills", ("skill",))),
    key=("branch", "carer", "skill"),
    rows=lambda organisation, branches: _of_carers(CarerSkill, "skill__code")(
        organisation, branches
    ).select_related("skill"),
)

CHECKS = Table(
    name="checks",
    sheet="checks",
    model=CarerCheck,
    about="Checks before somebody visits alone, and the first day on which they no longer hold.",
    columns=(
        CARERS_BRANCH,
        CARER,
        Column("kind", choice(CheckKind.values), is_required=True),
        Column("completed_on", DATE, is_required=True),
        ENDS_BEFORE,
    ),
    references=(CARER_REFERENCE,),
    key=("branch", "carer", "kind"),
    rows=_of_carers(CarerCheck, "kind"),
)

OPT_OUTS = Table(
    name="opt_outs",
    sheet="opt_outs",
    model=WorkingTimeOptOut,
    about="Signed opt-outs from the 48-hour average.",
    columns=(CARERS_BRANCH, CARER, Column("signed_on", DATE, is_required=True), ENDS_BEFORE),
    references=(CARER_REFERENCE,),
    key=("branch", "carer", "signed_on"),
    rows=_of_carers(WorkingTimeOptOut, "signed_on"),
)

VISA_HOURS = Table(
    name="visa_hours",
    sheet="visa_hours",
    model=VisaHours,
    about="The most a visa allows in a week, Monday to Sunday, in a period such as a term.",
    columns=(
        CARERS_BRANCH,
        CARER,
        STARTS_ON,
        ENDS_BEFORE,
        Column("weekly_minutes", WHOLE, is_required=True, least=0, most=10_080),
    ),
    references=(CARER_REFERENCE,),
    key=("branch", "carer", "starts_on"),
    rows=_of_carers(VisaHours, "starts_on"),
    checks=(checks.days_in_order,),
)


def _pence(name: str, most: int) -> Column:
    return Column(name, WHOLE, is_required=True, least=0, most=most)


PAY_RATES = Table(
    name="pay_rates",
    sheet="pay_rates",
    model=PayRate,
    about="Basic pay from a day on: pence an hour, and pence refunded for a mile.",
    columns=(
        CARERS_BRANCH,
        CARER,
        STARTS_ON,
        _pence("contact_pence", 100_000),
        _pence("travel_pence", 100_000),
        _pence("waiting_pence", 100_000),
        _pence("mileage_pence", 1_000),
    ),
    references=(CARER_REFERENCE,),
    key=("branch", "carer", "starts_on"),
    rows=_of_carers(PayRate, "starts_on"),
)
