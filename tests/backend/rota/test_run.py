"""A run is solved by a child process and ends in one proposal, whatever happens in between."""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from backend.audit.models import AuditEntry
from backend.audit.services import broken_entry
from backend.people.models import Absence, AbsenceKind
from backend.rota.models import Rota, RotaProposal, RunState, SolverRun, Visit, VisitState
from backend.rota.solver.figures import figures_of
from backend.rota.solver.last_week import plan_of_last_week
from backend.rota.solver.packing import fingerprint, pack
from backend.rota.solver.run import run
from backend.rota.solver.runs import Lease
from backend.rota.solver.translate import week_of_branch
from scheduler import Assignment, Problem, Solution, problem_to, solution_to
from scheduler.score import cost
from tests.backend.factories.clients import PackageLineFactory
from tests.backend.factories.moments import MONDAY, NOW
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import (
    PublishedAssignmentFactory,
    RotaFactory,
    SolverRunFactory,
    VisitFactory,
    allocate,
)
from tests.backend.rota.open_weeks import open_week
from tests.backend.rota.weeks import full_week

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


def test_a_run_begins_with_the_draft_and_never_proposes_anything_worse() -> None:
    rota = full_week(BranchFactory(), carers=1, open_visits=2)
    draft_cost = figures_of(*_problem_and_draft(rota))["cost"]
    asked = SolverRunFactory(rota=rota)

    run(asked.pk)

    done = SolverRun.objects.get(pk=asked.pk)
    assert done.curve[0] == [0.0, draft_cost, 2]
    assert done.figures["rebased"] is False
    assert done.proposal.figures["cost"] <= draft_cost
    assert done.proposal.figures_before["cost"] == draft_cost


def test_a_draft_that_breaks_a_rule_is_begun_with_as_far_as_it_breaks_none() -> None:
    rota = full_week(BranchFactory(), carers=1)
    Absence.objects.create(
        carer=rota.branch.carers.get(),
        kind=AbsenceKind.SICKNESS,
        starts_at=datetime(2026, 6, 1, tzinfo=UTC),
        ends_at=datetime(2026, 6, 2, tzinfo=UTC),
    )
    asked = SolverRunFactory(rota=rota)

    run(asked.pk)

    done = SolverRun.objects.get(pk=asked.pk)
    assert done.curve[0][2] == 6
    assert done.proposal.figures["breaches"] == 0
    assert done.proposal.figures_before["breaches"] > 0


def test_an_empty_week_begins_with_who_came_last_week_as_far_as_they_can() -> None:
    branch = BranchFactory()
    line = PackageLineFactory(package__client__branch=branch)
    last = VisitFactory(
        rota=RotaFactory(branch=branch, week_starts_on=MONDAY - timedelta(days=7)),
        line=line,
        client=line.package.client,
    )
    carer = working_carer(branch=branch)
    PublishedAssignmentFactory(visit=last, carer=carer, start_minute=490)
    rota = RotaFactory(branch=branch)
    VisitFactory(rota=rota, line=line, client=line.package.client)
    away = VisitFactory(rota=rota)
    asked = SolverRunFactory(rota=rota)

    assert [row[1:] for row in plan_of_last_week(rota)] == [(490, [carer.pk])]
    run(asked.pk)

    begun = SolverRun.objects.get(pk=asked.pk).curve[0]
    assert begun[2] == 1, f"only visit {away.pk}, which nobody made last week, is open"


def _problem_and_draft(rota: Rota) -> tuple[Problem, Solution]:
    week = week_of_branch(rota)
    return week.problem, week.draft


def test_a_message_that_comes_again_after_the_end_changes_nothing() -> None:
    asked = SolverRunFactory(rota=open_week())
    run(asked.pk)
    done = SolverRun.objects.get(pk=asked.pk)

    run(asked.pk)

    again = SolverRun.objects.get(pk=asked.pk)
    assert (again.claims, again.ended_at) == (1, done.ended_at)
    assert RotaProposal.objects.count() == 1


def midway(rota: Rota, visits: int, **fields: Any) -> tuple[SolverRun, Solution]:
    """Return a run whose worker died when so many visits were given out, and its checkpoint."""
    week = week_of_branch(rota)
    carer = week.problem.carers[0].id
    plan = Solution(
        week.problem.name,
        tuple(Assignment(row.id, row.target, (carer,)) for row in week.problem.visits[:visits]),
    )
    price = cost(week.problem, plan).total
    document = problem_to(week.problem)
    run = SolverRunFactory(
        rota=rota,
        problem=pack(document),
        problem_hash=fingerprint(document),
        checkpoint=pack(solution_to(plan)),
        checkpoint_cost=price,
        best_cost=price,
        elapsed_seconds=50.0,
        claims=1,
        curve=[[5.0, price, 30 - visits]],
        **fields,
    )
    return run, plan


def test_a_resumed_run_begins_with_its_checkpoint_and_the_time_that_is_left() -> None:
    asked, _ = midway(open_week(), visits=20)

    run(asked.pk)

    done = SolverRun.objects.get(pk=asked.pk)
    assert done.state == RunState.FINISHED
    # The first point is the old one; nothing that was reached before is reached again.
    assert done.curve[0] == asked.curve[0]
    assert [row[2] for row in done.curve[1:]] == sorted(range(10), reverse=True)
    assert done.curve[1][0] >= 50.0
    assert len(done.proposal.assignments) == 30


