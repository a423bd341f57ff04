"""Reads of group runs, for those who plan the rotas of every branch of the organisation."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from backend.accounts.models import User
from backend.accounts.selectors import branch_ids
from backend.organisation.models import Branch, Organisation
from backend.rota.models import GroupRun, RotaProposal
from backend.rota.models.runs import OPEN_STATES


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


def progress_of(group: GroupRun) -> dict[str, Any]:
    """Return how a group run stands; field by field as `GroupRunOut` says."""
    parts = list(
        group.parts.defer("problem", "checkpoint", "curve", "figures").order_by("group_stage", "pk")
    )
    names = dict(
        Branch.objects.filter(organisation=group.organisation_id).values_list("pk", "name")
    )
    proposals = (
        RotaProposal.objects.filter(run__group_run=group)
        .order_by("rota__branch")
        .values_list("rota__branch", "pk", "state")
    )
    stages = []
    for number, stage in enumerate(group.stages):
        here = [part for part in parts if part.group_stage == number]
        stages.append(
            {
                "kind": _kind(number, group),
                "total": len(here) or len(stage["parts"]),
                "done": sum(part.state not in OPEN_STATES for part in here),
                "parts": [
                    {
                        "run_id": part.pk,
                        "branches": [names.get(pk, "") for pk in part.branches],
                        "state": part.state,
                        "seconds": part.seconds,
                        "elapsed_seconds": part.elapsed_seconds,
                        "best_cost": part.best_cost,
                        "unassigned": part.unassigned,
                        "last_error": part.last_error,
                    }
                    for part in here
                ],
            }
        )
    return {
        "id": group.pk,
        "week_starts_on": group.week_starts_on,
        "state": group.state,
        "seconds": group.seconds,
        "stage": group.stage,
        "stages": stages,
        "best_cost": group.best_cost,
        "unassigned": group.unassigned,
        "asked_by": group.asked_by.display_name if group.asked_by else None,
        "asked_at": group.asked_at,
        "cancelled_by": group.cancelled_by.display_name if group.cancelled_by else None,
        "cancelled_at": group.cancelled_at,
        "keep_best": group.keep_best,
        "ended_at": group.ended_at,
        "proposals": [
            {
                "branch_id": branch,
                "branch_name": names.get(branch, ""),
                "proposal_id": proposal,
                "state": state,
            }
            for branch, proposal, state in proposals
        ],
    }


def _kind(number: int, group: GroupRun) -> str:
    if number == 0:
        return "alone"
    return "proposals" if number == group.last_stage else "neighbours"
