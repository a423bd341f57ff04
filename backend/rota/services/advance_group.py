"""Open the next stage of a group run once every part of this one has ended."""

from datetime import datetime

from django.db import IntegrityError, transaction

from backend.audit.services import record
from backend.rota.models import GroupRun, Rota, RotaProposal, RunKind, RunState, SolverRun
from backend.rota.models.runs import OPEN_STATES
from backend.rota.services.new_run import new_run
from backend.rota.solver.group import planned_branches


def advance_group(*, group_run_id: int, now: datetime) -> None:
    """Go on to the next stage, or end the run, if no part of the present stage is open.

    Safe to call at any time and any number of times. Whoever ends a part calls it; should they die
    before that, the ticker does.
    """
    try:
        with transaction.atomic():
            # Of two parts that end at once, the second waits here and then counts both.
            group = GroupRun.objects.select_for_update().get(pk=group_run_id)
            if group.state in OPEN_STATES:
                _advance(group, now)
    except IntegrityError:
        # On a database without row locks somebody else has opened the stage meanwhile.
        return


def open_stage(group: GroupRun, now: datetime) -> bool:
    """Insert the parts of a group run's present stage; say whether there are any."""
    is_first = group.stage == 0
    stage = group.stages[group.stage]
    ready = None if is_first else planned_branches(group)
    versions = {} if is_first else _versions(group)
    opened = False
    for branches in stage["parts"]:
        taken = branches if ready is None else [pk for pk in branches if pk in ready]
        # A neighbour who has no plan has nobody to lend.
        if not taken or len(taken) < len(branches):
            continue
        rota = Rota.objects.select_related("branch__organisation").get(
            branch=taken[0], week_starts_on=group.week_starts_on
        )
        new_run(
            rota,
            RunKind.PART,
            seconds=stage["seconds"],
            actor=group.asked_by,
            now=now,
            seed=group.seed,
            # As many parts as workers run beside each other.
            threads=1,
            rota_version=versions.get(rota.pk, rota.version),
            group_run=group,
            group_stage=group.stage,
            branches=taken,
        )
        opened = True
    return opened


def _advance(group: GroupRun, now: datetime) -> None:
    if group.parts.filter(group_stage=group.stage, state__in=OPEN_STATES).exists():
        return
    if group.cancelled_at is not None and not group.keep_best:
        _end(group, RunState.CANCELLED, now)
        return
    while group.stage < group.last_stage:
        # Whoever stops a run wants no better plan: only the proposals are left to make.
        group.stage = group.last_stage if group.cancelled_at is not None else group.stage + 1
        if open_stage(group, now):
            group.save(update_fields=["stage"])
            return
    has_proposals = RotaProposal.objects.filter(run__group_run=group).exists()
    lost = RunState.CANCELLED if group.cancelled_at is not None else RunState.FAILED
    _end(group, RunState.FINISHED if has_proposals else lost, now)


def _end(group: GroupRun, state: RunState, now: datetime) -> None:
    group.state, group.ended_at = state, now
    group.save(update_fields=["stage", "state", "ended_at"])
    record(
        f"group_run.{state.value}",
        actor=None,
        subject=f"group_run:{group.pk}",
        at=now,
        chain=f"organisation:{group.organisation_id}",
    )


def _versions(group: GroupRun) -> dict[int, int]:
    """Return the versions of the drafts from which the run began, by rota."""
    first = SolverRun.objects.filter(group_run=group, group_stage=0)
    return dict(first.values_list("rota", "rota_version"))
