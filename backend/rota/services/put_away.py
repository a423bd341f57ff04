"""Take visits out of a week that people were told of, one by one or with their package."""

from collections.abc import Sequence
from datetime import datetime

from backend.accounts.models import User
from backend.audit.services import record
from backend.clients.models import CarePackage
from backend.clients.services import end_package
from backend.core.errors import RefusalError
from backend.core.periods import Week
from backend.rota.models import Rota, Visit, VisitAssignment, VisitState
from backend.rota.services.drafting import raise_version
from backend.rota.services.happenings import PackageEnds, VisitsAreCancelled
from backend.rota.services.open_week import open_week


class VisitHasBegunError(RefusalError):
    """What has begun cannot be cancelled; `visits` says how many have."""

    code = "rota.visit_has_begun"


def cancel_visits(
    rota: Rota, cancelled: VisitsAreCancelled, *, actor: User, now: datetime
) -> list[int]:
    """Cancel visits of a rota whose row is held; they stay so when the week is opened again.

    Cancelling a cancelled visit changes nothing.

    Raises
    ------
    Visit.DoesNotExist
        One is not of this rota.
    VisitHasBegunError
        One has begun, or was to begin.
    """
    wanted = set(cancelled.visit_ids)
    visits = list(rota.visits.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if len(visits) != len(wanted):
        raise Visit.DoesNotExist
    left = [visit for visit in visits if visit.state != VisitState.CANCELLED]
    begun = sum((visit.starts_at or visit.target_at) < now for visit in left)
    if begun:
        raise VisitHasBegunError(visits=begun)
    if left:
        _put_away(left, cancelled_at=now)
        raise_version(rota)
    for visit in left:
        record(
            "visit.cancelled",
            actor=actor,
            subject=f"visit:{visit.pk}",
            at=now,
            chain=f"branch:{rota.branch_id}",
            body={"rota": rota.pk, "version": rota.version},
        )
    return [visit.pk for visit in visits]


def end_package_in_week(rota: Rota, ends: PackageEnds, *, actor: User, now: datetime) -> list[int]:
    """End a package of a client of the branch; return the visits that are not made any more.

    Raises
    ------
    CarePackage.DoesNotExist
        It is not of a client of this branch.
    """
    if not CarePackage.objects.filter(pk=ends.package_id, client__branch=rota.branch_id).exists():
        raise CarePackage.DoesNotExist
    package = end_package(
        package_id=ends.package_id, ends_before=ends.ends_before, actor=actor, now=now
    )
    visits = [
        visit
        for visit in rota.visits.filter(
            line__package=package, on__gte=package.ends_before
        ).order_by("pk")
        if (visit.starts_at or visit.target_at) >= now
    ]
    _put_away([visit for visit in visits if visit.state != VisitState.CANCELLED])
    open_week(branch_id=rota.branch_id, week=Week(rota.week_starts_on), actor=actor, now=now)
    raise_version(Rota.objects.select_for_update().get(pk=rota.pk))
    return [visit.pk for visit in visits]


def _put_away(visits: Sequence[Visit], *, cancelled_at: datetime | None = None) -> None:
    VisitAssignment.objects.filter(visit__in=visits).delete()
    Visit.objects.filter(pk__in=[visit.pk for visit in visits]).update(
        state=VisitState.CANCELLED,
        start_minute=None,
        starts_at=None,
        open_reason=None,
        is_locked=False,
        cancelled_at=cancelled_at,
    )
