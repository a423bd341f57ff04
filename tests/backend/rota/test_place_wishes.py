"""Placing wishes: equal points, spent once a week is planned with them, nobody else's business."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backend.audit.models import AuditEntry
from backend.core.errors import RefusalError
from backend.organisation.models import Organisation, RuleArea, RuleSet
from backend.people.models import Carer
from backend.rota.models import PlacedWish, RunKind, WishList
from backend.rota.services.place_wishes import (
    TooManyPointsError,
    Wished,
    WishNotPossibleError,
    WishSpentError,
    WishTooLateError,
    place_wishes,
)
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import carer_user_of
from tests.backend.factories.clients import ClientFactory
from tests.backend.factories.moments import WISH_PERIOD
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import (
    GroupRunFactory,
    PublishedAssignmentFactory,
    RotaFactory,
    SolverRunFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

NO_SPLIT = Wished("no_split", 5)
FRIDAY_OFF = Wished("day_off", 7, on=MONDAY + timedelta(days=4))
NEXT_MONDAY_OFF = Wished("day_off", 7, on=MONDAY + timedelta(days=7))


@pytest.fixture
def carer(db: None) -> Carer:
    branch = BranchFactory()
    return working_carer(branch=branch, user=carer_user_of(branch))


def place(
    carer: Carer, wishes: Sequence[Wished], *, on: date = MONDAY, now: datetime = NOW
) -> WishList:
    assert carer.user is not None
    return place_wishes(period_starts_on=on, wishes=wishes, actor=carer.user, now=now)


def kinds(given: WishList) -> list[str]:
    return [row.kind for row in given.wishes.order_by("pk")]


def test_all_points_can_be_placed_and_not_one_more(carer: Carer) -> None:
    given = place(carer, [NO_SPLIT, FRIDAY_OFF])

    assert (given.period_starts_on, given.points, given.placed) == (WISH_PERIOD, 12, 12)
    with pytest.raises(TooManyPointsError) as refused:
        place(carer, [Wished("no_split", 6), FRIDAY_OFF])
    assert refused.value.params == {"points": 12}
    assert kinds(given) == ["no_split", "day_off"]


def test_the_database_keeps_no_sum_above_the_points(carer: Carer) -> None:
    given = place(carer, [NO_SPLIT])

    with pytest.raises(IntegrityError), transaction.atomic():
        WishList.objects.filter(pk=given.pk).update(placed=13)


def test_saying_the_same_again_changes_nothing_and_leaves_one_entry(carer: Carer) -> None:
    first = place(carer, [NO_SPLIT, FRIDAY_OFF])
    kept = set(first.wishes.values_list("pk", flat=True))

    again = place(carer, [FRIDAY_OFF, NO_SPLIT], now=NOW + timedelta(hours=1))

    assert set(again.wishes.values_list("pk", flat=True)) == kept
    entry = AuditEntry.objects.get(event="wishes.placed")
    assert entry.actor == carer.user
    assert entry.body == {"period": "2026-05-18", "wishes": 2, "points": 12}


def test_a_wish_can_be_taken_back_until_its_week_is_planned(carer: Carer) -> None:
    place(carer, [FRIDAY_OFF])

    given = place(carer, [NO_SPLIT])

    assert (kinds(given), given.placed) == (["no_split"], 5)


@pytest.mark.parametrize("closed_by", ["a run", "a publication", "a run of all branches"])
def test_once_its_week_is_planned_a_wish_is_spent(carer: Carer, closed_by: str) -> None:
    given = place(carer, [FRIDAY_OFF])
    close(carer, closed_by)

    for wishes in ([], [Wished("day_off", 1, on=FRIDAY_OFF.on)], [NEXT_MONDAY_OFF]):
        with pytest.raises(WishSpentError):
            place(carer, wishes)

    assert kinds(given) == ["day_off"]
    assert place(carer, [FRIDAY_OFF, Wished("day_off", 5, on=NEXT_MONDAY_OFF.on)]).placed == 12


def close(carer: Carer, by: str) -> None:
    if by == "a run of all branches":
        GroupRunFactory(organisation=carer.branch.organisation)
        return
    rota = RotaFactory(branch=carer.branch)
    if by == "a run":
        SolverRunFactory(rota=rota)
    else:
        PublishedAssignmentFactory(visit=VisitFactory(rota=rota), carer=carer)


def test_trying_other_rules_closes_no_week(carer: Carer) -> None:
    place(carer, [FRIDAY_OFF])
    SolverRunFactory(rota=RotaFactory(branch=carer.branch), kind=RunKind.WHAT_IF)

    assert place(carer, []).placed == 0


def test_a_new_wish_for_a_planned_week_comes_too_late(carer: Carer) -> None:
    close(carer, "a run")

    with pytest.raises(WishTooLateError) as refused:
        place(carer, [FRIDAY_OFF])

    assert refused.value.params == {"kind": "day_off"}
    assert place(carer, [NEXT_MONDAY_OFF]).placed == 7


def test_a_wish_for_each_week_counts_from_the_first_that_is_open(carer: Carer) -> None:
    # Two of the four weeks have begun.
    place(carer, [NO_SPLIT])

    assert PlacedWish.objects.get().counts_from == MONDAY


def test_a_period_that_is_over_takes_no_wishes(carer: Carer) -> None:
    with pytest.raises(WishTooLateError):
        place(carer, [NO_SPLIT], on=WISH_PERIOD - timedelta(days=7))


def test_points_of_the_next_period_are_new_ones(carer: Carer) -> None:
    place(carer, [NO_SPLIT, FRIDAY_OFF])

    later = place(carer, [NO_SPLIT, Wished("weekend_off", 7)], on=WISH_PERIOD + timedelta(days=28))

    assert (later.period_starts_on, later.placed) == (date(2026, 6, 15), 12)


def test_the_members_number_of_points_holds_for_everybody(carer: Carer) -> None:
    enact_points(carer.branch.organisation, 5)

    assert place(carer, [NO_SPLIT]).points == 5
    with pytest.raises(TooManyPointsError):
        place(carer, [FRIDAY_OFF])


def enact_points(organisation: Organisation, points: int) -> None:
    rules = RuleSet.objects.get(organisation=organisation, area=RuleArea.WISHES)
    rules.values = {**rules.values, "points": points}
    rules.save()


def known_client(carer: Carer) -> Any:
    visit = VisitFactory(rota=RotaFactory(branch=carer.branch, week_starts_on=date(2026, 5, 4)))
    PublishedAssignmentFactory(visit=visit, carer=carer)
    return visit.client


def test_a_carer_wishes_about_clients_they_know_from_visits_alone(carer: Carer) -> None:
    stranger = ClientFactory(branch=carer.branch)
    known = known_client(carer)

    assert place(carer, [Wished("avoid_client", 4, client_id=known.pk)]).placed == 4
    with pytest.raises(WishNotPossibleError):
        place(carer, [Wished("prefer_client", 4, client_id=stranger.pk)])


@pytest.mark.parametrize(
    "wishes",
    [
        [Wished("avoid_area", 4, area="ZZ9 9")],
        [Wished("day_off", 4, on=WISH_PERIOD + timedelta(days=28))],
        [NO_SPLIT, Wished("no_split", 2)],
        [NO_SPLIT, NO_SPLIT],
    ],
    ids=["no such area", "another period", "twice", "twice the same"],
)
def test_what_is_not_there_cannot_be_wished(carer: Carer, wishes: list[Wished]) -> None:
    with pytest.raises(RefusalError) as refused:
        place(carer, wishes)

    assert refused.value.code == "rota.wish_not_possible"
    assert not WishList.objects.exists()
