"""A week that is mended stays within the law's long rules, and what the law warns of is shown."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.people.models import Carer
from backend.rota.models import Rota, RotaProposal, RunState, SolverRun
from backend.rota.services import new_run as module
from backend.rota.services.ask_repair import ask_repair
from backend.rota.services.happenings import CarerIsAway, WallPeriod
from backend.rota.solver import repair_answer
from backend.rota.solver.ids import carer_id, visit_id
from backend.rota.solver.law_records import Lawful, law_breaches
from backend.rota.solver.run import run
from backend.rota.solver.translate import week_of_branch
from scheduler import Assignment, Problem, Solution
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.clients import ClientFactory
from tests.backend.factories.moments import MONDAY, NOW
from tests.backend.factories.people import CarerCheckFactory, VisaHoursFactory, working_carer
from tests.backend.factories.rota import (
    PublicationFactory,
    PublishedAssignmentFactory,
    RotaFactory,
    VisitFactory,
    allocate,
)
from tests.backend.rota.callers import office_of
from tests.backend.rota.weeks import told_as_drafted

pytestmark = pytest.mark.django_db(transaction=True)

DOOR = {"home_easting": 430_000.0, "home_northing": 433_000.0}
ON_MONDAY = WallPeriod(MONDAY, 0, MONDAY, 1440)
HOUR = 60


@pytest.fixture(autouse=True)
def _solver(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SOLVER_COMMAND = [sys.executable, "-m", "scheduler"]
    settings.SOLVER_FOLDER = tmp_path / "solver"
    monkeypatch.setattr(module, "ring", lambda _run_id: True)


def _student(rota: Rota) -> Carer:
    """Return a carer whose visa allows 78 minutes a week."""
    carer = working_carer(branch=rota.branch, name="near", **DOOR)
    VisaHoursFactory(carer=carer, weekly_minutes=78)
    return carer


def _tired(rota: Rota) -> Carer:
    """Return a carer with sixteen weeks of 50 hours, and so with 16 hours left in this one.

    A day is ten hours with the four minutes from and to home. Of the 16 hours, 74 minutes are left
    for Monday: the ways, one hour of visits, and ten minutes.
    """
    carer = working_carer(branch=rota.branch, name="near", **DOOR)
    before = RotaFactory(branch=rota.branch, week_starts_on=MONDAY - timedelta(weeks=16))
    publication = PublicationFactory(rota=before)
    door = ClientFactory(branch=rota.branch, easting=430_000.0, northing=433_000.0)
    for week in range(1, 17):
        for day in range(5):
            on = MONDAY - timedelta(weeks=week) + timedelta(days=day)
            PublishedAssignmentFactory(
                visit=VisitFactory(rota=before, client=door, on=on, minutes=10 * HOUR - 4),
                publication=publication,
                carer=carer,
            )
    for day, minutes in enumerate((218, 218, 217, 217), start=1):
        allocate(
            VisitFactory(rota=rota, client=door, on=MONDAY + timedelta(days=day), minutes=minutes),
            carer,
        )
    return carer


LIMITED: dict[str, Callable[[Rota], Carer]] = {"VISA": _student, "WTR-01": _tired}


def _torn_week(
    limited: Callable[[Rota], Carer], *, helpers: int, near_days: Sequence[int] = ()
) -> tuple[Rota, Carer, Carer]:
    """Return a told week, who is ill on its Monday, and who is near but may not work much more.

    The ill carer has two visits of half an hour, 19 minutes apart, at one door. An hour of visits
    fits; the waiting between them, too short for a break, does not. The client wants to see one
    carer. On `near_days` the one who is near has two such visits already.
    """
    rota = RotaFactory()
    sick = working_carer(branch=rota.branch, name="sick", **DOOR)
    near = limited(rota)
    for _ in range(helpers):
        working_carer(branch=rota.branch, home_easting=431_000.0)
    door = ClientFactory(branch=rota.branch, easting=430_000.0, northing=433_000.0, target_carers=1)
    for day, carer in ((0, sick), *((day, near) for day in near_days)):
        for start in (8 * HOUR, 8 * HOUR + 49):
            visit = VisitFactory(
                rota=rota,
                client=door,
                on=MONDAY + timedelta(days=day),
                target_minute=start,
                earliest_minute=start,
                latest_minute=start,
            )
            allocate(visit, carer)
    return told_as_drafted(rota), sick, near


def _mended(rota: Rota, sick: Carer) -> list[RotaProposal]:
    happening = CarerIsAway(sick.pk, ON_MONDAY, "sickness")
    asked, _ = ask_repair(
        rota_id=rota.pk, happening=happening, actor=coordinator_of(rota.branch), now=NOW
    )
    run(asked.pk)
    done = SolverRun.objects.get(pk=asked.pk)
    assert done.state == RunState.FINISHED, done.last_error
    return list(RotaProposal.objects.filter(run=asked).order_by("alternative"))


def _plan(rota: Rota, proposal: RotaProposal) -> Solution:
    monday = tuple(
        Assignment(visit_id(visit), start, tuple(map(carer_id, carers)))
        for visit, start, carers in proposal.assignments
    )
    days = {visit.pk: (visit.on - MONDAY).days for visit in rota.visits.all()}
    return Solution(
        "",
        tuple(
            replace(row, start=row.start + 1440 * days[visit])
            for row, (visit, _, _) in zip(monday, proposal.assignments, strict=True)
        ),
    )


@pytest.mark.parametrize("code", LIMITED)
def test_no_way_to_mend_a_week_takes_a_carer_past_what_the_law_leaves_them(code: str) -> None:
    rota, sick, _ = _torn_week(LIMITED[code], helpers=1)

    ways = _mended(rota, sick)

    week = week_of_branch(rota)
    for way in ways:
        assert way.repair is not None
        assert law_breaches(week.law, week.problem, _plan(rota, way)) == []
        assert way.repair["left_open"] == 0
        assert way.figures["unassigned"] == 0
    first = ways[0].repair or {}
    given = [call for call in first["calls"] if call["who"] == "carer" and call["id"] != sick.pk]
    planned = {carer for _, _, carers in ways[0].assignments for carer in carers}
    assert {call["id"] for call in given} <= planned
    manners = [manner for way in ways for manner in (way.repair or {})["stands_for"]]
    assert sorted(manners) == ["cheapest", "familiar_faces", "fewest_changes", "nobody_else"]


@pytest.mark.parametrize("code", LIMITED)
def test_without_the_law_the_near_carer_would_be_given_both(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the test before relies on: the search alone passes the limit."""
    rota, sick, near = _torn_week(LIMITED[code], helpers=1)

    def untrimmed(_facts: Any, _problem: Problem, plan: Solution, _since: Solution) -> Lawful:
        return Lawful(plan, {})

    monkeypatch.setattr(repair_answer, "lawful_part", untrimmed)
    ways = _mended(rota, sick)

    week = week_of_branch(rota)
    found = [law_breaches(week.law, week.problem, _plan(rota, way)) for way in ways]
    assert {(row.code, row.carer) for rows in found for row in rows} == {(code, near.pk)}


