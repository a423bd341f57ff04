"""Bring visits into a week that people were told of: extra ones, and those of a new package."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from backend.accounts.models import User
from backend.audit.services import record
from backend.clients.models import Client, Criticality
from backend.clients.selectors import clients_for_office
from backend.clients.services import check_short_visit
from backend.core.errors import RefusalError
from backend.core.periods import Week, at_wall_minute
from backend.organisation.models import Skill
from backend.organisation.selectors import quality
from backend.rota.models import PublishedAssignment, Rota, Visit, VisitState
from backend.rota.selectors.wanted_visits import priority_of
from backend.rota.services.drafting import raise_version
from backend.rota.services.happenings import PackageStarts, VisitsAreAdded
from backend.rota.services.open_week import open_week
from backend.rota.solver.translate import PLANNED_STATES


class NothingNewError(RefusalError):
    """No visit of this client in what is left of the week is without carers."""

    code = "rota.nothing_new"


def add_visits(
    rota: Rota, added: VisitsAreAdded, zone: ZoneInfo, *, actor: User, now: datetime
) -> list[int]:
    """Add visits that no package asks for to a rota whose row is held; none is added twice.

    Raises
    ------
    Client.DoesNotExist, Skill.DoesNotExist
        Not of this branch; not of this organisation.
    ShortVisitError
        As `check_short_visit`: a visit so short needs a package line with its reason.
    """
    client: Client = clients_for_office(actor).filter(branch=rota.branch_id).get(pk=added.client_id)
    branch = rota.branch
    known = Skill.objects.filter(organisation=branch.organisation_id, code__in=added.skills)
    if known.count() != len(set(added.skills)):
        raise Skill.DoesNotExist
    for day in added.days:
        rules = quality(branch, day)
        check_short_visit(minutes=added.minutes, reason="", agreed_on=None, rules=rules)
    made = list(_added(rota, client, added, zone))
    if any(is_new for _, is_new in made):
        raise_version(rota)
        record(
            "visits.added",
            actor=actor,
            subject=f"client:{client.pk}",
            at=now,
            chain=f"branch:{rota.branch_id}",
            body={
                "rota": rota.pk,
                "version": rota.version,
                "visits": [visit.pk for visit, is_new in made if is_new],
                "minutes": added.minutes,
                "carers": added.carers_required,
            },
        )
    return [visit.pk for visit, _ in made]


def _added(
    rota: Rota, client: Client, added: VisitsAreAdded, zone: ZoneInfo
) -> Iterable[tuple[Visit, bool]]:
    for day in sorted(set(added.days)):
        same = {
            "rota": rota,
            "client": client,
            "line": None,
            "on": day,
            "target_minute": added.target_minute,
            "earliest_minute": added.earliest_minute,
            "latest_minute": added.latest_minute,
            "minutes": added.minutes,
            "carers_required": added.carers_required,
        }
        there = Visit.objects.filter(**same, state__in=PLANNED_STATES).order_by("pk").first()
        if there is not None:
            yield there, False
            continue
        new = Visit.objects.create(
            **same,
            skills=sorted(set(added.skills)),
            priority=priority_of(Criticality.IMPORTANT, client.risk_class),
            target_at=at_wall_minute(day, added.target_minute, zone),
        )
        yield new, True


def visits_of_new_package(
    rota: Rota, starts: PackageStarts, zone: ZoneInfo, *, actor: User, now: datetime
) -> list[int]:
    """Bring the week up to date with the packages; return a client's visits that want carers.

    Raises
    ------
    Client.DoesNotExist
        The client is not of this branch.
    NothingNewError
        There are none.
    """
    client = clients_for_office(actor).filter(branch=rota.branch_id).get(pk=starts.client_id)
    open_week(branch_id=rota.branch_id, week=Week(rota.week_starts_on), actor=actor, now=now)
    told = PublishedAssignment.objects.filter(rota=rota, superseded_by__isnull=True)
    new = [
        visit.pk
        for visit in rota.visits.filter(client=client, state=VisitState.UNALLOCATED)
        .exclude(pk__in=told.values("visit"))
        .order_by("pk")
        if at_wall_minute(visit.on, visit.latest_minute, zone) >= now
    ]
    if not new:
        raise NothingNewError
    return new
