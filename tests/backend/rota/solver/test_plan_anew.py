"""A visit that the law takes from one carer goes to another who may lawfully make it."""

import sys
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from backend.rota.models import Rota, RotaProposal, RunState, SolverRun
from backend.rota.solver.at_once import solve_at_once
from backend.rota.solver.law_records import Lawful, lawful_part
from backend.rota.solver.packing import fingerprint, pack
from backend.rota.solver.plan_anew import held_back, planned_anew
from backend.rota.solver.run import run
from backend.rota.solver.translate import WeekOfBranch, week_of_branch
from scheduler import Assignment, Problem, Solution, check, problem_to, solution_to, solve
from scheduler.score import cost
from tests.backend.factories.clients import ClientFactory
from tests.backend.factories.people import VisaHoursFactory, working_carer
from tests.backend.factories.rota import RotaFactory, SolverRunFactory, VisitFactory

pytestmark = pytest.mark.django_db(transaction=True)


def _two_visits_and_a_student(*, helpers: int = 1) -> Rota:
    """Return a week with two visits of half an hour, half an hour apart, at one client's door.

    The student may work 89 minutes: an hour of visits fits, the paid waiting between them does
    not. The client wants to see one carer only.
    """
    rota = RotaFactory()
    student = working_carer(branch=rota.branch, name="student")
    VisaHoursFactory(carer=student, weekly_minutes=89)
    for _ in range(helpers):
        working_carer(branch=rota.branch, home_easting=431_000.0)
    door = ClientFactory(branch=rota.branch, easting=430_000.0, northing=433_000.0, target_carers=1)
    for start in (8 * 60, 9 * 60):
        VisitFactory(
            rota=rota,
            client=door,
            target_minute=start,
            earliest_minute=start,
            latest_minute=start,
        )
    return rota


def _of_student(week: WeekOfBranch) -> tuple[str, Solution]:
    """Return the student's name in the problem, and the plan in which they make every visit."""
    [student] = (f"c{row.pk}" for row in week.carers.carers if row.name == "student")
    rows = tuple(Assignment(visit.id, visit.target, (student,)) for visit in week.problem.visits)
    return student, Solution(week.problem.name, rows)


def _solved(problem: Problem, start: Solution) -> Solution:
    return solve(problem, seconds=None, iterations=500, start=start, threads=1)


def test_what_the_law_takes_from_one_carer_is_made_by_another() -> None:
    week = week_of_branch(_two_visits_and_a_student())
    student, plan = _of_student(week)
    assert check(week.problem, plan) == ()
    lawful = lawful_part(week.law, week.problem, plan)
    [taken] = lawful.taken

    found = planned_anew(week.law, week.problem, lawful, _solved)

    teams = {row.visit: row.carers for row in found.plan.assignments}
    assert len(teams) == 2
    assert student not in teams[taken]
    assert found.taken == {}
    assert check(week.problem, found.plan) == ()
    assert lawful_part(week.law, week.problem, found.plan).taken == {}


def test_where_nobody_else_can_make_it_the_visit_stays_open_and_the_rule_is_told() -> None:
    week = week_of_branch(_two_visits_and_a_student(helpers=0))
    lawful = lawful_part(week.law, week.problem, _of_student(week)[1])

    found = planned_anew(week.law, week.problem, lawful, _solved)

    assert found.plan == lawful.plan
    assert [finding.code for finding in found.taken.values()] == ["VISA"]


def test_a_plan_that_comes_back_worse_is_not_taken() -> None:
    week = week_of_branch(_two_visits_and_a_student())
    lawful = lawful_part(week.law, week.problem, _of_student(week)[1])

    def nothing(problem: Problem, _start: Solution) -> Solution:
        return Solution(problem.name)

    assert planned_anew(week.law, week.problem, lawful, nothing).plan == lawful.plan


