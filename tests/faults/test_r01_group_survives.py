"""R1 for a group: a worker killed in one part costs that part some seconds, and nobody a plan."""

import os
import signal

import pytest

from backend.audit.models import AuditEntry
from backend.rota.models import GroupRun, RotaProposal, RunState, SolverRun
from backend.rota.models.runs import OPEN_STATES
from tests.backend.rota.groups import a_group
from tests.faults.harness import CostWatch, World, until

pytestmark = [pytest.mark.slow, pytest.mark.services]

HALF = 15


def test_a_group_is_built_once_though_a_worker_is_killed_in_the_middle_of_a_part(
    world: World,
) -> None:
    world.crew()
    coop = a_group()
    group = coop.asked(seconds=40)
    first = list(SolverRun.objects.filter(group_run=group, group_stage=0).order_by("pk"))
    for part in first:
        CostWatch(part.pk).until(lambda row: row.unassigned == HALF)
    worker, _ = world.holder()

    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    world.crew()
    taken = until(lambda: SolverRun.objects.filter(group_run=group, claims=2).first())
    for part in first:
        world.let_go_on(part)
    done = until(
        lambda: GroupRun.objects.filter(pk=group.pk).exclude(state__in=OPEN_STATES).first(),
        patience=120,
    )

    assert done is not None
    assert taken is not None
    assert done.state == RunState.FINISHED
    parts = SolverRun.objects.filter(group_run=group).order_by("group_stage", "pk")
    assert [part.group_stage for part in parts] == [0, 0, 1, 2, 2]
    assert {part.state for part in parts} == {RunState.FINISHED}
    assert sorted(RotaProposal.objects.filter(run__group_run=group).values_list("rota")) == sorted(
        [(coop.north.pk,), (coop.south.pk,)]
    )
    for part in parts:
        ended = AuditEntry.objects.filter(subject=f"run:{part.pk}", event="run.finished")
        assert ended.count() == 1
