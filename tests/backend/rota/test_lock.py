"""Locking a visit: held at its carers until somebody unlocks it."""

from typing import Any

import pytest

from backend.audit.models import AuditEntry
from backend.rota.models import Rota, Visit
from backend.rota.services.drafting import RotaStaleError
from backend.rota.services.lock import NothingToLockError, lock_visit, unlock_visit
from tests.backend.factories import NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import VisitFactory, allocate

pytestmark = pytest.mark.django_db


def covered_visit() -> Visit:
    """Return a visit that somebody makes."""
    visit: Visit = VisitFactory()
    return allocate(visit, working_carer(branch=visit.rota.branch))


def by_office(visit: Visit, version: int = 1) -> dict[str, Any]:
    """Return what a coordinator passes."""
    actor = coordinator_of(visit.rota.branch)
    return {"visit_id": visit.pk, "version": version, "actor": actor, "now": NOW}


def test_a_visit_is_locked_and_unlocked_and_both_are_on_record() -> None:
    visit = covered_visit()

    lock_visit(**by_office(visit))
    visit.refresh_from_db()
    was_locked = visit.is_locked
    unlock_visit(**by_office(visit, version=2))

    visit.refresh_from_db()
    assert (was_locked, visit.is_locked) == (True, False)
    assert Rota.objects.get().version == 3
    events = AuditEntry.objects.order_by("seq").values_list("event", flat=True)
    assert list(events) == ["visit.locked", "visit.unlocked"]


def test_locking_twice_changes_nothing() -> None:
    visit = covered_visit()

    lock_visit(**by_office(visit))
    lock_visit(**by_office(visit))

    assert Rota.objects.get().version == 2
    assert AuditEntry.objects.count() == 1


def test_a_visit_that_nobody_makes_cannot_be_locked() -> None:
    visit = VisitFactory()

    with pytest.raises(NothingToLockError):
        lock_visit(**by_office(visit))


def test_locking_from_an_older_board_is_refused() -> None:
    visit = covered_visit()

    with pytest.raises(RotaStaleError):
        lock_visit(**by_office(visit, version=2))


def test_a_coordinator_of_another_branch_does_not_find_the_visit() -> None:
    visit = covered_visit()
    stranger = coordinator_of(BranchFactory())

    with pytest.raises(Visit.DoesNotExist):
        lock_visit(**{**by_office(visit), "actor": stranger})
