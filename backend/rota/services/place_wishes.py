"""A carer places the points of a period on wishes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.organisation.selectors import wish_rules
from backend.organisation.wish_periods import WishPeriod
from backend.people.models import Carer
from backend.rota.models import PlacedWish, Rota, WishList
from backend.rota.selectors.areas import clients_by_area
from backend.rota.selectors.my_wishes import (
    closed_weeks,
    concerned_weeks,
    is_fixed,
    wishable_clients,
)
from backend.rota.selectors.visibility import carer_of
from backend.rota.services.drafting import hold_carers


class TooManyPointsError(RefusalError):
    """More points are placed than there are; `points` says how many there are."""

    code = "rota.wishes_over_points"


class WishSpentError(RefusalError):
    """A wish with which a week was planned already is missing or changed; `wish_id` says which."""

    code = "rota.wish_spent"


class WishTooLateError(RefusalError):
    """Every week that a new wish concerns is planned already; `kind` says of which wish."""

    code = "rota.wish_too_late"


class WishNotPossibleError(RefusalError):
    """A wish names a date, client or area that is not there, or stands twice; `kind` says which."""

    code = "rota.wish_not_possible"


@dataclass(frozen=True, slots=True)
class Wished:
    """One wish as the carer says it; which fields belong to which kind, see `PlacedWish`."""

    kind: str
    points: int
    on: date | None = None
    weekday: int | None = None
    from_minute: int | None = None
    to_minute: int | None = None
    client_id: int | None = None
    area: str = ""


@transaction.atomic
def place_wishes(
    *, period_starts_on: date, wishes: Sequence[Wished], actor: User, now: datetime
) -> WishList:
    """Make these the carer's wishes of a period, in place of those before.

    Saying the same twice changes nothing. A wish is spent once a week that it concerns is closed
    (see `closed_weeks`): it must be among `wishes` as it is. A new one counts from the first
    week that is still open, at its full points.

    Raises
    ------
    TooManyPointsError, WishSpentError, WishTooLateError, WishNotPossibleError
        Nothing was changed.
    """
    carer = carer_of(actor)
    organisation = carer.branch.organisation
    period = wish_rules(organisation, period_starts_on).period_of(period_starts_on)
    points = wish_rules(organisation, period.starts_on).points
    # Whoever asks for a plan holds the rota's row, so a week cannot close while this is written.
    list(
        Rota.objects.select_for_update()
        .filter(
            branch=carer.branch_id,
            week_starts_on__gte=period.starts_on,
            week_starts_on__lt=period.ends_before,
        )
        .order_by("pk")
        .values_list("pk")
    )
    hold_carers([carer.pk])
    given, _ = WishList.objects.get_or_create(
        carer=carer, period_starts_on=period.starts_on, defaults={"points": points}
    )
    there = {_said(row): row for row in given.wishes.order_by("pk")}
    wanted = set(wishes)
    if wanted == set(there) and len(wanted) == len(wishes):
        return given
    # The members may have voted for another number since; it is the same for everybody.
    given.points = points
    if sum(said.points for said in wishes) > points:
        raise TooManyPointsError(points=points)
    closed = closed_weeks(carer.branch, period, now)
    for said, row in there.items():
        if said not in wanted and is_fixed(row, period, closed):
            raise WishSpentError(wish_id=row.pk)
    new = [said for said in wishes if said not in there]
    _require_possible(wishes, new, carer, period, now)
    rows = _rows(new, given, period, closed)
    gone = [row.pk for said, row in there.items() if said not in wanted]
    given.wishes.filter(pk__in=gone).delete()
    PlacedWish.objects.bulk_create(rows)
    given.placed = sum(said.points for said in wishes)
    given.save(update_fields=["points", "placed"])
    record(
        "wishes.placed",
        actor=actor,
        subject=f"carer:{carer.pk}",
        at=now,
        chain=f"branch:{carer.branch_id}",
        # Not what they are: a wish about a client is nobody's business but the carer's.
        body={
            "period": period.starts_on.isoformat(),
            "wishes": len(wishes),
            "points": given.placed,
        },
    )
    return given


def _said(row: PlacedWish) -> Wished:
    return Wished(
        kind=row.kind,
        points=row.points,
        on=row.on,
        weekday=row.weekday,
        from_minute=row.from_minute,
        to_minute=row.to_minute,
        client_id=row.client_id,
        area=row.area,
    )


def _require_possible(
    wishes: Sequence[Wished], new: Iterable[Wished], carer: Carer, period: WishPeriod, now: datetime
) -> None:
    """Refuse the same wish twice; of new ones also what is not there to be wished for."""
    for what, times in Counter(_what(said) for said in wishes).items():
        if times > 1:
            raise WishNotPossibleError(kind=what[0])
    clients = {row.id for row in wishable_clients(carer, now)}
    areas = clients_by_area(carer.branch)
    for said in new:
        is_there = (
            (said.on is None or period.holds(said.on))
            and (said.client_id is None or said.client_id in clients)
            and (not said.area or said.area in areas)
        )
        if not is_there:
            raise WishNotPossibleError(kind=said.kind)


def _what(said: Wished) -> tuple[Any, ...]:
    """Return what a wish is about, whatever its points."""
    kind, _points, *about = astuple(said)
    return (kind, *about)


def _rows(
    new: Iterable[Wished], given: WishList, period: WishPeriod, closed: set[date]
) -> list[PlacedWish]:
    still_open = [row.starts_on for row in period.weeks() if row.starts_on not in closed]
    rows = []
    for said in new:
        row = PlacedWish(
            wish_list=given,
            kind=said.kind,
            points=said.points,
            on=said.on,
            weekday=said.weekday,
            from_minute=said.from_minute,
            to_minute=said.to_minute,
            client_id=said.client_id,
            area=said.area,
            counts_from=still_open[0] if still_open else period.ends_before,
        )
        if concerned_weeks(row, period).isdisjoint(still_open):
            raise WishTooLateError(kind=said.kind)
        rows.append(row)
    return rows