@pytest.mark.parametrize("code", LIMITED)
def test_what_nobody_else_can_make_is_left_open_with_the_rule_and_its_client_is_told(
    code: str,
) -> None:
    rota, sick, near = _torn_week(LIMITED[code], helpers=0)

    [way] = _mended(rota, sick)

    assert way.repair is not None
    assert way.repair["left_open"] == 1
    [open_visit] = way.open_visits
    assert open_visit["reasons"] == [{"code": code, "count": 1}]
    told = {(call["who"], item["told"]) for call in way.repair["calls"] for item in call["items"]}
    assert ("client", "open") in told
    assert ("carer", "given") in told
    kept = [row for row in way.assignments if near.pk in row[2]]
    assert len(kept) == rota.visits.filter(assignments__carer=near).count() + 1


def test_a_carer_whom_the_draft_takes_past_the_limit_keeps_their_visits() -> None:
    rota, sick, near = _torn_week(_student, helpers=1, near_days=[1])
    before = week_of_branch(rota)
    assert [row.code for row in law_breaches(before.law, before.problem, before.draft)] == ["VISA"]
    own = set(rota.visits.filter(assignments__carer=near).values_list("pk", flat=True))

    ways = _mended(rota, sick)

    for way in ways:
        assert own == {visit for visit, _, carers in way.assignments if near.pk in carers}
        assert way.figures["unassigned"] == 0


def test_what_the_law_warns_of_is_shown_with_the_way_that_brings_it_about() -> None:
    rota, sick, _ = _torn_week(_student, helpers=0)
    helper = working_carer(branch=rota.branch, name="helper", home_easting=431_000.0)
    ends = MONDAY + timedelta(days=10)
    for carer in (sick, helper):
        CarerCheckFactory(carer=carer, ends_before=ends)

    ways = _mended(rota, sick)

    office = office_of(rota.branch)
    warned = {
        way.pk: office.get(f"/api/proposals/{way.pk}").json()["repair"]["law_warnings"]
        for way in ways
    }
    for way in ways:
        by_helper = any(helper.pk in carers for _, _, carers in way.assignments)
        names = [row["carer_name"] for row in warned[way.pk] if row["kind"] == "right_to_work_ends"]
        # Nothing is said of whoever is away: the draft had that warning, and it goes with them.
        assert names == (["helper"] if by_helper else [])
    assert any(warned.values())
