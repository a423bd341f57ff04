"""Reads of solver runs and what they propose, for those who plan the branch."""

from django.db.models import Prefetch, QuerySet

from backend.accounts.models import User
from backend.accounts.selectors import branch_ids
from backend.rota.models import RotaProposal, SolverRun

HEAVY = ("problem", "checkpoint")
"""Columns that only a worker needs; they are left in the database."""


def list_runs(viewer: User) -> QuerySet[SolverRun]:
    """Return the runs of the branches whose rota the viewer plans, newest first."""
    return (
        SolverRun.objects.filter(rota__branch__in=branch_ids(viewer))
        .select_related("asked_by", "cancelled_by")
        .defer(*HEAVY)
        .prefetch_related(
            Prefetch("proposals", RotaProposal.objects.only("run_id").order_by("alternative"))
        )
        .order_by("-asked_at", "-pk")
    )


def list_proposals(viewer: User) -> QuerySet[RotaProposal]:
    """Return the proposals for the branches whose rota the viewer plans, newest first."""
    return (
        RotaProposal.objects.filter(rota__branch__in=branch_ids(viewer))
        .select_related("rota__branch__organisation", "decided_by")
        .order_by("-made_at", "-pk")
    )
