"""A branch's roads: one answer, from tables and peaks, for problem, board, phone and solver."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from backend.audit.models import AuditEntry
from backend.audit.services import broken_entry
from backend.clients.models import Client
from backend.organisation.models import Branch, RuleArea
from backend.organisation.selectors import travel_rules
from backend.organisation.services import enact_rules
from backend.rota.models import Rota, SolverRun
from backend.rota.selectors.board import get_board
from backend.rota.solver.journeys import journey_minutes
from backend.rota.solver.live_check import broken_rules
from backend.rota.solver.packing import unpack
from backend.rota.solver.preparation import prepare
from backend.rota.solver.road_times import client_cells, modes_in_use, refresh_branch
from backend.rota.solver.roads import roads_of
from backend.rota.solver.runs import claim
from backend.rota.solver.translate import problem_document, problem_hash, week_of_branch
from backend.travel.grid import cell_of
from backend.travel.models import RoadTable
from scheduler import Place, problem_from
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.clients import CarePackageFactory, ClientFactory
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import CarerFactory
from tests.backend.factories.rota import PublishedAssignmentFactory, SolverRunFactory
from tests.backend.rota.weeks import full_week
from tests.backend.travel.stub import Asked, Reply, RouteServer, as_json, route_server

pytestmark = pytest.mark.django_db

TWENTY_MINUTES = 20 * 60
MORNING = {"days": [0, 1, 2, 3, 4], "from": 480, "to": 600, "factor": 1.5}


@pytest.fixture
def server(settings: Settings) -> Any:
    with route_server() as running:
        settings.OSRM_ADDRESSES = {"car": running.address}
        running.behaviour = everywhere_in(TWENTY_MINUTES)
        yield running


def everywhere_in(seconds: float) -> Any:
    """Return a server's behaviour: every way takes as long."""

    def behaviour(asked: Asked) -> Reply:
        names = ("sources", "destinations")
        first, second = (asked.path.split(f"{name}=")[1].split("&")[0] for name in names)
        row = [seconds] * (second.count(";") + 1)
        return as_json({"code": "Ok", "durations": [row] * (first.count(";") + 1)})

    return behaviour


def enact(branch: Branch, *, on: date = MONDAY, **changes: Any) -> None:
    values = {**_values(branch), **changes}
    enact_rules(
        organisation=branch.organisation,
        branch=branch,
        area=RuleArea.TRAVEL,
        starts_on=on,
        values=values,
        decided_by="the members",
        actor=None,
        now=NOW,
    )


def _values(branch: Branch) -> dict[str, Any]:
    return {"modes": dict(travel_rules(branch, MONDAY).modes)}


def with_peaks(branch: Branch) -> None:
    modes = _values(branch)["modes"]
    enact(branch, modes={**modes, "car": {**modes["car"], "peaks": [MORNING]}})


def a_week(*, carers: int = 2) -> Rota:
    """Return a full week whose clients have care packages, so that their ways are wanted."""
    rota = full_week(BranchFactory(), carers=carers)
    for client in Client.objects.filter(branch=rota.branch):
        CarePackageFactory(client=client)
    return rota


def refresh(rota: Rota, **changes: Any) -> Any:
    return refresh_branch(
        rota.branch, **{"on": rota.week_starts_on, "seconds": 20, "now": NOW, **changes}
    )


def test_the_rules_a_co_operative_starts_with_ask_nobody_and_change_nothing(
    server: RouteServer,
) -> None:
    rota = a_week()
    before = problem_document(rota)

    assert refresh(rota) == []

    assert server.asked == []
    assert (before["format"], before) == ("rota-problem/1", problem_document(rota))
    assert "peaks" not in before["modes"]["car"]
    assert roads_of(rota.branch, MONDAY).told() == {"provider": "formula", "tables": []}


def test_times_of_a_service_stand_in_the_problem_with_the_minutes_to_set_off(
    server: RouteServer,
) -> None:
    rota = a_week()
    enact(rota.branch, provider="osrm")
    plain = problem_hash(week_of_branch(rota).problem)

    refresh(rota)

    week = week_of_branch(rota)
    (table,) = week.problem.travel.values()
    places = [place.id for place in week.problem.places]
    clients = [n for n, name in enumerate(places) if name.startswith("k")]
    homes = [n for n, name in enumerate(places) if name.startswith("h")]
    a, b = clients[:2]
    assert table.minutes[a][b] == 22
    assert all(table.minutes[n][a] is table.minutes[a][n] is None for n in homes)
    assert problem_hash(week.problem) != plain
    assert problem_from(problem_document(rota)) == week.problem


def test_live_check_board_and_solver_judge_by_the_same_times(server: RouteServer) -> None:
    rota = a_week()
    assert broken_rules(week_of_branch(rota)) == []
    enact(rota.branch, provider="osrm")
    server.behaviour = everywhere_in(45 * 60)
    refresh(rota)

    broken = broken_rules(week_of_branch(rota))
    board = get_board(coordinator_of(rota.branch), rota.pk)

    # Half an hour is free between two visits, and the way takes 47 minutes.
    assert {row.code for row in broken} == {"H5"}
    assert board["figures"]["breaches"] == len(broken)
    assert {minutes for row in board["visits"] for minutes in row.travel} == {None, 47}
    assert board["travel"]["provider"] == "osrm"
    (told,) = board["travel"]["tables"]
    assert (told["mode"], told["unknown"], told["failure"]) == ("car", 0, None)
    assert told["digest"] == RoadTable.objects.get().digest


