"""The sheets about branches, clients, packages, and what ties clients to carers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from backend.clients.models import (
    CarePackage,
    Client,
    Criticality,
    Funder,
    FunderKind,
    PackageLine,
    PackageSuspension,
    RiskClass,
    WantedGender,
)
from backend.exchange import checks
from backend.exchange.cells import (
    CODES,
    DATE,
    DECIMAL,
    ITEMS,
    MINUTE,
    MOMENT,
    WEEKDAY,
    WHOLE,
    YES_NO,
    choice,
)
from backend.exchange.people_tables import (
    BRANCH,
    CARER,
    CARER_REFERENCE,
    CARERS_BRANCH,
    CYCLE,
    ENDS_BEFORE,
    STARTS_ON,
)
from backend.exchange.sheets import Column, Reference, Table
from backend.organisation.models import Branch, Organisation, Skill
from backend.rota.models import CarerWish, Decline, DeclinedBy, Preference, WishKind

CLIENTS_BRANCH = Column(
    "branch", path="client.branch.external_id", is_required=True, is_field=False, most=60
)
CLIENT = Column("client", path="client.external_id", is_required=True, is_field=False, most=60)
CLIENT_REFERENCE = Reference("client", "clients", ("branch", "client"))

KEY_SAFE = "key_safe"
"""A column of the clients sheet that can be imported and is never exported."""


def _branches(organisation: Organisation, branches: Iterable[int]) -> QuerySet[Branch]:
    return organisation.branches.filter(pk__in=list(branches)).order_by("external_id")


def _of_branches(model: type[Model], branch: str, *order: str, related: tuple[str, ...]) -> Any:
    def rows(_: Organisation, branches: Iterable[int]) -> QuerySet[Any]:
        found = QuerySet[Any](model).filter(**{f"{branch}__in": list(branches)})
        return found.select_related(*related).order_by(f"{branch}__external_id", *order)

    return rows


BRANCHES = Table(
    name="branches",
    sheet="branches",
    model=Branch,
    about="One row for each branch. Only an administrator adds branches.",
    columns=(
        Column("branch", path="external_id", is_required=True, most=60),
        Column("name", is_required=True, most=120),
    ),
    references=(),
    key=("branch",),
    rows=_branches,
)

SKILLS = Table(
    name="skills",
    sheet="skills",
    model=Skill,
    about="What visits may need. For the whole organisation.",
    columns=(
        Column("skill", path="code", is_required=True, most=60),
        Column("name", is_required=True, most=120),
        Column("refresh_months", WHOLE, least=1, most=600),
    ),
    references=(),
    key=("skill",),
    rows=lambda organisation, _: organisation.skills.order_by("code"),
    is_shared=True,
)

FUNDERS = Table(
    name="funders",
    sheet="funders",
    model=Funder,
    about="Who pays for packages. For the whole organisation.",
    columns=(
        Column("funder", path="external_id", is_required=True, most=60),
        Column("name", is_required=True, most=120),
        Column("kind", choice(FunderKind.values), is_required=True),
        Column("short_visits_by_known_only", YES_NO),
    ),
    references=(),
    key=("funder",),
    rows=lambda organisation, _: organisation.funders.order_by("external_id"),
    is_shared=True,
)

CLIENTS = Table(
    name="clients",
    sheet="clients",
    model=Client,
    about=(
        "One row for each client. The column key_safe may be added to import codes; codes are "
        "never exported. Without pin_confirmed_at nobody is sent to the client."
    ),
    columns=(
        BRANCH,
        Column("client", path="external_id", is_required=True, most=60),
        Column("name", is_required=True, most=120),
        Column("address", most=240),
        Column("postcode", most=10),
        Column("easting", DECIMAL, is_required=True, least=-1_000_000, most=10_000_000),
        Column("northing", DECIMAL, is_required=True, least=-1_000_000, most=10_000_000),
        Column("pin_confirmed_at", MOMENT),
        Column("risk_class", choice(RiskClass.values), default=RiskClass.R2.value),
        Column("wanted_gender", choice([name for name in WantedGender.values if name])),
        Column("target_carers", WHOLE, least=1, most=100),
        Column("at_the_door"),
        Column("contingency_plan"),
    ),
    references=(Reference("branch", "branches", ("branch",)),),
    key=("branch", "client"),
    rows=_of_branches(Client, "branch", "external_id", related=("branch",)),
)


def _skill_codes(line: PackageLine) -> list[str]:
    return sorted(skill.code for skill in line.skills.all())


PACKAGE_BRANCH = Column(
    "branch", path="client.branch.external_id", is_required=True, is_field=False, most=60
)
PACKAGES = Table(
    name="packages",
    sheet="packages",
    model=CarePackage,
    about="One row for each line of a package; the package's own columns are the same in each.",
    columns=(
        PACKAGE_BRANCH,
        CLIENT,
        Column("package", path="external_id", is_required=True, most=60),
        Column("funder", path="funder.external_id", is_required=True, is_field=False, most=60),
        Column("package_starts_on", DATE, path="starts_on", is_required=True),
        Column("package_ends_before", DATE, path="ends_before"),
    ),
    references=(CLIENT_REFERENCE, Reference("funder", "funders", ("funder",))),
    key=("branch", "client", "package"),
    rows=_of_branches(
        CarePackage,
        "client__branch",
        "client__external_id",
        "external_id",
        related=("client__branch", "funder"),
    ),
    checks=(checks.package_days_in_order,),
)

LINES = Table(
    name="lines",
    sheet="packages",
    model=PackageLine,
    about=PACKAGES.about,
    columns=(
        Column("branch", path="package.client.branch.external_id", is_field=False, most=60),
        Column("client", path="package.client.external_id", is_field=False, most=60),
        Column("package", path="package.external_id", is_field=False, most=60),
        Column("line", path="external_id", most=60),
        Column("weekday", WEEKDAY, is_required=True),
        Column("target", MINUTE, path="target_minute", is_required=True),
        Column("earliest", MINUTE, path="earliest_minute", is_required=True),
        Column("latest", MINUTE, path="latest_minute", is_required=True),
        Column("minutes", WHOLE, is_required=True, least=1, most=1440),
        Column("carers", WHOLE, path="carers_required", least=1, most=2, default=1),
        Column("criticality", choice(Criticality.values), default=Criticality.IMPORTANT.value),
        Column("skills", CODES, is_field=False, getter=_skill_codes),
        Column("tasks", ITEMS),
        Column("follows", path="follows.external_id", is_field=False, most=60),
        Column("gap_minutes", WHOLE, least=0, most=1440, default=0),
        *CYCLE,
        STARTS_ON,
        ENDS_BEFORE,
        Column("replaces", path="replaces.external_id", is_field=False, most=60),
        Column("short_visit_reason", most=200),
        Column("short_visit_agreed_on", DATE),
    ),
    references=(
        Reference("package", "packages", ("branch", "client", "package")),
        Reference("follows", "lines", ("branch", "client", "package", "follows"), is_later=True),
        Reference("replaces", "lines", ("branch", "client", "package", "replaces"), is_later=True),
    ),
    key=("branch", "client", "package", "line"),
    rows=lambda _, branches: (
        PackageLine.objects.filter(package__client__branch__in=list(branches))
        .select_related("package__client__branch", "follows", "replaces")
        .prefetch_related("skills")
        .order_by(
            "package__client__branch__external_id",
            "package__client__external_id",
            "package__external_id",
            "weekday",
            "target_minute",
            "external_id",
        )
    ),
    checks=(
        checks.line_window,
        checks.short_visit,
        checks.cycle,
        checks.days_in_order,
        checks.follows_another,
    ),
    skips_empty="line",
)

SUSPENSIONS = Table(
    name="suspensions",
    sheet="suspensions",
    model=PackageSuspension,
    about="When a package stops. The rows of a package replace all that were there.",
    columns=(
        Column(
            "branch",
            path="package.client.branch.external_id",
            is_required=True,
            is_field=False,
            most=60,
        ),
        Column(
            "client",
            path="package.client.external_id",
            is_required=True,
            is_field=False,
            most=60,
        ),
        Column("package", path="package.external_id", is_required=True, is_field=False, most=60),
        Column("starts_at", MOMENT, is_required=True),
        Column("ends_at", MOMENT),
        Column("reason", most=60),
    ),
    references=(Reference("package", "packages", ("branch", "client", "package")),),
    rows=_of_branches(
        PackageSuspension,
        "package__client__branch",
        "package__client__external_id",
        "package__external_id",
        "starts_at",
        "pk",
        related=("package__client__branch",),
    ),
    replaces=("branch", "client", "package"),
    checks=(checks.moments_in_order,),
)


def _pairs(model: type[Model]) -> Any:
    return _of_branches(
        model,
        "client__branch",
        "client__external_id",
        "carer__external_id",
        related=("client__branch", "carer__branch"),
    )


FAMILIAR = Table(
    name="familiar",
    sheet="familiar_carers",
    model=Preference,
    about="Carers whom a client knows and is glad of, on top of what past visits say.",
    columns=(CLIENTS_BRANCH, CLIENT, CARER),
    references=(CLIENT_REFERENCE, CARER_REFERENCE),
    key=("branch", "client", "carer"),
    rows=lambda organisation, branches: _pairs(Preference)(organisation, branches).filter(
        _same_branch()
    ),
)

DECLINES = Table(
    name="declines",
    sheet="declines",
    model=Decline,
    about="Carers and clients who are not to be matched, and whose wish it was.",
    columns=(
        CLIENTS_BRANCH,
        CLIENT,
        CARER,
        Column("declined_by", choice(DeclinedBy.values), is_required=True),
    ),
    references=(CLIENT_REFERENCE, CARER_REFERENCE),
    key=("branch", "client", "carer", "declined_by"),
    rows=lambda organisation, branches: _pairs(Decline)(organisation, branches).filter(
        _same_branch()
    ),
)

WISHES = Table(
    name="wishes",
    sheet="wishes",
    model=CarerWish,
    about="What carers would like. The rows of a carer replace all that were there.",
    columns=(
        CARERS_BRANCH,
        CARER,
        Column("kind", choice(WishKind.values), is_required=True),
        Column("strength", WHOLE, is_required=True, least=1, most=3),
        Column("weekday", WEEKDAY),
        Column("from", MINUTE, path="from_minute"),
        Column("to", MINUTE, path="to_minute"),
        Column("client", path="client.external_id", is_field=False, most=60),
        Column("starts_on", DATE),
        ENDS_BEFORE,
    ),
    references=(CARER_REFERENCE, CLIENT_REFERENCE),
    rows=_of_branches(
        CarerWish,
        "carer__branch",
        "carer__external_id",
        "kind",
        "weekday",
        "from_minute",
        "pk",
        related=("carer__branch", "client"),
    ),
    replaces=("branch", "carer"),
    checks=(checks.wish_says_what, checks.stretch, checks.days_in_order),
)


def _same_branch() -> Q:
    """Return the pairs that a file of one branch can name: the carer is of the client's branch."""
    return Q(client__branch=F("carer__branch"))
