"""Wishes of the shown branch's carers, placed with their points before the weeks were planned.

Only some carers wish: what became of each wish is worked out in the background after loading, and
that is to take a minute and not ten.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from django.db import transaction

from backend.core.periods import WEEK_DAYS, Week, at_wall_minute
from backend.demo.cooperative import CARER
from backend.demo.figures import seeded
from backend.demo.published_weeks import weeks_to_publish
from backend.organisation.models import Branch
from backend.organisation.selectors import wish_rules, zone_of
from backend.organisation.wish_periods import WishPeriod
from backend.people.models import Carer
from backend.rota.models import PlacedWishKind, Publication
from backend.rota.selectors.areas import clients_by_area
from backend.rota.services.place_wishes import Wished, place_wishes

WISHING: Final = 40
"""Carers who place points, the one whose sign-in is shown among them."""

SATURDAY: Final = 5
EVENING: Final = (20 * 60, 23 * 60)


@transaction.atomic
def place_wishes_of(branch: Branch, monday: date) -> int:
    """Place wishes for the weeks that will be published; return how many carers did.

    None where a week has been published already: points are placed before a week is planned.

    Parameters
    ----------
    monday
        Of the current week.
    """
    if Publication.objects.filter(rota__branch=branch).exists():
        return 0
    weeks = weeks_to_publish(monday)
    zone = zone_of(branch.organisation)
    # The day before the first of these weeks is planned.
    now = at_wall_minute(weeks[0].starts_on - timedelta(days=WEEK_DAYS - 2), 12 * 60, zone)
    rules = wish_rules(branch.organisation, weeks[0].starts_on)
    starts = sorted({rules.period_of(week.starts_on).starts_on for week in weeks})
    periods = [WishPeriod(on) for on in starts]
    rng, areas = seeded(f"wishes of {branch.external_id}"), list(clients_by_area(branch))
    carers = _who_wishes(branch, rng)
    for carer in carers:
        for period in periods:
            still_open = [w for w in period.weeks() if w.starts_on >= weeks[0].starts_on]
            assert carer.user is not None  # noqa: S101  every carer of the demonstration signs in
            place_wishes(
                period_starts_on=period.starts_on,
                wishes=_wishes(rng, still_open, areas, rules.points),
                actor=carer.user,
                now=now,
            )
    return len(carers)


def _who_wishes(branch: Branch, rng: Random) -> list[Carer]:
    rows = branch.carers.filter(user__isnull=False).select_related("user").order_by("pk")
    shown = [row for row in rows if row.user and row.user.username == CARER]
    others = [row for row in rows if row not in shown]
    return [*shown, *rng.sample(others, min(WISHING - len(shown), len(others)))]


def _wishes(rng: Random, weeks: Sequence[Week], areas: Sequence[str], points: int) -> list[Wished]:
    """Return two or three wishes that use all points."""
    saturday = rng.choice(weeks).starts_on + timedelta(days=SATURDAY)
    kinds = [
        Wished(PlacedWishKind.DAY_OFF, 0, weekday=rng.randrange(WEEK_DAYS)),
        Wished(PlacedWishKind.WEEKEND_OFF, 0, on=saturday),
        Wished(PlacedWishKind.NO_SPLIT, 0),
        Wished(PlacedWishKind.AVOID_WINDOW, 0, from_minute=EVENING[0], to_minute=EVENING[1]),
        Wished(PlacedWishKind.AVOID_AREA, 0, area=rng.choice(areas)),
    ]
    chosen = rng.sample(kinds, rng.choice((2, 3, 3)))
    shares = [points // len(chosen)] * len(chosen)
    shares[0] += points - sum(shares)
    return [replace(said, points=share) for said, share in zip(chosen, shares, strict=True)]
