"""Publishing does not wait for wishes: a worker looks at them afterwards, and once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend.people.models import Carer
from backend.rota.models import OutcomeWork, Publication, Rota, WishOutcome
from backend.rota.selectors.fairness import get_my_fairness
from backend.rota.selectors.leased_work import MOST_CLAIMS
from backend.rota.selectors.my_wishes import get_my_wishes
from backend.rota.services import publish as publishing
from backend.rota.services.publish import publish_rota
from backend.rota.solver import outcome_work
from backend.rota.solver.outcome_work import outcomes_waiting, work_out
from backend.rota.solver.supervisor import STOP_ASKED
from backend.rota.solver.ticker import Ticker
from backend.rota.solver.wish_outcomes import wish_outcomes
from backend.rota.tasks import work_out_wishes
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import carer_user_of, coordinator_of
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import (
    PlacedWishFactory,
    RotaFactory,
    VisitFactory,
    WishListFactory,
    allocate,
)
from tests.backend.rota.test_ticker import Bell

pytestmark = pytest.mark.django_db


def wishing_carer(rota: Rota, visits: int = 1) -> Carer:
    """A carer who works on Monday and would rather not."""
    carer = working_carer(branch=rota.branch, user=carer_user_of(rota.branch))
    for number in range(visits):
        allocate(VisitFactory(rota=rota, target_minute=(8 + 2 * number) * 60), carer)
    PlacedWishFactory(
        wish_list=WishListFactory(carer=carer, placed=4), kind="day_off", points=4, weekday=0
    )
    return carer


def publish(rota: Rota) -> Publication:
    return publish_rota(
        rota_id=rota.pk,
        version=Rota.objects.get(pk=rota.pk).version,
        note="as agreed",
        actor=coordinator_of(rota.branch),
        now=NOW,
    )


def work(publication: Publication) -> OutcomeWork:
    return OutcomeWork.objects.get(publication=publication)


def test_publishing_asks_the_database_no_more_with_wishes_than_without() -> None:
    with_wishes, without = RotaFactory(), RotaFactory()
    wishing_carer(with_wishes)
    allocate(VisitFactory(rota=without, target_minute=480), working_carer(branch=without.branch))

    asked = []
    for rota in (without, with_wishes):
        with CaptureQueriesContext(connection) as queries:
            publish(rota)
        asked.append(len(queries))

    # One fewer: whoever placed points is not asked about what the office has written down.
    assert asked[1] <= asked[0]
    assert not WishOutcome.objects.exists()


def test_publishing_judges_no_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    rota = RotaFactory()
    wishing_carer(rota)

    def judged(*_: object) -> Any:
        raise AssertionError("a wish was judged while publishing")

    monkeypatch.setattr(outcome_work, "wish_outcomes", judged)
    publication = publish(rota)

    assert work(publication).done_at is None
    assert not hasattr(publishing, "wish_outcomes")


def test_the_worker_is_rung_for_only_when_the_publication_is_stored(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(publishing, "ring_for_outcomes", rung.append)
    rota = RotaFactory()
    wishing_carer(rota)

    with django_capture_on_commit_callbacks() as callbacks:
        publication = publish(rota)
    assert rung == []
    for callback in callbacks:
        callback()

    assert rung == [publication.pk]


def test_delivered_twice_the_work_is_done_once() -> None:
    rota = RotaFactory()
    wishing_carer(rota)
    publication = publish(rota)

    work_out_wishes(publication_id=publication.pk, from_a_later_release=True)
    work_out_wishes(publication_id=publication.pk)

    assert WishOutcome.objects.filter(publication=publication).count() == 1
    assert (work(publication).claims, outcomes_waiting()) == (1, {})


def test_two_workers_at_once_keep_one_set_of_outcomes(monkeypatch: pytest.MonkeyPatch) -> None:
    rota = RotaFactory()
    wishing_carer(rota)
    publication = publish(rota)
    usual = wish_outcomes

    def overtaken(laid_out: Any) -> Any:
        found = list(usual(laid_out))
        # The first worker was silent for too long: another takes over and is done before it.
        OutcomeWork.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        monkeypatch.setattr(outcome_work, "wish_outcomes", usual)
        work_out(publication.pk)
        return found

    monkeypatch.setattr(outcome_work, "wish_outcomes", overtaken)
    work_out(publication.pk)

    assert WishOutcome.objects.filter(publication=publication).count() == 1
    assert work(publication).claims == 2


def test_while_a_worker_has_it_no_other_begins_and_nobody_rings() -> None:
    rota = RotaFactory()
    wishing_carer(rota)
    publication = publish(rota)
    OutcomeWork.objects.update(lease_until=timezone.now() + timedelta(minutes=1), claims=1)
    bell = Bell()

    work_out(publication.pk)
    Ticker(rings_for_outcomes=bell).tick()

    assert (work(publication).claims, bell.rung) == (1, [])
    assert not WishOutcome.objects.exists()


def test_the_ticker_rings_again_for_work_that_was_lost() -> None:
    rota = RotaFactory()
    wishing_carer(rota)
    publication = publish(rota)
    # The worker that had begun died.
    OutcomeWork.objects.update(lease_until=timezone.now() - timedelta(seconds=1), claims=1)
    bell = Bell()

    Ticker(rings_for_outcomes=bell).tick()
    assert [key for key, _ in bell.rung] == [publication.pk]
    work_out(publication.pk)

    assert work(publication).done_at is not None


def test_work_that_fails_is_tried_again_and_at_last_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rota = RotaFactory()
    carer = wishing_carer(rota)
    publication = publish(rota)

    def failing(_: object) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(outcome_work, "wish_outcomes", failing)
    for _ in range(MOST_CLAIMS):
        assert outcomes_waiting() != {}
        assert is_being_worked_out(carer)
        with pytest.raises(ZeroDivisionError):
            work_out(publication.pk)

    work_out(publication.pk)
    assert (work(publication).last_error, work(publication).claims) == (
        "ZeroDivisionError",
        MOST_CLAIMS,
    )
    assert (outcomes_waiting(), is_being_worked_out(carer)) == ({}, False)


def test_a_worker_that_is_asked_to_stop_gives_the_work_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rota = RotaFactory()
    wishing_carer(rota)
    publication = publish(rota)
    monkeypatch.setattr(outcome_work, "BEAT_SECONDS", -1.0)
    STOP_ASKED.set()
    try:
        work_out(publication.pk)
    finally:
        STOP_ASKED.clear()

    assert (work(publication).claims, outcomes_waiting()) == (0, {publication.pk: 0})
    assert not WishOutcome.objects.exists()


def test_wishes_are_judged_by_what_was_told_and_not_by_the_draft_as_it_has_become() -> None:
    rota = RotaFactory()
    wishing_carer(rota, visits=2)
    publication = publish(rota)
    other = working_carer(branch=rota.branch)
    for visit in rota.visits.all():
        visit.assignments.update(carer=other)

    work_out(publication.pk)

    found = WishOutcome.objects.get(publication=publication)
    assert (found.is_kept, found.visits) == (False, 2)


def test_of_a_publication_that_another_has_followed_nothing_is_worked_out() -> None:
    rota = RotaFactory()
    wishing_carer(rota)
    first = publish(rota)
    rota.visits.get().assignments.update(carer=working_carer(branch=rota.branch))
    second = publish(rota)

    for publication in (first, second):
        work_out(publication.pk)

    assert WishOutcome.objects.get().publication == second
    assert outcomes_waiting() == {}


def is_being_worked_out(carer: Carer) -> bool:
    assert carer.user is not None
    weeks = get_my_wishes(carer.user, MONDAY, now=NOW)["weeks"]
    found: bool = next(row["is_being_worked_out"] for row in weeks if row["week"] == MONDAY)
    return found


def test_phone_and_fairness_say_so_until_it_is_done() -> None:
    rota = RotaFactory()
    carer = wishing_carer(rota)
    assert carer.user is not None
    assert not is_being_worked_out(carer)
    publication = publish(rota)
    later = NOW + timedelta(days=14)
    assert is_being_worked_out(carer)
    assert get_my_fairness(carer.user, now=later)["wishes_to_come"] == 1

    work_out(publication.pk)

    assert not is_being_worked_out(carer)
    assert get_my_fairness(carer.user, now=later)["wishes_to_come"] == 0
    assert len(get_my_wishes(carer.user, MONDAY, now=NOW)["wishes"][0]["outcomes"]) == 1
