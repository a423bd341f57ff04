"""Fairness figures: everybody's own position, and nobody else's figure."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from backend.organisation.models import Branch
from backend.people.models import Carer
from backend.rota.models import WishOutcome
from backend.rota.selectors.fairness import get_my_fairness
from backend.rota.selectors.spread import LEAST_PEOPLE, bands, gini
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import ContractFactory, working_carer
from tests.backend.factories.rota import (
    PlacedWishFactory,
    PublicationFactory,
    PublishedAssignmentFactory,
    RotaFactory,
    VisitFactory,
    WishListFactory,
)
from tests.backend.rota.callers import carer_with_phone, office_of, signed_in

SATURDAY = date(2026, 5, 30)
LATER = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)
"""A Wednesday, so that the week of that Saturday is the last but one that is over."""


def told(carer: Carer, on: date, *minutes: int, hours: int = 1) -> None:
    for minute in minutes:
        rota = carer.branch.rotas.filter(week_starts_on=monday_of(on)).first() or RotaFactory(
            branch=carer.branch, week_starts_on=monday_of(on)
        )
        visit = VisitFactory(rota=rota, on=on, target_minute=minute, minutes=60 * hours)
        publication = rota.publications.first() or PublicationFactory(rota=rota)
        PublishedAssignmentFactory(visit=visit, carer=carer, publication=publication)


def monday_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def figures(carer: Carer) -> dict[str, dict[str, object]]:
    assert carer.user is not None
    found = get_my_fairness(carer.user, now=LATER)
    return {str(row["measure"]): row for row in found["measures"]}


def colleagues(branch: Branch, count: int) -> list[Carer]:
    return [working_carer(branch=branch) for _ in range(count)]


@pytest.mark.django_db
def test_fairness_is_for_carers_alone() -> None:
    branch = BranchFactory()

    for browser, status in ((signed_in(None), 401), (office_of(branch), 403)):
        assert browser.get("/api/my/fairness").status_code == status


@pytest.mark.django_db
def test_what_people_were_told_is_counted_for_each_hundred_hours() -> None:
    me, _ = carer_with_phone(BranchFactory())
    told(me, SATURDAY, 8 * 60, 20 * 60 + 30)

    found = figures(me)

    # Two hours with clients: one weekend day is fifty in a hundred hours.
    assert found["weekend_days"]["own"] == 50.0
    assert found["late_finishes"]["own"] == 50.0
    assert found["split_days"]["own"] == 50.0
    assert found["unpaid_gap_minutes"]["own"] == 50 * (20 * 60 + 30 - 9 * 60)
    assert found["double_ups"]["own"] == 0.0
    assert found["wishes_kept"]["own"] is None


@pytest.mark.django_db
def test_weeks_that_are_not_over_and_long_past_ones_do_not_count() -> None:
    me, _ = carer_with_phone(BranchFactory())
    told(me, date(2026, 6, 13), 480)
    told(me, date(2026, 2, 28), 480)

    assert figures(me)["weekend_days"]["own"] is None


@pytest.mark.django_db
def test_of_fewer_than_five_people_only_the_own_figure_is_told() -> None:
    me, phone = carer_with_phone(BranchFactory())
    for carer in (me, *colleagues(me.branch, LEAST_PEOPLE - 2)):
        told(carer, SATURDAY, 480)

    with time_machine.travel(LATER):
        answer = phone.get("/api/my/fairness").json()

    assert answer["people"] is None
    for row in answer["measures"]:
        assert (row["bands"], row["unevenness"], row["own_band"]) == ([], None, None)


@pytest.mark.django_db
def test_the_own_position_is_shown_among_bands_without_names() -> None:
    me, phone = carer_with_phone(BranchFactory())
    told(me, SATURDAY, 480)
    others = colleagues(me.branch, 9)
    for carer in others:
        told(carer, SATURDAY - timedelta(days=1), 480)
    told(others[0], SATURDAY, 480)
    for carer in others[1:5]:
        told(carer, SATURDAY, 480, hours=3)

    with time_machine.travel(LATER):
        answer = phone.get("/api/my/fairness").json()

    weekend = next(row for row in answer["measures"] if row["measure"] == "weekend_days")
    assert answer["people"] == 10
    assert [row["people"] for row in weekend["bands"]] == [8, 2] or [
        row["people"] for row in weekend["bands"]
    ] == [10]
    assert sum(row["people"] for row in weekend["bands"]) == 10
    assert weekend["own_band"] == len(weekend["bands"]) - 1
    assert 0 < weekend["unevenness"] < 1
    assert not any(carer.name in str(answer) for carer in others)


@pytest.mark.django_db
def test_a_colleague_of_another_branch_is_not_counted() -> None:
    me, _ = carer_with_phone(BranchFactory())
    for carer in (me, *colleagues(me.branch, 4)):
        told(carer, SATURDAY, 480)
    told(working_carer(branch=BranchFactory(organisation=me.branch.organisation)), SATURDAY, 480)

    assert me.user is not None
    assert get_my_fairness(me.user, now=LATER)["people"] == 5


@pytest.mark.django_db
def test_wishes_kept_are_counted_by_their_points() -> None:
    me, _ = carer_with_phone(BranchFactory())
    told(me, SATURDAY, 480)
    publication = PublicationFactory(rota=me.branch.rotas.get(), number=2)
    wishes = WishListFactory(carer=me, placed=12)
    for points, is_kept in ((9, True), (3, False)):
        WishOutcome.objects.create(
            wish=PlacedWishFactory(wish_list=wishes, points=points),
            publication=publication,
            is_kept=is_kept,
            reason="" if is_kept else "nobody_else",
        )

    assert figures(me)["wishes_kept"]["own"] == 75.0


@pytest.mark.django_db
def test_extra_hours_are_those_beyond_the_contract() -> None:
    me, _ = carer_with_phone(BranchFactory())
    me.contracts.all().delete()
    ContractFactory(carer=me, guaranteed_minutes=60)
    told(me, SATURDAY, 480, hours=14)

    # 13 weeks of one hour are owed; 14 hours were worked.
    assert figures(me)["extra_minutes"]["own"] == round(6000 * 60 / 840, 1)


@given(st.lists(st.integers(0, 30), max_size=60))
def test_no_band_holds_fewer_than_five_and_everybody_is_in_one(values: list[int]) -> None:
    found = bands(values)

    if len(values) < LEAST_PEOPLE:
        assert found == []
        return
    assert sum(row.people for row in found) == len(values)
    assert all(row.people >= LEAST_PEOPLE for row in found)
    assert all(a.most < b.least for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("values", "index"),
    [([3, 3, 3, 3], 0.0), ([0, 0, 0, 4], 0.75), ([1, 2, 3, 4], 0.25), ([0, 0], 0.0)],
)
def test_the_index_is_nought_where_all_have_the_same(values: list[float], index: float) -> None:
    assert gini(values) == pytest.approx(index)
