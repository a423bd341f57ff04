"""One ask builds the week of all branches: in parts, whatever happens to those who work on them."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from backend.audit.models import AuditEntry
from backend.core.periods import Week
from backend.organisation.models import Organisation
from backend.rota.models import GroupRun, Rota, RotaProposal, RunState, SolverRun
from backend.rota.selectors.group_runs import group_week, list_group_runs, progress_of
from backend.rota.services.advance_group import advance_group
from backend.rota.services.ask_group_run import (
    NothingToPlanError,
    ask_group_run,
    cancel_group_run,
)
from backend.rota.services.decide_proposal import accept_proposal
from backend.rota.solver import runs
from backend.rota.solver.group import whole_of
from backend.rota.solver.live_check import broken_rules
from backend.rota.solver.ticker import Ticker
from backend.rota.solver.translate import week_of_branch
from backend.rota.tasks import solve_run
from scheduler import check
from scheduler.score import cost
from tests.backend.factories.accounts import RoleGrantFactory, coordinator_of
from tests.backend.factories.moments import MONDAY, NOW
from tests.backend.factories.organisation import BranchFactory
from tests.backend.rota.groups import a_group, work_off
from tests.faults.slow_solver import POISON

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def solver(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SOLVER_FOLDER = tmp_path / "solver"
    monkeypatch.setattr("backend.rota.solver.group.PROPOSING_SECONDS", 1)


def parts_of(group: GroupRun, stage: int) -> list[SolverRun]:
    return list(SolverRun.objects.filter(group_run=group, group_stage=stage).order_by("pk"))


def test_every_branch_gets_a_proposal_and_a_carer_is_lent_where_it_helps() -> None:
    coop = a_group()

    group = work_off(coop.asked())

    assert group.state == RunState.FINISHED
    told = progress_of(group, NOW)
    assert [(row["kind"], row["done"], row["total"]) for row in told["stages"]] == [
        ("alone", 2, 2),
        ("neighbours", 1, 1),
        ("proposals", 2, 2),
    ]
    assert (told["unassigned"], len(told["proposals"])) == (0, 2)
    south = RotaProposal.objects.get(rota=coop.south)
    lent = {carer for _, _, carers in south.assignments for carer in carers}
    assert coop.spare.pk in lent
    assert len(south.assignments) == 30
    assert south.open_visits == []
    alone = parts_of(group, 0)
    assert sum(part.unassigned or 0 for part in alone) == 6
    assert AuditEntry.objects.filter(event="group_run.finished").count() == 1


def test_each_stage_ends_in_a_whole_plan_that_breaks_no_rule() -> None:
    coop = a_group()
    group = work_off(coop.asked())

    costs = []
    for stage in range(1, 4):
        whole = whole_of(group, before=stage)
        assert check(whole.problem, whole.plan) == ()
        assert len(whole.problem.visits) == 60
        costs.append(len(whole.plan.assignments))

    assert costs == [54, 60, 60]


def test_the_curve_of_all_branches_falls_and_ends_at_what_the_whole_plan_costs() -> None:
    coop = a_group()
    group = coop.asked()
    first, second = parts_of(group, 0)

    solve_run(run_id=first.pk)
    assert progress_of(group, NOW)["curve"] == []
    solve_run(run_id=second.pk)
    alone = progress_of(group, NOW)["curve"]
    [pair] = parts_of(group, 1)
    solve_run(run_id=pair.pk)

    whole = progress_of(group, NOW)["curve"]
    assert whole[: len(alone)] == alone
    assert [row[0] for row in whole] == sorted(row[0] for row in whole)
    assert [row[1] for row in whole] == sorted((row[1] for row in whole), reverse=True)
    assert (alone[-1][2], whole[-1][2]) == (6, 0)
    plan = whole_of(group, before=2)
    assert whole[-1][1] == pytest.approx(cost(plan.problem, plan.plan).total, abs=0.1)


def test_a_branch_that_failed_does_not_keep_the_others_curve_from_being_shown() -> None:
    coop = a_group()
    group = coop.asked()
    first, second = parts_of(group, 0)

    solve_run(run_id=first.pk)
    SolverRun.objects.filter(pk=second.pk).update(state=RunState.FAILED)

    told = progress_of(group, NOW)
    assert told["curve"][-1][1] == pytest.approx(told["stages"][0]["parts"][0]["best_cost"])


def test_a_week_of_all_branches_says_who_has_opened_it_and_what_was_built_last() -> None:
    coop = a_group()
    late = BranchFactory(organisation=coop.north.branch.organisation, name="A late one")
    RoleGrantFactory(user=coop.planner, role="coordinator", branch=late)
    assert group_week(coop.planner, Week(MONDAY), NOW)["run"] is None
    coop.asked()
    cancel_group_run(
        group_run_id=coop.asked().pk, keep_best=False, actor=coop.planner, now=timezone.now()
    )
    newest = coop.asked()

    found = group_week(coop.planner, Week(MONDAY), NOW)

    opened = {row["branch_id"]: row["rota_id"] for row in found["branches"]}
    assert opened == {
        late.pk: None,
        coop.north.branch_id: coop.north.pk,
        coop.south.branch_id: coop.south.pk,
    }
    assert found["branches"][0]["branch_name"] == "A late one"
    assert found["run"]["id"] == newest.pk
    assert group_week(coop.planner, Week(MONDAY).next, NOW)["run"] is None


def test_what_is_proposed_is_told_by_branch_beside_its_draft() -> None:
    coop = a_group()
    done = work_off(coop.asked())

    rows = {row["branch_id"]: row for row in progress_of(done, NOW)["proposals"]}

    north, south = rows[coop.north.branch_id], rows[coop.south.branch_id]
    assert (south["visits"], south["unassigned_before"], south["unassigned"]) == (30, 30, 0)
    assert (north["stale"], south["stale"]) == (False, False)
    Rota.objects.filter(pk=coop.south.pk).update(version=99)
    again = {row["branch_id"]: row["stale"] for row in progress_of(done, NOW)["proposals"]}
    assert again == {coop.north.branch_id: False, coop.south.branch_id: True}


def test_both_branches_accept_and_nobody_is_in_two_places() -> None:
    coop = a_group()
    work_off(coop.asked())

    for rota in (coop.south, coop.north):
        proposal = RotaProposal.objects.get(rota=rota)
        accept_proposal(
            proposal_id=proposal.pk, actor=coordinator_of(rota.branch), now=timezone.now()
        )

    for rota in (coop.south, coop.north):
        rota.refresh_from_db()
        week = week_of_branch(rota)
        assert broken_rules(week) == []
        assert len(week.draft.assignments) - len(week.elsewhere) == 30
    assert week_of_branch(coop.north).elsewhere


def test_a_part_that_is_rung_for_twice_is_planned_once() -> None:
    coop = a_group()
    group = coop.asked()
    first = parts_of(group, 0)[0]

    solve_run(run_id=first.pk)
    before = SolverRun.objects.get(pk=first.pk)
    solve_run(run_id=first.pk)

    again = SolverRun.objects.get(pk=first.pk)
    assert (again.claims, again.ended_at) == (1, before.ended_at)
    assert GroupRun.objects.get(pk=group.pk).stage == 0


def test_a_stage_is_opened_once_however_often_somebody_looks() -> None:
    coop = a_group()
    group = coop.asked()
    for part in parts_of(group, 0):
        solve_run(run_id=part.pk)

    for _ in range(3):
        advance_group(group_run_id=group.pk, now=timezone.now())

    assert len(parts_of(group, 1)) == 1
    assert len(parts_of(group, 2)) == 0


def test_the_ticker_goes_on_where_a_worker_died_after_its_last_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    coop = a_group()
    group = coop.asked()
    monkeypatch.setattr("backend.rota.tasks.advance_group", lambda **_: None)
    for part in parts_of(group, 0):
        solve_run(run_id=part.pk)
    assert parts_of(group, 1) == []

    Ticker(rings=lambda _: True).tick()

    assert [part.state for part in parts_of(group, 1)] == [RunState.QUEUED]


def test_a_part_whose_worker_was_killed_is_taken_by_another() -> None:
    coop = a_group()
    group = coop.asked()
    first = parts_of(group, 0)[0]
    dead = runs.claim(first.pk)
    assert dead is not None
    SolverRun.objects.filter(pk=first.pk).update(lease_until=NOW)
    parts = progress_of(group, NOW + timedelta(seconds=1))["stages"][0]["parts"]
    assert [part["lost"] for part in parts] == [True, False]

    runs.sweep()
    done = work_off(group)

    assert done.state == RunState.FINISHED
    assert SolverRun.objects.get(pk=first.pk).claims == 2
    with pytest.raises(runs.LeaseLostError):
        dead.beat()


def test_a_branch_that_cannot_be_planned_does_not_keep_the_others_from_their_proposals(
    settings: Any,
) -> None:
    coop = a_group()
    settings.SOLVER_COMMAND = [sys.executable, "-m", "tests.faults.slow_solver"]
    group = coop.asked()
    poisoned, sound = parts_of(group, 0)
    SolverRun.objects.filter(pk=poisoned.pk).update(seed=POISON)

    done = work_off(group)

    assert SolverRun.objects.get(pk=poisoned.pk).state == RunState.FAILED
    assert done.state == RunState.FINISHED
    assert [row.rota_id for row in RotaProposal.objects.all()] == [sound.rota_id]
    assert parts_of(done, 1) == []


def test_stopping_keeps_what_is_there_for_every_branch() -> None:
    coop = a_group()
    group = coop.asked()
    for part in parts_of(group, 0):
        solve_run(run_id=part.pk)

    cancel_group_run(group_run_id=group.pk, keep_best=True, actor=coop.planner, now=timezone.now())
    done = work_off(group)

    assert done.state == RunState.FINISHED
    assert [part.state for part in parts_of(done, 1)] == [RunState.CANCELLED]
    assert RotaProposal.objects.count() == 2


def test_stopping_with_nothing_kept_ends_everything_at_once() -> None:
    coop = a_group()
    group = coop.asked()

    done, again = (
        cancel_group_run(
            group_run_id=group.pk, keep_best=False, actor=coop.planner, now=timezone.now()
        )
        for _ in range(2)
    )

    assert done.state == again.state == RunState.CANCELLED
    assert {part.state for part in parts_of(group, 0)} == {RunState.CANCELLED}
    assert RotaProposal.objects.count() == 0
    # One says who stopped it, the other that it ended so.
    assert AuditEntry.objects.filter(event="group_run.cancelled").count() == 2


def test_asking_again_returns_the_run_under_way() -> None:
    coop = a_group()
    first = coop.asked()

    again, is_new = ask_group_run(
        week=Week(MONDAY), seconds=99, actor=coop.planner, now=timezone.now()
    )

    assert (again.pk, is_new) == (first.pk, False)
    assert len(parts_of(first, 0)) == 2


def test_a_week_that_no_branch_has_opened_is_refused() -> None:
    coop = a_group()

    with pytest.raises(NothingToPlanError):
        ask_group_run(week=Week(MONDAY).next, seconds=60, actor=coop.planner, now=timezone.now())


def test_who_plans_one_branch_alone_finds_no_group() -> None:
    coop = a_group()
    group = coop.asked()
    one = coordinator_of(coop.north.branch)

    assert not list_group_runs(one).exists()
    assert list_group_runs(coop.planner).get().pk == group.pk
    with pytest.raises(Organisation.DoesNotExist):
        ask_group_run(week=Week(MONDAY), seconds=60, actor=one, now=timezone.now())
    with pytest.raises(Organisation.DoesNotExist):
        group_week(one, Week(MONDAY), NOW)
