"""Reads of group runs, for those who plan the rotas of every branch of the organisation."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from backend.accounts.models import User
from backend.accounts.selectors import branch_ids
from backend.core.periods import Week
from backend.organisation.models import Branch, Organisation
from backend.rota.models import GroupRun, ProposalState, Rota, RotaProposal, RunState, SolverRun
from backend.rota.models.runs import OPEN_STATES
from backend.rota.selectors.group_curve import whole_curve
from backend.rota.selectors.proposals import is_stale
from backend.rota.selectors.runs import HEAVY


def planned_organisations(viewer: User) -> QuerySet[Organisation]:
    """Return the viewer's organisation if they plan the rota of each of its branches, else none."""
    others = Branch.objects.filter(organisation=OuterRef("pk")).exclude(pk__in=branch_ids(viewer))
    return Organisation.objects.filter(~Exists(others), users=viewer)


def list_group_runs(viewer: User) -> QuerySet[GroupRun]:
    """Return the group runs of the viewer's organisation, newest first."""
    return (
        GroupRun.objects.filter(organisation__in=planned_organisations(viewer))
        .select_related("asked_by", "cancelled_by")
        .order_by("-asked_at", "-pk")
    )


def group_week(viewer: User, week: Week, now: datetime) -> dict[str, Any]:
    """Return which branches have opened a week, by name, and its newest group run.

    Raises
    ------
    Organisation.DoesNotExist
        The viewer does not plan the rotas of all branches.
    """
    organisation = planned_organisations(viewer).get()
    rotas = dict(
        Rota.objects.filter(
            branch__organisation=organisation, week_starts_on=week.starts_on
        ).values_list("branch", "pk")
    )
    newest = list_group_runs(viewer).filter(week_starts_on=week.starts_on).first()
    return {
        "branches": [
            {"branch_id": pk, "branch_name": name, "rota_id": rotas.get(pk)}
            for pk, name in Branch.objects.filter(organisation=organisation)
            .order_by("name", "pk")
            .values_list("pk", "name")
        ],
        "run": progress_of(newest, now) if newest else None,
    }


def progress_of(group: GroupRun, now: datetime) -> dict[str, Any]:
    """Return how a group run stands; field by field as `GroupRunOut` says."""
    parts = list(group.parts.defer(*HEAVY).order_by("group_stage", "pk"))
    names = dict(
        Branch.objects.filter(organisation=group.organisation_id).values_list("pk", "name")
    )
    return {
        "id": group.pk,
        "week_starts_on": group.week_starts_on,
        "state": group.state,
        "seconds": group.seconds,
        "stage": group.stage,
        "stages": [
            _stage(
                number,
                group,
                [_part(part, names, now) for part in parts if part.group_stage == number],
            )
            for number in range(len(group.stages))
        ],
        "best_cost": group.best_cost,
        "unassigned": group.unassigned,
        "curve": whole_curve(parts),
        "asked_by": group.asked_by.display_name if group.asked_by else None,
        "asked_at": group.asked_at,
        "cancelled_by": group.cancelled_by.display_name if group.cancelled_by else None,
        "cancelled_at": group.cancelled_at,
        "keep_best": group.keep_best,
        "ended_at": group.ended_at,
        "proposals": [_proposal(row, names) for row in _proposals(group)],
    }


def _stage(number: int, group: GroupRun, parts: list[dict[str, Any]]) -> dict[str, Any]:
    stage = group.stages[number]
    return {
        "kind": _kind(number, group),
        "seconds": stage["seconds"],
        "total": len(parts) or len(stage["parts"]),
        "done": sum(part["state"] not in OPEN_STATES for part in parts),
        "parts": parts,
    }


def _part(part: SolverRun, names: dict[int, str], now: datetime) -> dict[str, Any]:
    is_silent = part.lease_until is not None and part.lease_until < now
    return {
        "run_id": part.pk,
        "branches": [names.get(pk, "") for pk in part.branches],
        "state": part.state,
        "stage": part.stage,
        "seconds": part.seconds,
        "elapsed_seconds": part.elapsed_seconds,
        "best_cost": part.best_cost,
        "unassigned": part.unassigned,
        "unassigned_critical": part.figures.get("unassigned_critical"),
        "attempts": part.attempts,
        "lost": part.state == RunState.RUNNING and is_silent,
        "last_error": part.last_error,
    }


def _proposals(group: GroupRun) -> QuerySet[RotaProposal]:
    return (
        RotaProposal.objects.filter(run__group_run=group)
        .select_related("rota")
        .defer("assignments", "open_visits", "repair")
        .order_by("rota__branch")
    )


def _proposal(proposal: RotaProposal, names: dict[int, str]) -> dict[str, Any]:
    before, after = proposal.figures_before, proposal.figures
    return {
        "branch_id": proposal.rota.branch_id,
        "branch_name": names.get(proposal.rota.branch_id, ""),
        "proposal_id": proposal.pk,
        "state": proposal.state,
        "stale": proposal.state == ProposalState.OPEN and is_stale(proposal),
        "visits": after.get("visits"),
        "unassigned_before": before.get("unassigned"),
        "unassigned": after.get("unassigned"),
        "unassigned_critical": after.get("unassigned_critical"),
    }


def _kind(number: int, group: GroupRun) -> str:
    if number == 0:
        return "alone"
    return "proposals" if number == group.last_stage else "neighbours"
