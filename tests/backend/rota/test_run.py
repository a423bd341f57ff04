"""A run is solved by a child process and ends in one proposal, whatever happens in between."""

import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from backend.audit.models import AuditEntry
from backend.audit.services import broken_entry
from backend.rota.models import Rota, RotaProposal, RunState, SolverRun, VisitState
from backend.rota.solver.packing import pack
from backend.rota.solver.run import run
from tests.backend.factories.moments import NOW
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import SolverRunFactory
from tests.backend.rota.weeks import full_week

pytestmark = pytest.mark.django_db(transaction=True)

SLOW_SOLVER = Path(__file__).resolve().parents[2] / "faults" / "slow_solver.py"


@pytest.fixture(autouse=True)
def solver(settings: Any, tmp_path: Path) -> None:
    settings.SOLVER_COMMAND = [sys.executable, "-m", "tests.faults.slow_solver"]
    settings.SOLVER_FOLDER = tmp_path / "solver"


def open_week(carers: int = 1) -> Rota:
    """Return a week in which nothing is allocated yet."""
    rota = full_week(BranchFactory(), carers=carers)
    rota.visits.update(state=VisitState.UNALLOCATED, start_minute=None, starts_at=None)
    for visit in rota.visits.all():
        visit.assignments.all().delete()
    return rota


def test_a_run_ends_in_one_proposal_with_figures_beside_those_of_the_draft() -> None:
    asked = SolverRunFactory(rota=open_week())

    run(asked.pk)

    done = SolverRun.objects.get(pk=asked.pk)
    assert (done.state, done.claims, done.lease_token) == (RunState.FINISHED, 1, None)
    proposal = RotaProposal.objects.get(run=done)
    assert len(proposal.assignments) == 30
    assert proposal.open_visits == []
    assert proposal.figures["breaches"] == 0
    assert proposal.figures["unassigned"] == 0
    assert proposal.figures_before["unassigned"] == 30
    assert proposal.figures["cost"] == done.best_cost < proposal.figures_before["cost"]
    assert [row[2] for row in done.curve][-1] == 0
    costs = [row[1] for row in done.curve]
    assert costs == sorted(costs, reverse=True)
    assert AuditEntry.objects.filter(event="run.finished", subject=f"run:{done.pk}").count() == 1
    assert broken_entry(f"branch:{done.rota.branch_id}") is None