def test_a_run_fetches_what_is_missing_and_keeps_what_it_was_told(
    server: RouteServer, tmp_path: Any
) -> None:
    rota = a_week()
    enact(rota.branch, provider="osrm")
    run = SolverRunFactory(rota=rota, rota_version=0)

    prepared = _prepared(run, tmp_path)

    run.refresh_from_db()
    assert prepared.problem.travel
    assert problem_from(unpack(run.problem)) == prepared.problem
    assert run.travel == roads_of(rota.branch, MONDAY).told()
    assert run.travel["tables"][0]["digest"] == RoadTable.objects.get().digest
    # Times that come in later are not those of this run.
    server.behaviour = everywhere_in(60)
    refresh(rota, now=NOW + timedelta(days=40))
    assert _prepared(run, tmp_path).problem == prepared.problem


def test_a_run_begins_without_the_service_when_that_is_down(
    server: RouteServer, tmp_path: Any
) -> None:
    rota = a_week()
    enact(rota.branch, provider="osrm")
    refresh(rota)
    server.behaviour = lambda _: Reply(404)
    CarePackageFactory(client=ClientFactory(branch=rota.branch, easting=401_000, northing=401_000))
    run = SolverRunFactory(rota=rota, rota_version=0)

    prepared = _prepared(run, tmp_path)

    run.refresh_from_db()
    (told,) = run.travel["tables"]
    assert (told["failure"], told["oldest_at"]) == ("refused", NOW.isoformat())
    assert told["known"] > told["unknown"] > 0
    assert prepared.problem.travel


def _prepared(run: SolverRun, folder: Any) -> Any:
    SolverRun.objects.filter(pk=run.pk).update(state="queued")
    lease = claim(run.pk)
    assert lease is not None
    return prepare(lease, SolverRun.objects.get(pk=run.pk), folder)


def test_only_homes_of_clients_whose_care_goes_on_are_told(server: RouteServer) -> None:
    branch: Branch = BranchFactory()
    kept = ClientFactory(branch=branch, easting=430_012, northing=433_098)
    CarePackageFactory(client=kept)
    gone = ClientFactory(branch=branch, easting=440_000, northing=433_000)
    CarePackageFactory(client=gone, ends_before=MONDAY)
    unsure = ClientFactory(branch=branch, easting=450_000, northing=433_000, pin_confirmed_at=None)
    CarePackageFactory(client=unsure)
    made_up = ClientFactory(branch=branch, easting=-500, northing=200)
    CarePackageFactory(client=made_up)
    CarerFactory(branch=branch, home_easting=460_000, travel_mode="walk")
    CarerFactory(branch=branch, ends_before=MONDAY, travel_mode="cycle")

    assert client_cells(branch, MONDAY) == [cell_of(430_012, 433_098)] == [(430_050, 433_050)]
    assert modes_in_use(branch, MONDAY) == ["walk"]


def test_peaks_reach_the_problem_and_slow_both_ends_of_a_day() -> None:
    rota = a_week()
    with_peaks(rota.branch)
    roads = roads_of(rota.branch, MONDAY)
    a, b = Place("a", 0, 0), Place("b", 4_000, 0)

    assert problem_document(rota)["modes"]["car"]["peaks"] == [MORNING]
    free = roads.minutes(a, b, "car", 660)
    assert roads.minutes(a, b, "car", 480) == -(-free * 3 // 2)
    assert roads.minutes_before(a, b, "car", 600) == -(-free * 3 // 2)
    assert roads.minutes_before(a, b, "car", 480) == free
    assert roads.minutes(a, a, "car", 480) == roads.minutes_before(a, a, "car", 480) == 0


def test_a_carer_reads_the_slow_way_on_the_phone() -> None:
    rota = a_week()
    with_peaks(rota.branch)
    before = PublishedAssignmentFactory(
        visit__rota=rota, visit__client=ClientFactory(branch=rota.branch, easting=430_000)
    )
    after = PublishedAssignmentFactory(
        publication=before.publication,
        visit__rota=rota,
        visit__client=ClientFactory(branch=rota.branch, easting=434_000),
    )
    roads = roads_of(rota.branch, MONDAY)

    # The visit before ends at half past eight; at eleven the roads are free.
    slow = journey_minutes(roads, "car", before, after)
    before.start_minute = 660
    assert slow > journey_minutes(roads, "car", before, after)


def test_the_week_before_the_rules_change_keeps_its_own(server: RouteServer) -> None:
    rota = a_week()
    enact(rota.branch, on=MONDAY + timedelta(days=7), provider="osrm")

    refresh(rota, on=MONDAY + timedelta(days=7))

    assert RoadTable.objects.get().known > 0
    assert problem_document(rota)["format"] == "rota-problem/1"


def test_the_command_says_what_came_and_leaves_an_entry(
    server: RouteServer, capsys: pytest.CaptureFixture[str]
) -> None:
    rota = a_week()
    enact(rota.branch, on=date(2020, 1, 2), provider="osrm")
    other: Branch = BranchFactory()
    actor = coordinator_of(rota.branch)

    call_command("travel_refresh", "--actor", actor.username)

    told = capsys.readouterr().out
    assert f"{rota.branch.name}: car " in told
    assert f"{other.name}: its rules reckon by the formula" in told
    (entry,) = AuditEntry.objects.filter(event="travel.refreshed")
    assert (entry.actor, entry.body["car"]["failure"]) == (actor, "")
    assert broken_entry(f"branch:{rota.branch_id}") is None
    server.behaviour = lambda _: Reply(404)
    CarePackageFactory(client=ClientFactory(branch=rota.branch, easting=401_000, northing=401_000))
    call_command("travel_refresh", rota.branch.external_id)
    assert "car 0 fetched, then refused" in capsys.readouterr().out
    call_command("travel_state")
    state = capsys.readouterr().out
    assert f"{rota.branch.name}: car by osrm: " in state
    assert f"{other.name}: by formula" in state
    assert "osrm: failed 1 times in a row, last refused" in state
