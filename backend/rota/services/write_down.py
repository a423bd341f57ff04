"""Write down what has happened to a week, and say it in the scheduler's words."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from backend.accounts.models import User
from backend.clients.models import Client
from backend.clients.selectors import clients_for_office, packages_for_office
from backend.clients.services import suspend_package
from backend.core.errors import RefusalError
from backend.core.periods import Week, at_wall_minute, wall_minute
from backend.people.selectors import carers_for_office
from backend.people.services import report_absence
from backend.rota.models import Rota, VisitState
from backend.rota.services.happenings import (
    CarerIsAway,
    ClientIsAway,
    Happening,
    PackageEnds,
    PackageStarts,
    RoadsAreSlow,
    VisitsAreAdded,
    VisitsAreCancelled,
    WallPeriod,
)
from backend.rota.services.open_week import open_week
from backend.rota.services.put_away import cancel_visits, end_package_in_week
from backend.rota.services.put_in import add_visits, visits_of_new_package
from backend.rota.solver import changes
from backend.rota.solver.changes import ChangeRow


class OutsideWeekError(RefusalError):
    """What has happened does not touch what is left of the week."""

    code = "rota.repair_outside_week"


class LockedToAbsentError(RefusalError):
    """Visits are locked to the carer who is away; `visits` says how many. Unlock them first."""

    code = "rota.locked_to_absent"


def write_down(
    rota: Rota, happening: Happening, zone: ZoneInfo, *, actor: User, now: datetime
) -> ChangeRow:
    """Write down what has happened to a rota whose row is held; return it as a change.

    Raises
    ------
    OutsideWeekError, LockedToAbsentError
        See there.
    """
    week = Week(rota.week_starts_on)
    match happening:
        case CarerIsAway():
            since, until = _left_of_week(happening.period, week, zone, now)
            _report(rota, happening, zone, actor, now)
            return changes.carer_away(happening.carer_id, since, until)
        case ClientIsAway():
            since, until = _left_of_week(happening.period, week, zone, now)
            _suspend(rota, happening, zone, actor, now)
            return changes.client_away(happening.client_id, since, until)
        case VisitsAreCancelled():
            return changes.visits_cancelled(cancel_visits(rota, happening, actor=actor, now=now))
        case PackageEnds():
            gone = end_package_in_week(rota, happening, actor=actor, now=now)
            if not gone:
                raise OutsideWeekError
            return changes.visits_cancelled(gone)
        case VisitsAreAdded():
            _require_ahead(happening.days, happening.latest_minute, week, zone, now)
            return changes.visits_added(add_visits(rota, happening, zone, actor=actor, now=now))
        case PackageStarts():
            return changes.visits_added(
                visits_of_new_package(rota, happening, zone, actor=actor, now=now)
            )
        case RoadsAreSlow():
            _require_ahead(happening.days, None, week, zone, now)
            days = sorted({(day - week.starts_on).days for day in happening.days})
            return changes.slower_travel(days, happening.percent)


def present_minute(rota: Rota, zone: ZoneInfo, now: datetime) -> int:
    """Return the minute of the week before which nothing may change; 0 before it has begun."""
    return max(0, wall_minute(now, rota.week_starts_on, zone))


def _left_of_week(period: WallPeriod, week: Week, zone: ZoneInfo, now: datetime) -> tuple[int, int]:
    """Return a period in minutes of the week, cut to it."""
    end = week.minute_of(week.ends_before, 0)
    since, until = week.minute_of(period.starts_on, period.start_minute), end
    if period.ends_on is not None:
        until = min(end, week.minute_of(period.ends_on, period.end_minute))
    if not max(since, wall_minute(now, week.starts_on, zone), 0) < until:
        raise OutsideWeekError
    return max(0, since), until


def _require_ahead(
    days: Iterable[date], minute: int | None, week: Week, zone: ZoneInfo, now: datetime
) -> None:
    """Ask for days of this week that are not over; with a minute, for that one to come."""
    for day in days:
        end = at_wall_minute(day, 0 if minute is None else minute, zone)
        end += timedelta(days=1) if minute is None else timedelta()
        if day not in set(week.days()) or end < now:
            raise OutsideWeekError


def _report(rota: Rota, away: CarerIsAway, zone: ZoneInfo, actor: User, now: datetime) -> None:
    # The carer has to be one whom the actor plans, in this very branch.
    carers_for_office(actor).filter(branch=rota.branch_id).get(pk=away.carer_id)
    starts_at, ends_at = away.period.moments(zone)
    starts_at = _after_visit_under_way(rota, away.carer_id, starts_at, now)
    _require_unlocked(rota, away.carer_id, max(starts_at, now), ends_at)
    report_absence(
        carer_id=away.carer_id,
        kind=away.reason,
        starts_at=starts_at,
        ends_at=ends_at,
        actor=actor,
        now=now,
    )


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