def test_the_proposal_is_the_checkpoint_when_the_solver_comes_back_with_less(
    settings: Any, tmp_path: Path
) -> None:
    asked, plan = midway(open_week(), visits=20)
    empty = {"format": "rota-solution/1", "problem": plan.problem, "assignments": []}
    poor = tmp_path / "poor_solver.py"
    poor.write_text(
        "import sys, pathlib\n"
        "output = pathlib.Path(sys.argv[sys.argv.index('--output') + 1])\n"
        f"output.write_text({json.dumps(empty)!r})\n"
    )
    settings.SOLVER_COMMAND = [sys.executable, str(poor)]

    run(asked.pk)

    proposal = RotaProposal.objects.get(run=asked.pk)
    assert len(proposal.assignments) == 20
    assert proposal.figures["cost"] == asked.checkpoint_cost
    # The solver said nothing about them, so nothing is claimed about them.
    assert [row["reasons"] for row in proposal.open_visits] == [[]] * 10


def test_a_run_whose_draft_changed_meanwhile_keeps_what_is_still_allowed() -> None:
    rota = open_week(carers=2)
    asked, plan = midway(rota, visits=20)
    first, second = (int(row.visit[1:]) for row in plan.assignments[:2])
    other = rota.branch.carers.order_by("pk")[1]
    allocate(Visit.objects.get(pk=first), other)
    Visit.objects.filter(pk=first).update(is_locked=True)
    Visit.objects.filter(pk=second).update(state=VisitState.CANCELLED)
    Rota.objects.filter(pk=rota.pk).update(version=7)

    run(asked.pk)

    done = SolverRun.objects.get(pk=asked.pk)
    proposal = done.proposal
    given = {pk: carers for pk, _, carers in proposal.assignments}
    assert done.state == RunState.FINISHED
    assert (done.rota_version, proposal.rota_version) == (7, 7)
    assert done.figures["rebased"] is True
    assert done.problem_hash != asked.problem_hash
    assert given[first] == [other.pk]
    assert second not in given
    assert proposal.figures["breaches"] == 0
    # Of the 20 visits the checkpoint had, 18 could stay and were not given out again.
    assert max(row[2] for row in done.curve) < 60 - 18


def test_a_problem_that_cannot_be_solved_fails_at_once_with_the_place_of_the_fault(
    settings: Any,
) -> None:
    refusing = "import sys; print('visits[17].earliest: is missing', file=sys.stderr); sys.exit(2)"
    settings.SOLVER_COMMAND = [sys.executable, "-c", refusing]
    asked = SolverRunFactory(rota=open_week())

    run(asked.pk)

    done = SolverRun.objects.get(pk=asked.pk)
    assert (done.state, done.claims) == (RunState.FAILED, 1)
    assert done.last_error == "solver.problem_unfit: visits[17].earliest: is missing"


def test_a_solver_that_says_nothing_for_too_long_is_killed_and_counted_as_dead(
    settings: Any,
) -> None:
    settings.SOLVER_COMMAND = [sys.executable, "-c", "import time; time.sleep(60)"]
    settings.SOLVER_SILENCE_SECONDS = 0.5
    asked = SolverRunFactory(rota=open_week())

    run(asked.pk)

    done = SolverRun.objects.get(pk=asked.pk)
    assert (done.state, done.attempts) == (RunState.QUEUED, 1)
    assert done.last_error == "the solver was ended by SIGKILL"


def test_a_solver_that_overruns_its_time_is_ended_and_its_best_is_proposed(settings: Any) -> None:
    settings.SOLVER_COMMAND = [sys.executable, "-c", "import time; time.sleep(60)"]
    settings.SOLVER_OVERTIME_SECONDS = -9.5
    asked, _ = midway(open_week(), visits=20)

    run(asked.pk)

    done = SolverRun.objects.get(pk=asked.pk)
    assert done.state == RunState.FINISHED
    assert len(done.proposal.assignments) == 20


def test_a_solver_that_asks_for_too_much_memory_dies_alone(settings: Any) -> None:
    settings.SOLVER_COMMAND = [sys.executable, "-c", "x = bytearray(2 * 1024**3)"]
    settings.SOLVER_MEMORY_BYTES = 1024**3
    asked = SolverRunFactory(rota=open_week())

    run(asked.pk)

    done = SolverRun.objects.get(pk=asked.pk)
    assert done.state == RunState.QUEUED
    assert done.last_error == "the solver ended with code 1: MemoryError"


def test_a_cancelled_run_that_is_resumed_proposes_its_checkpoint_without_more_solving() -> None:
    rota = open_week()
    asked, _ = midway(rota, visits=20, cancelled_at=NOW, keep_best=True)
    began = time.monotonic()

    run(asked.pk)

    done = SolverRun.objects.get(pk=asked.pk)
    assert done.state == RunState.FINISHED
    assert len(done.proposal.assignments) >= 20
    assert time.monotonic() - began < 10


def test_nothing_of_a_problem_is_left_on_the_disk_when_a_run_is_over(settings: Any) -> None:
    left_behind = settings.SOLVER_FOLDER / "run-4711-abc"
    left_behind.mkdir(parents=True)
    (left_behind / "problem.json").write_text("{}")

    run(SolverRunFactory(rota=open_week()).pk)

    assert list(settings.SOLVER_FOLDER.iterdir()) == []


def test_a_database_that_is_away_for_a_moment_costs_no_run(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SOLVER_HEARTBEAT_SECONDS = 0.02
    beat, calls = Lease.beat, list[int]()

    def shaky(lease: Lease, **values: Any) -> SolverRun:
        calls.append(1)
        if 2 <= len(calls) <= 4:
            raise OperationalError("the database is away")
        return beat(lease, **values)

    monkeypatch.setattr(Lease, "beat", shaky)
    asked = SolverRunFactory(rota=open_week())

    run(asked.pk)

    done = SolverRun.objects.get(pk=asked.pk)
    assert len(calls) > 5
    assert (done.state, done.claims, done.unassigned) == (RunState.FINISHED, 1, 0)