def test_an_answer_that_meets_the_law_again_is_trimmed_and_its_carer_held_as_well() -> None:
    rota = _two_visits_and_a_student()
    second = working_carer(branch=rota.branch)
    VisaHoursFactory(carer=second, weekly_minutes=89)
    week = week_of_branch(rota)
    student, plan = _of_student(week)
    lawful = Lawful(Solution(week.problem.name), lawful_part(week.law, week.problem, plan).taken)
    asked: list[Problem] = []

    def again(problem: Problem, start: Solution) -> Solution:
        asked.append(problem)
        if len(asked) > 1:
            return _solved(problem, start)
        rows = tuple(
            Assignment(row.visit, row.start, (f"c{second.pk}",)) for row in plan.assignments
        )
        return Solution(problem.name, rows)

    found = planned_anew(week.law, week.problem, lawful, again)

    full = {row.id for row in asked[1].carers if row.max_week_minutes <= 30}
    assert full == {student, f"c{second.pk}"}
    assert len(asked) == 2
    assert len(found.plan.assignments) == 2
    assert lawful_part(week.law, week.problem, found.plan).taken == {}


def test_a_carer_who_is_held_keeps_what_they_have_and_gets_nothing_more() -> None:
    week = week_of_branch(_two_visits_and_a_student(helpers=0))
    student, plan = _of_student(week)
    first = Solution(plan.problem, plan.assignments[:1])

    held = held_back(week.problem, first, {student})

    assert check(held, first) == ()
    assert {row.code for row in check(held, plan)} == {"H7"}
    assert {row.code for row in check(held, Solution(plan.problem))} == {"H11"}


def test_a_week_that_is_solved_at_once_is_planned_anew_as_well() -> None:
    rota = _two_visits_and_a_student()

    planned = solve_at_once(rota, iterations=2_000, seed=1)

    assert len(planned.assignments) == 2
    assert len({tuple(team) for _, _, team in planned.assignments}) == 2


@pytest.fixture
def worker(settings: Any, tmp_path: Path) -> None:
    settings.SOLVER_COMMAND = [sys.executable, "-m", "tests.faults.slow_solver"]
    settings.SOLVER_FOLDER = tmp_path / "solver"


@pytest.mark.usefixtures("worker")
def test_a_proposal_covers_in_a_second_solve_what_the_law_took_out() -> None:
    asked = SolverRunFactory(rota=_two_visits_and_a_student())

    run(asked.pk)

    proposal = RotaProposal.objects.get(run=asked)
    assert len({tuple(team) for _, _, team in proposal.assignments}) == 2
    assert proposal.open_visits == []
    assert proposal.figures["unassigned"] == 0


@pytest.mark.usefixtures("worker")
def test_a_visit_that_still_stays_open_says_which_rule_of_the_law_took_it_out() -> None:
    asked = SolverRunFactory(rota=_two_visits_and_a_student(helpers=0))

    run(asked.pk)

    [row] = RotaProposal.objects.get(run=asked).open_visits
    assert row["reasons"] == [{"code": "VISA", "count": 1}]


@pytest.mark.usefixtures("worker")
def test_whoever_stops_a_run_gets_what_there_is_without_a_second_solve() -> None:
    rota = _two_visits_and_a_student()
    week = week_of_branch(rota)
    document, plan = problem_to(week.problem), _of_student(week)[1]
    stopped = SolverRunFactory(
        rota=rota,
        rota_version=rota.version,
        cancelled_at=timezone.now(),
        keep_best=True,
        problem=pack(document),
        problem_hash=fingerprint(document),
        checkpoint=pack(solution_to(plan)),
        checkpoint_cost=cost(week.problem, plan).total,
    )

    run(stopped.pk)

    done = SolverRun.objects.get(pk=stopped.pk)
    assert done.state == RunState.FINISHED
    assert [row["reasons"] for row in done.proposal.open_visits] == [[{"code": "VISA", "count": 1}]]
