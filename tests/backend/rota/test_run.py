"""A run is solved by a child process and ends in one proposal, whatever happens in between."""

import sys
from pathlib import Path
from typing import Any

import pytest

from backend.audit.models import AuditEntry
from backend.audit.services import broken_entry
from backend.rota.models import RotaProposal, RunState, SolverRun
from backend.rota.solver.run import run
from tests.backend.factories.rota import SolverRunFactory
from tests.backend.rota.open_weeks import open_week

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def solver(settings: Any, tmp_path: Path) -> None:
    settings.SOLVER_COMMAND = [sys.executable, "-m", "tests.faults.slow_solver"]
    settings.SOLVER_FOLDER = tmp_path / "solver"


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
