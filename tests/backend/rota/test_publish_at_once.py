"""Two people publish, or change a visit, at the same moment: one effect, nothing half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from backend.audit.services import broken_entry
from backend.rota.models import Publication, PublishedAssignment, Rota, VisitAssignment
from backend.rota.services.assign import assign_visit
from backend.rota.services.drafting import RotaStaleError
from backend.rota.services.publish import publish_rota
from tests.backend.factories import NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import VisitFactory
from tests.backend.rota.weeks import full_week

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="the trial's database has one writer"
    ),
]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts at the same moment, each on its own connection; errors are results."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except RotaStaleError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_publishers_at_once_make_one_publication() -> None:
    rota = full_week(BranchFactory(), carers=5)
    actors = [coordinator_of(rota.branch) for _ in range(4)]

    def publish(actor: Any) -> Callable[[], Publication]:
        return lambda: publish_rota(rota_id=rota.pk, version=1, note="", actor=actor, now=NOW)

    done = at_once(*(publish(actor) for actor in actors))

    assert len({row.pk for row in done}) == 1
    assert Publication.objects.count() == 1
    assert PublishedAssignment.objects.count() == 150
    assert broken_entry(f"branch:{rota.branch_id}") is None


def test_of_two_changes_at_once_the_second_learns_that_its_board_is_old() -> None:
    visit = VisitFactory()
    carers = [working_carer(branch=visit.rota.branch) for _ in range(2)]
    actors = [coordinator_of(visit.rota.branch) for _ in carers]

    def assign(carer: Any, actor: Any) -> Callable[[], Any]:
        return lambda: assign_visit(
            visit_id=visit.pk,
            carer_ids=[carer.pk],
            start_minute=480,
            version=1,
            actor=actor,
            now=NOW,
        )

    done = at_once(*(assign(*pair) for pair in zip(carers, actors, strict=True)))

    assert sum(isinstance(row, RotaStaleError) for row in done) == 1
    assert VisitAssignment.objects.count() == 1
    assert Rota.objects.get().version == 2
