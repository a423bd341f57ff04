"""The whole co-operative put together and into the database, all or nothing."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Model, QuerySet

from backend.accounts.models import Role, RoleGrant, User
from backend.clients.models import (
    CarePackage,
    Client,
    Funder,
    FunderKind,
    KeySafeCode,
    PackageLine,
)
from backend.clients.services.key_safe import COLUMN, TABLE
from backend.core.periods import at_wall_minute
from backend.core.planner import refresh_statistics
from backend.core.sealing import seal
from backend.demo import carers, clients
from backend.demo.figures import CARER_MINUTES_A_WEEK, seeded
from backend.demo.matching import make_declines, make_wishes
from backend.demo.members import MemberMaker
from backend.demo.names import NameBook
from backend.demo.places import BRANCHES, SHOWN_BRANCH, BranchPlan, towns_of
from backend.membership.models import (
    Membership,
    MembershipEvent,
    OrganisationForm,
    ShareEntry,
)
from backend.membership.services.found_membership import found_membership
from backend.membership.services.load_histories import load_histories
from backend.organisation.models import Branch, Organisation, Skill
from backend.organisation.selectors import zone_of
from backend.organisation.services import found_organisation
from backend.people.models import Availability, Carer, CarerSkill, Contract

EXTERNAL_ID = "fellgate"
NAME = "Fellgate Homecare Co-operative"

SKILLS = (
    ("personal_care", "Personal care (Care Certificate)", None),
    ("medication", "Support with medicines", 12),
    ("moving_handling", "Moving and handling", 12),
    ("basic_life_support", "Basic life support", 12),
    ("safeguarding", "Safeguarding adults", 12),
    ("catheter", "Catheter care", 12),
    ("peg", "Feeding by tube (PEG)", 12),
    ("dementia", "Dementia care", 36),
)
"""Code, name, months until it is renewed (section 9.2 of the domain rules)."""

FUNDERS = (
    ("chc", "Northern Dales NHS Integrated Care Board", FunderKind.CHC),
    ("private", "Clients who pay themselves", FunderKind.PRIVATE),
    ("direct", "Clients with a direct payment", FunderKind.DIRECT_PAYMENT),
    ("isf", "Individual service funds", FunderKind.ISF),
)

COORDINATOR, MANAGER, CARER, MEMBER, ADMIN = "coordinator", "manager", "carer", "member", "admin"
PLANNER = "planner"
"""User names of those who are shown; see `sign_ins`."""

BATCH = 500

Row = TypeVar("Row", bound=Model)


def demo_organisation() -> Organisation | None:
    """Return the demonstration co-operative, or None while it is not loaded."""
    return Organisation.objects.filter(external_id=EXTERNAL_ID).first()


@transaction.atomic
def build_cooperative(monday: date) -> Organisation:
    """Put the co-operative into the database: people, packages, wishes, accounts; no weeks.

    Parameters
    ----------
    monday
        Of the current week. All dates are counted from it, so two installations with the same
        Monday hold the same co-operative.
    """
    founded_at = datetime.combine(
        monday - timedelta(weeks=52), datetime.min.time(), ZoneInfo("Europe/London")
    )
    organisation = found_organisation(
        external_id=EXTERNAL_ID, name=NAME, actor=None, now=founded_at
    )
    skills = _skills(organisation)
    funders = _funders(organisation)
    names = NameBook(seeded("names"))
    for plan in BRANCHES:
        _branch(organisation, plan, skills, funders, names, monday)
    for role, username in ((Role.MEMBER, MEMBER), (Role.ADMIN, ADMIN)):
        user = _user(organisation, username, names.name("x"))
        user.save()
        RoleGrant.objects.create(user=user, role=role)
    _planner_of_all(organisation, names.name("x"))
    _members(organisation, monday, founded_at)
    refresh_statistics(
        Carer,
        Membership,
        MembershipEvent,
        ShareEntry,
        Availability,
        Contract,
        CarerSkill,
        Client,
        CarePackage,
        PackageLine,
        PackageLine.skills.through,
    )
    return organisation


def _branch(
    organisation: Organisation,
    plan: BranchPlan,
    skills: dict[str, Skill],
    funders: dict[str, Funder],
    names: NameBook,
    monday: date,
) -> None:
    branch = Branch.objects.create(
        organisation=organisation, external_id=plan.external_id, name=plan.name
    )
    zone = zone_of(organisation)
    coordinator = _office(branch, Role.COORDINATOR, COORDINATOR, names.name("f"))
    _office(branch, Role.BRANCH_MANAGER, MANAGER, names.name("m"))
    towns = towns_of(plan, seeded(f"towns of {plan.external_id}"))
    people = carers.CarerMaker(branch, plan, towns, skills, monday, zone).make(names)
    _accounts(organisation, branch, people)
    for table in carers.rows_of(people):
        _put(table)
    share = CARER_MINUTES_A_WEEK * plan.carers // sum(row.carers for row in BRANCHES)
    maker = clients.ClientMaker(branch, plan, towns, funders, monday, zone, coordinator)
    served = maker.make(names, share)
    for table in clients.rows_of(served):
        _put(table)
    _put_line_skills(served, skills)
    _put_key_safes(served, at_wall_minute(monday - timedelta(weeks=9), 600, zone))
    ties = seeded(f"ties of {plan.external_id}")
    _put(make_declines(ties, people, served))
    _put(make_wishes(ties, people, served))


def _members(organisation: Organisation, monday: date, founded_at: datetime) -> None:
    """Make carers and office staff the owners, as a society with its council."""
    entity = found_membership(
        organisation=organisation,
        form=OrganisationForm.COOP_SOCIETY,
        registrar_no="DEMO-1",
        actor=None,
        now=founded_at,
    )
    carers_of_all = Carer.objects.filter(branch__organisation=organisation)
    office = User.objects.filter(
        organisation=organisation,
        grants__role__in=[Role.COORDINATOR, Role.BRANCH_MANAGER, Role.MEMBER],
        carer__isnull=True,
    )
    maker = MemberMaker(entity, monday, founded_at)
    made = maker.make(
        carers_of_all.select_related("branch").order_by("pk"), office.distinct().order_by("pk")
    )
    for table in made.tables():
        _put(table)
    load_histories(organisation=organisation, actor=None, now=founded_at)


def _skills(organisation: Organisation) -> dict[str, Skill]:
    rows = [
        Skill(organisation=organisation, code=code, name=name, refresh_months=months)
        for code, name, months in SKILLS
    ]
    _put(rows)
    return {row.code: row for row in rows}


def _funders(organisation: Organisation) -> dict[str, Funder]:
    councils = [(plan.external_id, plan.council, FunderKind.COMMISSIONER) for plan in BRANCHES]
    rows = [
        Funder(organisation=organisation, external_id=external_id, name=name, kind=kind)
        for external_id, name, kind in (*councils, *FUNDERS)
    ]
    _put(rows)
    return {row.external_id: row for row in rows}


def _office(branch: Branch, role: Role, username: str, name: str) -> User:
    """Give a branch somebody in the office; those of the shown branch have the short names."""
    if branch.external_id != SHOWN_BRANCH:
        username = f"{branch.external_id}-{username}"
    user = _user(branch.organisation, username, name)
    user.save()
    RoleGrant.objects.create(user=user, role=role, branch=branch)
    return user


def _planner_of_all(organisation: Organisation, name: str) -> None:
    """Give the co-operative somebody who answers for the rotas of all branches."""
    user = _user(organisation, PLANNER, name)
    user.save()
    _put(
        [
            RoleGrant(user=user, role=Role.BRANCH_MANAGER, branch=branch)
            for branch in organisation.branches.order_by("pk")
        ]
    )


def _accounts(organisation: Organisation, branch: Branch, people: carers.MadeCarers) -> None:
    """Give each carer an account, as a carer and as a member, that nobody can sign in to yet."""
    users = [
        _user(organisation, f"{branch.external_id}-{carer.external_id.lower()}", carer.name)
        for carer in people.carers
    ]
    if branch.external_id == SHOWN_BRANCH:
        users[_place_of_shown(people)].username = CARER
    _put(users)
    for carer, user in zip(people.carers, users, strict=True):
        carer.user = user
    _put([RoleGrant(user=user, role=Role.CARER, branch=branch) for user in users])
    _put([RoleGrant(user=user, role=Role.MEMBER) for user in users])


def _place_of_shown(people: carers.MadeCarers) -> int:
    """Return the place of the carer whose phone is shown: a steady week, nothing out of date."""
    away = {id(row.carer) for row in people.absences}
    days = Counter(id(row.carer) for row in people.availability if row.cycle_weeks == 1)
    steady = {id(row.carer) for row in people.contracts if row.guaranteed_minutes >= 20 * 60}
    return next(
        place
        for place, carer in enumerate(people.carers)
        if id(carer) not in away and days[id(carer)] >= 5 and id(carer) in steady
    )


def _user(organisation: Organisation, username: str, name: str) -> User:
    return User(
        organisation=organisation,
        username=username,
        display_name=name,
        password=make_password(None),
    )


def _put_line_skills(served: clients.MadeClients, skills: dict[str, Skill]) -> None:
    link = PackageLine.skills.through
    _put(
        [
            link(packageline_id=line.pk, skill_id=skills[code].pk)
            for line, codes in served.line_skills
            for code in sorted(codes)
        ]
    )


def _put_key_safes(served: clients.MadeClients, changed_at: datetime) -> None:
    _put(
        [
            KeySafeCode(
                client=client,
                sealed=seal(code, table=TABLE, column=COLUMN, row=str(client.pk)),
                changed_at=changed_at,
            )
            for client, code in served.key_safes
        ]
    )


def _put(rows: Iterable[Row]) -> None:
    """Insert rows of one table; nothing for an empty list."""
    listed = list(rows)
    if listed:
        QuerySet[Row](type(listed[0])).bulk_create(listed, batch_size=BATCH)
