"""How much faster two Celery workers build a group's week than one.

`python -m pytest tests/benchmarks -m benchmark` prints the figures. The machine needs a free core
for each worker, or the ratio measures the other work on it.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.faults.harness import World

pytestmark = [pytest.mark.benchmark, pytest.mark.services, pytest.mark.timeout(1800)]

BRANCHES = 6
CARERS = 40
SECONDS = 40
LEAST_RATIO = 1.8


@pytest.fixture
def world(tmp_path: Path, django_db_setup: None, django_db_blocker: Any) -> "Iterator[World]":
    from tests.faults.harness import world_on_servers

    with django_db_blocker.unblock(), world_on_servers(tmp_path) as made:
        made.ticker()
        yield made


@dataclass(frozen=True)
class Measured:
    """Seconds until every branch was planned alone, and the rounds of the search in them."""

    alone: float
    rounds: int

    @property
    def rounds_a_second(self) -> float:
        """Rounds of the search in all workers, while branches are planned alone."""
        return self.rounds / self.alone


def measured(world: "World", workers: int) -> Measured:
    """Build a new group's week with so many workers."""
    from django.utils import timezone

    from backend.core.periods import Week
    from backend.rota.models import GroupRun, SolverRun, VisitAssignment, VisitState
    from backend.rota.models.runs import OPEN_STATES
    from backend.rota.services.ask_group_run import ask_group_run, cancel_group_run
    from tests.backend.factories.accounts import RoleGrantFactory, coordinator_of
    from tests.backend.factories.moments import MONDAY
    from tests.backend.factories.organisation import BranchFactory, OrganisationFactory
    from tests.backend.rota.weeks import full_week
    from tests.faults.harness import until
    from tests.faults.slow_solver import REAL

    organisation = OrganisationFactory()
    rotas = [
        full_week(BranchFactory(organisation=organisation), carers=CARERS) for _ in range(BRANCHES)
    ]
    planner = coordinator_of(rotas[0].branch)
    for rota in rotas:
        VisitAssignment.objects.filter(visit__rota=rota).delete()
        rota.visits.update(state=VisitState.UNALLOCATED, start_minute=None, starts_at=None)
        if rota is not rotas[0]:
            RoleGrantFactory(user=planner, role="coordinator", branch=rota.branch)
    world.crew(workers)
    # A worker that has just been started is ready when it has taken a message.
    time.sleep(8)

    began = time.monotonic()
    group, _ = ask_group_run(
        week=Week(MONDAY), seconds=SECONDS, seed=REAL, actor=planner, now=timezone.now()
    )
    until(lambda: GroupRun.objects.get(pk=group.pk).stage > 0, patience=10 * SECONDS)
    alone = time.monotonic() - began
    cancel_group_run(group_run_id=group.pk, keep_best=False, actor=planner, now=timezone.now())
    until(lambda: GroupRun.objects.get(pk=group.pk).state not in OPEN_STATES)
    parts = SolverRun.objects.filter(group_run=group, group_stage=0)
    return Measured(alone, sum(part.figures["iterations"] for part in parts))


def test_two_workers_build_a_group_almost_twice_as_fast_as_one(
    world: "World", capsys: pytest.CaptureFixture[str]
) -> None:
    one = measured(world, 1)
    two = measured(world, 2)

    faster = two.rounds_a_second / one.rounds_a_second
    with capsys.disabled():
        for name, row in (("one worker", one), ("two workers", two)):
            print(  # noqa: T201  a measurement is read by people
                f"\n{name}: {row.alone:.1f} s, {row.rounds_a_second:,.0f} rounds a second"
            )
        print(f"ratio {one.alone / two.alone:.2f} in time, {faster:.2f} in rounds")  # noqa: T201
    # Each part has its seconds; that they end sooner says little if they do less in them.
    assert one.alone / two.alone >= LEAST_RATIO
    assert faster >= LEAST_RATIO
