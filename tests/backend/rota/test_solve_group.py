"""`manage.py solve_group` has workers build the week of all branches and decides nothing."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from backend.rota.management.commands import solve_group as command
from backend.rota.models import ProposalState, RotaProposal
from backend.rota.services import new_run as module
from backend.rota.tasks import solve_run
from tests.backend.factories.accounts import coordinator_of
from tests.backend.rota.groups import a_group

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def worker(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have parts planned as soon as somebody rings."""
    settings.SOLVER_FOLDER = tmp_path / "solver"
    monkeypatch.setattr(module, "ring", lambda pk: solve_run(run_id=pk))
    monkeypatch.setattr(command, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr("backend.rota.solver.group.PROPOSING_SECONDS", 1)


def solve_group(*arguments: str) -> str:
    out = StringIO()
    call_command("solve_group", "--week", "2026-06-01", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_week_of_all_branches_is_built_and_nothing_is_accepted() -> None:
    a_group()

    told = json.loads(solve_group("--seconds", "2", "--json"))

    assert (told["state"], len(told["proposals"])) == ("finished", 2)
    assert [row["done"] for row in told["stages"]] == [2, 1, 2]
    assert set(RotaProposal.objects.values_list("state", flat=True)) == {ProposalState.OPEN}


def test_who_plans_one_branch_alone_cannot_ask_for_all() -> None:
    one = coordinator_of(a_group().north.branch)

    with pytest.raises(CommandError, match="every branch"):
        solve_group("--actor", one.username)
