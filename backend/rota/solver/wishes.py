"""What carers wish for in a week, as the scheduler sees it.

Points say which wishes, the voted weights of the kinds say how much wishes count. So all points of
a period together always make one strength, however many there are: the members may vote for
more points without making wishes weigh more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from backend.core.periods import Week
from backend.organisation.models import Branch
from backend.organisation.selectors import wish_rules
from backend.rota.models import CarerWish, PlacedWish, PlacedWishKind
from backend.rota.selectors.areas import clients_by_area
from backend.rota.solver.ids import client_id
from scheduler import Wish

ALL_POINTS: Final = 3.0
"""The strength of a wish on which all points of a period are placed; that of the strongest wish
that the office can write down."""


@dataclass(frozen=True, slots=True)
class WishInWeek:
    """A placed wish that concerns a week; one about an area is one about each client there."""

    row: PlacedWish
    wishes: tuple[Wish, ...]


def wishes_of_week(branch: Branch, carers: Collection[int], week: Week) -> dict[int, list[Wish]]:
    """Return the wishes that the solver weighs, by carer.

    Whoever has placed points in the period is heard by them; for the others holds what the office
    has written down.
    """
    placed = placed_in_week(branch, carers, week)
    standing = _standing([pk for pk in carers if pk not in placed], week)
    return standing | {
        carer: [wish for row in rows for wish in row.wishes] for carer, rows in placed.items()
    }


def placed_in_week(
    branch: Branch, carers: Collection[int], week: Week
) -> dict[int, list[WishInWeek]]:
    """Return the placed wishes that concern a week, by carer, in the order they were placed.

    A carer with points on other weeks of the period alone has an empty list.
    """
    period = wish_rules(branch.organisation, week.starts_on).period_of(week.starts_on)
    rows = list(
        PlacedWish.objects.filter(
            wish_list__carer__in=carers,
            wish_list__period_starts_on=period.starts_on,
            # Placed in the middle of a period: weeks planned before go on as they were.
            counts_from__lte=week.starts_on,
        )
        .select_related("wish_list")
        .order_by("wish_list__carer", "pk")
    )
    areas: Mapping[str, set[int]] = {}
    if any(row.kind == PlacedWishKind.AVOID_AREA for row in rows):
        areas = clients_by_area(branch)
    found: dict[int, list[WishInWeek]] = defaultdict(list)
    for row in rows:
        mine = found[row.wish_list.carer_id]
        if wishes := tuple(_wishes(row, week, areas)):
            mine.append(WishInWeek(row, wishes))
    return dict(found)


def _wishes(row: PlacedWish, week: Week, areas: Mapping[str, set[int]]) -> Iterator[Wish]:
    strength = round(ALL_POINTS * row.points / row.wish_list.points, 4)
    if row.on is not None and not week.starts_on <= row.on < week.ends_before:
        return
    match PlacedWishKind(row.kind):
        case PlacedWishKind.DAY_OFF:
            day = row.weekday if row.on is None else row.on.weekday()
            yield Wish("day_off", strength, day=day)
        case PlacedWishKind.AVOID_WINDOW:
            yield Wish(
                "avoid_window", strength, from_minute=row.from_minute, to_minute=row.to_minute
            )
        case PlacedWishKind.AVOID_AREA:
            for client in sorted(areas.get(row.area, ())):
                yield Wish("avoid_client", strength, client=client_id(client))
        case PlacedWishKind.AVOID_CLIENT | PlacedWishKind.PREFER_CLIENT if row.client_id:
            yield Wish(row.kind, strength, client=client_id(row.client_id))
        case _:
            yield Wish(row.kind, strength)


def _standing(carers: Iterable[int], week: Week) -> dict[int, list[Wish]]:
    found: dict[int, list[Wish]] = defaultdict(list)
    for row in CarerWish.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lt=week.ends_before),
        Q(ends_before__isnull=True) | Q(ends_before__gt=week.starts_on),
        carer__in=carers,
    ).order_by("carer", "pk"):
        if _holds(row, week):
            found[row.carer_id].append(_wish(row))
    return found


def _holds(row: CarerWish, week: Week) -> bool:
    """Say whether a wish that begins or ends inside the week concerns its own day."""
    if row.weekday is None:
        return True
    day = list(week.days())[row.weekday]
    begun = row.starts_on is None or row.starts_on <= day
    return begun and (row.ends_before is None or day < row.ends_before)


def _wish(row: CarerWish) -> Wish:
    return Wish(
        kind=row.kind,
        strength=row.strength,
        day=row.weekday if row.kind == "day_off" else None,
        from_minute=row.from_minute if row.kind == "avoid_window" else None,
        to_minute=row.to_minute if row.kind == "avoid_window" else None,
        client=(
            client_id(row.client_id)
            if row.client_id and row.kind in {"avoid_client", "prefer_client"}
            else None
        ),
    )
