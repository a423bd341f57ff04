"""`manage.py solve_week` has a worker build a week, shows the figures and decides nothing."""

import json
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from backend.organisation.models import Branch
from backend.rota.management.commands import solve_week as command
from backend.rota.models import ProposalState, Rota, RotaProposal, RunState, SolverRun
from backend.rota.services import new_run as module
from backend.rota.solver.run import run
from tests.backend.factories.accounts import branch_manager_of, coordinator_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.rota.open_weeks import open_week

pytestmark = pytest.mark.django_db(transaction=True)

WEEK = "2026-06-01"


@pytest.fixture(autouse=True)
def worker(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have runs solved as soon as somebody rings."""
    settings.SOLVER_COMMAND = [sys.executable, "-m", "tests.faults.slow_solver"]
    settings.SOLVER_FOLDER = tmp_path / "solver"
    monkeypatch.setattr(module, "ring", run)
    monkeypatch.setattr(command, "LOOK_SECONDS", 0.01)


def solve_week(*arguments: str) -> str:
    out = StringIO()
    call_command("solve_week", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def a_branch() -> Branch:
    """Return a branch with an open week and one coordinator."""
    branch = open_week().branch
    coordinator_of(branch, username="ada")
    return branch


def test_the_week_is_built_and_its_figures_shown_but_nothing_is_accepted(tmp_path: Path) -> None:
    branch, file = a_branch(), tmp_path / "figures.json"

    shown = solve_week(branch.name, "--week", WEEK, "--figures", str(file))

    proposal = RotaProposal.objects.get()
    assert proposal.state == ProposalState.OPEN
    assert Rota.objects.get().version == 1
    run_row = SolverRun.objects.get()
    assert run_row.asked_by is not None
    assert run_row.asked_by.username == "ada"
    rows = json.loads(file.read_text())
    assert ["Visits", "30"] in rows
    assert ["Visits still open", "0, of which 0 critical"] in rows
    assert all(words in shown and value in shown for words, value in rows)


def test_programs_get_the_figures_as_they_are() -> None:
    told = json.loads(solve_week(a_branch().external_id, "--week", WEEK, "--json"))

    assert told["proposal_id"] == RotaProposal.objects.get().pk
    assert told["figures"]["covered_percent"] == 100.0
    assert told["figures_before"]["covered_percent"] == 0.0
    assert told["open_by_reason"] == {}


def test_somebody_who_may_must_be_named_where_it_is_not_clear() -> None:
    branch = open_week().branch
    branch_manager_of(branch, username="mo")
    coordinator_of(BranchFactory(), username="else")

    with pytest.raises(CommandError, match="--actor"):
        solve_week(branch.name, "--week", WEEK)
    with pytest.raises(CommandError, match="does not plan"):
        solve_week(branch.name, "--week", WEEK, "--actor", "else")
    solve_week(branch.name, "--week", WEEK, "--actor", "mo")

    assert SolverRun.objects.filter(asked_by__username="mo").exists()


@pytest.mark.parametrize(
    ("branch", "week", "fault"),
    [("Nowhere", WEEK, "No branch is called 'Nowhere'"), ("", "2026-06-02", "starts on a Monday")],
)
def test_what_does_not_exist_is_said_in_words(branch: str, week: str, fault: str) -> None:
    known = a_branch()

    with pytest.raises(CommandError, match=fault):
        solve_week(branch or known.name, "--week", week)


def test_a_run_that_no_worker_takes_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    branch = a_branch()
    monkeypatch.setattr(module, "ring", lambda _run_id: True)
    monkeypatch.setattr(command, "NO_WORKER_SECONDS", 0.05)

    with pytest.raises(CommandError, match="No worker has taken run"):
        solve_week(branch.name, "--week", WEEK)

    assert SolverRun.objects.get().state == RunState.QUEUED


def test_a_run_that_fails_is_no_success(settings: Any) -> None:
    branch = a_branch()
    settings.SOLVER_COMMAND = [sys.executable, "-c", "import sys; sys.exit(2)"]

    with pytest.raises(CommandError, match=r"failed: solver\.problem_unfit"):
        solve_week(branch.name, "--week", WEEK)
