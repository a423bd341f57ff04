"""What a publication makes of placed wishes: kept, or not, with the reason and the trade."""

from datetime import date, timedelta
from typing import Any

import pytest

from backend.people.models import Carer
from backend.rota.models import PlacedWish, Publication, Rota, WishOutcome
from backend.rota.selectors.my_wishes import get_my_wishes
from backend.rota.services.publish import publish_rota
from backend.rota.solver.outcome_work import work_out
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import carer_user_of, coordinator_of
from tests.backend.factories.people import AbsenceFactory, working_carer
from tests.backend.factories.rota import (
    PlacedWishFactory,
    RotaFactory,
    VisitFactory,
    WishListFactory,
    allocate,
)

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def rota(db: None) -> Rota:
    return RotaFactory()


def publish(rota: Rota) -> Publication:
    """Publish, and have a worker look at the wishes."""
    version = Rota.objects.get(pk=rota.pk).version
    publication = publish_rota(
        rota_id=rota.pk,
        version=version,
        note="as agreed",
        actor=coordinator_of(rota.branch),
        now=NOW,
    )
    work_out(publication.pk)
    return publication


def wishing_carer(rota: Rota) -> Carer:
    return working_carer(branch=rota.branch, user=carer_user_of(rota.branch))


def wish(carer: Carer, kind: str, **what: Any) -> PlacedWish:
    points = what.pop("points", 4)
    return PlacedWishFactory(
        wish_list=WishListFactory(carer=carer, placed=points), kind=kind, points=points, **what
    )


def outcome(wish: PlacedWish) -> WishOutcome:
    return WishOutcome.objects.get(wish=wish)


def test_a_day_off_without_visits_is_kept(rota: Rota) -> None:
    carer = wishing_carer(rota)
    allocate(VisitFactory(rota=rota), carer)
    wished = wish(carer, "day_off", on=TUESDAY)

    publish(rota)

    found = outcome(wished)
    assert (found.is_kept, found.reason, found.visits, found.cost) == (True, "", 0, None)
    assert found.weight == 60.0


def test_a_day_off_is_not_kept_where_nobody_else_could_come(rota: Rota) -> None:
    carer = wishing_carer(rota)
    away = working_carer(branch=rota.branch)
    AbsenceFactory(carer=away, starts_at=NOW, ends_at=NOW + timedelta(days=30))
    for hour in (8, 10):
        allocate(VisitFactory(rota=rota, target_minute=hour * 60), carer)
    wished = wish(carer, "day_off", weekday=0)

    publish(rota)

    found = outcome(wished)
    assert (found.is_kept, found.reason, found.visits) == (False, "nobody_else", 2)
    assert (found.rule, found.cost) == ("H4", None)


def test_a_weak_wish_is_not_kept_where_it_would_cost_others_more(rota: Rota) -> None:
    carer = wishing_carer(rota)
    # A colleague who lives a long way off, and whose own wish is the same.
    colleague = wishing_carer(rota)
    visit = allocate(VisitFactory(rota=rota), carer)
    wished = wish(carer, "day_off", weekday=0, points=1)
    wish(colleague, "day_off", weekday=0, points=12)

    publish(rota)

    found = outcome(wished)
    assert (found.is_kept, found.reason, found.visits) == (False, "cost_more", 1)
    assert found.weight == 15.0
    # The colleague's own 12 points are 180 of the rota policy, and their unfairness is on top.
    assert found.cost is not None
    assert found.cost >= 180.0
    assert visit.assignments.count() == 1


def test_where_others_could_have_come_for_less_that_is_said(rota: Rota) -> None:
    carer = wishing_carer(rota)
    working_carer(branch=rota.branch)
    allocate(VisitFactory(rota=rota), carer)
    wished = wish(carer, "day_off", weekday=0, points=12)

    publish(rota)

    found = outcome(wished)
    assert (found.is_kept, found.reason) == (False, "narrowly")
    assert found.cost is not None
    assert found.cost < found.weight == 180.0


def test_a_visit_that_the_office_settled_by_hand_is_the_reason(rota: Rota) -> None:
    carer = wishing_carer(rota)
    working_carer(branch=rota.branch)
    visit = allocate(VisitFactory(rota=rota), carer)
    visit.is_locked = True
    visit.save()
    wished = wish(carer, "avoid_client", client=visit.client)

    publish(rota)

    assert (outcome(wished).reason, outcome(wished).visits) == ("fixed", 1)


def test_a_client_gladly_seen_goes_to_somebody_else_where_a_rule_forbids_it(rota: Rota) -> None:
    carer = wishing_carer(rota)
    AbsenceFactory(carer=carer, starts_at=NOW, ends_at=NOW + timedelta(days=30))
    visit = allocate(VisitFactory(rota=rota), working_carer(branch=rota.branch))
    wished = wish(carer, "prefer_client", client=visit.client)

    publish(rota)

    found = outcome(wished)
    assert (found.is_kept, found.reason, found.rule, found.visits) == (False, "rules", "H4", 1)


@pytest.mark.parametrize(
    ("kind", "what", "minutes", "visits"),
    [
        ("no_split", {}, (480, 540, 1080), 1),
        ("avoid_window", {"from_minute": 500, "to_minute": 720}, (480, 600, 720), 2),
        ("avoid_window", {"from_minute": 510, "to_minute": 600}, (480, 600), 0),
        ("weekend_off", {}, (480,), 0),
    ],
)
def test_the_visits_that_stand_against_a_wish_are_counted(
    rota: Rota, kind: str, what: dict[str, Any], minutes: tuple[int, ...], visits: int
) -> None:
    carer = wishing_carer(rota)
    for minute in minutes:
        allocate(VisitFactory(rota=rota, target_minute=minute), carer)
    wished = wish(carer, kind, **what)

    publish(rota)

    assert (outcome(wished).is_kept, outcome(wished).visits) == (visits == 0, visits)


def test_a_client_without_visits_gives_no_occasion_to_keep_a_wish(rota: Rota) -> None:
    carer = wishing_carer(rota)
    allocate(VisitFactory(rota=rota), carer)
    elsewhere = VisitFactory(rota=RotaFactory(branch=rota.branch, week_starts_on=date(2026, 5, 4)))
    wished = wish(carer, "avoid_client", client=elsewhere.client)

    publish(rota)

    assert not WishOutcome.objects.filter(wish=wished).exists()


def test_the_carer_reads_the_outcome_of_the_last_publication(rota: Rota) -> None:
    carer = wishing_carer(rota)
    assert carer.user is not None
    visit = allocate(VisitFactory(rota=rota), carer)
    wish(carer, "day_off", weekday=0)
    publish(rota)
    other = working_carer(branch=rota.branch)
    visit.assignments.update(carer=other)

    publish(rota)

    (mine,) = get_my_wishes(carer.user, MONDAY, now=NOW)["wishes"]
    (row,) = mine["outcomes"]
    assert (row["week"], row["is_kept"], row["reason"]) == (MONDAY, True, None)
    assert WishOutcome.objects.count() == 2
