"""Report what has happened to a published week, and ask for ways to mend it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from backend.accounts.models import User
from backend.clients.models import Client
from backend.clients.selectors import clients_for_office, packages_for_office
from backend.clients.services import suspend_package
from backend.core.errors import RefusalError
from backend.core.periods import Week, at_wall_minute, wall_minute
from backend.organisation.selectors import zone_of
from backend.people.selectors import carers_for_office
from backend.people.services import report_absence
from backend.rota.models import Publication, Rota, RunKind, SolverRun, VisitState
from backend.rota.models.runs import OPEN_STATES
from backend.rota.services.drafting import held_rota
from backend.rota.services.new_run import new_run, record_asked
from backend.rota.services.open_week import open_week
from backend.rota.solver.repair import changes_document

REPAIR_SECONDS = 30
"""The most a repair may take; one sick carer takes a few seconds."""


class NotPublishedError(RefusalError):
    """Nobody was told of this week yet: plan it instead of mending it."""

    code = "rota.not_published"


class OutsideWeekError(RefusalError):
    """The period does not touch what is left of the week."""

    code = "rota.repair_outside_week"


class LockedToAbsentError(RefusalError):
    """Visits are locked to the carer who is away; `visits` says how many. Unlock them first."""

    code = "rota.locked_to_absent"


class RunUnderWayError(RefusalError):
    """Another run of this week is under way: let it end, or stop it."""

    code = "rota.run_under_way"


@dataclass(frozen=True, slots=True)
class WallPeriod:
    """From a wall-clock minute of one date until one of another; `ends_on` None: no end known."""

    starts_on: date
    start_minute: int
    ends_on: date | None
    end_minute: int

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime | None]:
        """Return the UTC moments of both ends."""
        ends_at = (
            None if self.ends_on is None else at_wall_minute(self.ends_on, self.end_minute, zone)
        )
        return at_wall_minute(self.starts_on, self.start_minute, zone), ends_at


@dataclass(frozen=True, slots=True)
class CarerIsAway:
    """A carer cannot work. `reason` is the kind of the absence."""

    carer_id: int
    period: WallPeriod
    reason: str


@dataclass(frozen=True, slots=True)
class ClientIsAway:
    """A client needs no visits, in hospital for example."""

    client_id: int
    period: WallPeriod
    reason: str


Happening: TypeAlias = CarerIsAway | ClientIsAway


@transaction.atomic
def ask_repair(
    *, rota_id: int, happening: Happening, actor: User, now: datetime
) -> tuple[SolverRun, bool]:
    """Write down what has happened and ask for ways to mend the week; return the run, and if new.

    The absence or suspension is written with the run or not at all. Asking for the same again
    while the run is under way returns it as it is, and nothing is written twice.

    Raises
    ------
    NotPublishedError, OutsideWeekError, LockedToAbsentError, RunUnderWayError
        See there. `OverlappingSuspensionError` as of `suspend_package`.
    """
    rota = held_rota(rota_id, actor=actor)
    zone = zone_of(rota.branch.organisation)
    if not Publication.objects.filter(rota=rota).exists():
        raise NotPublishedError
    document = _document(rota, happening, now, zone)
    under_way = rota.runs.filter(state__in=OPEN_STATES).first()
    if under_way is not None:
        if under_way.changes and under_way.changes["changes"] == document["changes"]:
            return under_way, False
        raise RunUnderWayError(run_id=under_way.pk)
    _write_down(rota, happening, zone, actor, now)
    rota.refresh_from_db(fields=["version"])
    run = new_run(
        rota, RunKind.REPAIR, seconds=REPAIR_SECONDS, actor=actor, now=now, changes=document
    )
    record_asked(run, {"kind": run.kind}, actor=actor, now=now)
    return run, True


def _document(rota: Rota, happening: Happening, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """Return what has happened in the scheduler's words, in minutes of the week."""
    week = Week(rota.week_starts_on)
    end = week.minute_of(week.ends_before, 0)
    period = happening.period
    since, until = week.minute_of(period.starts_on, period.start_minute), end
    if period.ends_on is not None:
        until = min(end, week.minute_of(period.ends_on, period.end_minute))
    present = max(0, wall_minute(now, week.starts_on, zone))
    if not max(since, present) < until:
        raise OutsideWeekError
    return changes_document(
        carer=happening.carer_id if isinstance(happening, CarerIsAway) else None,
        client=happening.client_id if isinstance(happening, ClientIsAway) else None,
        since=max(0, since),
        until=until,
        now=present,
    )


def _write_down(
    rota: Rota, happening: Happening, zone: ZoneInfo, actor: User, now: datetime
) -> None:
    starts_at, ends_at = happening.period.moments(zone)
    match happening:
        case CarerIsAway():
            # The carer has to be one whom the actor plans, in this very branch.
            carers_for_office(actor).filter(branch=rota.branch_id).get(pk=happening.carer_id)
            starts_at = _after_visit_under_way(rota, happening.carer_id, starts_at, now)
            _require_unlocked(rota, happening.carer_id, max(starts_at, now), ends_at)
            report_absence(
                carer_id=happening.carer_id,
                kind=happening.reason,
                starts_at=starts_at,
                ends_at=ends_at,
                actor=actor,
                now=now,
            )
        case ClientIsAway():
            _suspend(rota, happening, zone, actor, now)


def _after_visit_under_way(
    rota: Rota, carer_id: int, starts_at: datetime, now: datetime
) -> datetime:
    """Return the end of the visit during which the carer became unable to go on to the next.

    What has begun stays as it was told, and an absence over its middle would break a rule that
    nothing can mend.
    """
    begun = rota.visits.filter(
        state=VisitState.ALLOCATED,
        assignments__carer=carer_id,
        starts_at__lt=min(starts_at, now),
        starts_at__gte=starts_at - timedelta(days=1),
    ).values_list("starts_at", "minutes")
    ends = (start + timedelta(minutes=minutes) for start, minutes in begun if start)
    return max([starts_at, *ends])


def _require_unlocked(rota: Rota, carer_id: int, since: datetime, until: datetime | None) -> None:
    ends = Q() if until is None else Q(starts_at__lt=until)
    locked = rota.visits.filter(
        ends,
        starts_at__gte=since,
        is_locked=True,
        state=VisitState.ALLOCATED,
        assignments__carer=carer_id,
    ).count()
    if locked:
        raise LockedToAbsentError(visits=locked)


def _suspend(rota: Rota, away: ClientIsAway, zone: ZoneInfo, actor: User, now: datetime) -> None:
    starts_at, ends_at = away.period.moments(zone)
    client: Client = clients_for_office(actor).filter(branch=rota.branch_id).get(pk=away.client_id)
    week = Week(rota.week_starts_on)
    in_force = packages_for_office(actor).filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=week.starts_on),
        client=client,
        starts_on__lt=week.ends_before,
    )
    for package in in_force:
        suspend_package(
            package_id=package.pk,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=away.reason,
            actor=actor,
            now=now,
        )
    open_week(branch_id=rota.branch_id, week=week, actor=actor, now=now)
