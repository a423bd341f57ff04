"""Filling a branch's table: what is asked, what is kept, and what a bad day of the service does."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from backend.organisation.models import Branch
from backend.travel.grid import Cell
from backend.travel.health import LONGEST_REST, is_resting
from backend.travel.models import KnownTime, RoadTable, ServiceHealth
from backend.travel.services.refresh import Refreshed, refresh_tables
from backend.travel.tables import Table, tables_of
from tests.backend.factories import NOW
from tests.backend.factories.organisation import BranchFactory
from tests.backend.travel.stub import Asked, Reply, RouteServer, as_json, osrm, unused_address

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=31)
DOWN = Reply(503)


@pytest.fixture
def branch(server: RouteServer, settings: Settings) -> Branch:
    settings.OSRM_ADDRESSES = {"car": server.address}
    found: Branch = BranchFactory()
    return found


def cells(count: int) -> list[Cell]:
    """Return so many cells of Leeds, along a road."""
    return [Cell(430_050 + 300 * n, 433_050 + 100 * (n % 7)) for n in range(count)]


def refresh(
    branch: Branch,
    places: Sequence[Cell],
    *,
    mode: str = "car",
    now: datetime = NOW,
    seconds: float = 20,
    pauses: list[float] | None = None,
) -> Refreshed:
    """Refresh one mode's table; pauses are noted instead of waited for."""
    noted: list[float] = [] if pauses is None else pauses
    (found,) = refresh_tables(
        branch=branch,
        service="osrm",
        cells={mode: places},
        seconds=seconds,
        now=now,
        pause=noted.append,
    )
    return found


def table(branch: Branch) -> Table:
    return tables_of(branch, "osrm")["car"]


def test_every_pair_is_fetched_there_and_back_and_stands_in_the_table(branch: Branch) -> None:
    places = cells(3)

    assert refresh(branch, places) == Refreshed("car", fetched=6, failure="")

    known = table(branch)
    assert (known.known, known.unknown, known.oldest_at, known.failure) == (6, 0, NOW, "")
    there, back = (known.seconds(*pair) for pair in ((places[0], places[1]), places[1::-1]))
    assert there is not None and back is not None and there > back > 0  # noqa: PT018
    assert known.seconds(places[0], places[0]) is None
    assert known.seconds(places[0], Cell(50, 50)) is None


def test_a_second_call_asks_nothing_and_gives_the_same_table(
    branch: Branch, server: RouteServer
) -> None:
    refresh(branch, cells(4))
    first, asked = table(branch).digest, len(server.asked)

    assert refresh(branch, cells(4)).fetched == 0

    assert len(server.asked) == asked
    assert table(branch).digest == first


def test_only_what_is_missing_is_asked_for(branch: Branch, server: RouteServer) -> None:
    refresh(branch, cells(4))
    server.asked.clear()

    found = refresh(branch, cells(5))

    # The new place to all others, and all others to it, in one question.
    assert (found.fetched, KnownTime.objects.count()) == (20, 20)
    assert len(server.asked) == 1
    assert refresh(branch, cells(5)).fetched == 0


def test_what_is_old_is_asked_for_again(branch: Branch, server: RouteServer) -> None:
    refresh(branch, cells(3))
    server.asked.clear()

    assert refresh(branch, cells(3), now=NOW + timedelta(days=29)).fetched == 0
    assert refresh(branch, cells(3), now=LATER).fetched == 6

    assert KnownTime.objects.count() == 6
    assert table(branch).oldest_at == LATER


def test_questions_keep_to_what_a_server_allows(branch: Branch, server: RouteServer) -> None:
    refresh(branch, cells(120))

    assert len(server.asked) == 9
    assert max(asked.path.count(",") for asked in server.asked) == 100
    assert table(branch).known == 120 * 119


def test_a_server_that_allows_less_is_asked_for_less(branch: Branch, server: RouteServer) -> None:
    def strict(asked: Asked) -> Reply:
        if asked.path.count(",") > 30:
            return as_json({"code": "TooBig"}, 400)
        return osrm(asked)

    server.behaviour = strict

    assert refresh(branch, cells(40)) == Refreshed("car", 40 * 39, "")

    assert not ServiceHealth.objects.get().failures


def test_no_way_is_remembered_as_such_and_counts_as_unknown(
    branch: Branch, server: RouteServer
) -> None:
    server.behaviour = lambda _: as_json({"code": "Ok", "durations": [[None] * 2] * 2})

    refresh(branch, cells(2))

    assert list(KnownTime.objects.values_list("seconds", flat=True)) == [None, None]
    assert (table(branch).known, table(branch).unknown) == (0, 2)
    server.asked.clear()
    refresh(branch, cells(2))
    assert server.asked == []


def test_an_outage_leaves_the_last_known_times_and_says_so(
    branch: Branch, server: RouteServer
) -> None:
    refresh(branch, cells(3))
    before = table(branch)
    server.behaviour = lambda _: DOWN
    pauses: list[float] = []

    found = refresh(branch, cells(4), now=LATER, pauses=pauses)

    after = table(branch)
    assert found == Refreshed("car", 0, "busy")
    assert pauses == [0.5, 1.0]
    assert (after.failure, after.oldest_at, after.asked_at) == ("busy", NOW, LATER)
    assert (after.known, after.unknown) == (6, 6)
    assert after.seconds(*cells(2)) == before.seconds(*cells(2))
    assert after.seconds(cells(4)[3], cells(1)[0]) is None


def test_a_service_that_was_never_there_leaves_an_empty_table(
    branch: Branch, settings: Settings
) -> None:
    settings.OSRM_ADDRESSES = {"car": unused_address()}

    assert refresh(branch, cells(3)).failure == "unreachable"

    assert (table(branch).known, table(branch).unknown, table(branch).oldest_at) == (0, 6, None)


def test_a_stumble_is_forgiven_by_the_next_try(branch: Branch, server: RouteServer) -> None:
    answers = iter([DOWN, Reply(data=b"{", told_length=99)])
    server.behaviour = lambda asked: next(answers, None) or osrm(asked)
    pauses: list[float] = []

    assert refresh(branch, cells(3), pauses=pauses) == Refreshed("car", 6, "")

    assert pauses == [0.5, 1.0]
    assert ServiceHealth.objects.get().failures == 0


def test_a_refusal_is_not_tried_again(branch: Branch, server: RouteServer) -> None:
    server.behaviour = lambda _: as_json({"code": "InvalidQuery"}, 400)

    assert refresh(branch, cells(3)).failure == "refused"

    assert len(server.asked) == 1


def test_what_was_answered_before_the_service_fell_silent_is_kept(
    branch: Branch, server: RouteServer
) -> None:
    answers = 4

    def tired(asked: Asked) -> Reply:
        return osrm(asked) if len(server.asked) <= answers else DOWN

    server.behaviour = tired

    found = refresh(branch, cells(120))

    assert found.failure == "busy"
    assert 0 < found.fetched == KnownTime.objects.count() == table(branch).known < 120 * 119
    server.behaviour = osrm
    rest = refresh(branch, cells(120))
    assert rest.failure == ""
    assert table(branch).known == 120 * 119


def test_missing_times_go_before_old_ones(branch: Branch, server: RouteServer) -> None:
    refresh(branch, cells(50))
    server.asked.clear()
    # A hundred places are four questions; the one among old places alone comes last.
    server.behaviour = lambda asked: osrm(asked) if len(server.asked) < 4 else DOWN

    refresh(branch, cells(100), now=LATER)

    known = table(branch)
    assert known.unknown == 0
    assert known.oldest_at == NOW


def test_a_service_that_keeps_failing_is_left_alone_for_ever_longer(
    branch: Branch, server: RouteServer
) -> None:
    server.behaviour = lambda _: DOWN
    for _ in range(3):
        assert refresh(branch, cells(2)).failure == "busy"
    asked = len(server.asked)

    assert refresh(branch, cells(2)).failure == "resting"
    assert len(server.asked) == asked

    soon = NOW + timedelta(minutes=2)
    assert refresh(branch, cells(2), now=soon).failure == "busy"
    assert is_resting("osrm", soon + timedelta(seconds=119))
    assert not is_resting("osrm", soon + timedelta(seconds=121))

    server.behaviour = osrm
    well = soon + timedelta(minutes=5)
    assert refresh(branch, cells(2), now=well).failure == ""
    assert not is_resting("osrm", well)


def test_the_longest_rest_has_an_end(branch: Branch, server: RouteServer) -> None:
    server.behaviour = lambda _: DOWN
    now = NOW
    for _ in range(12):
        refresh(branch, cells(2), now=now)
        now += timedelta(hours=1)

    rests_until = ServiceHealth.objects.get().rests_until
    assert rests_until is not None
    assert rests_until - (now - timedelta(hours=1)) == LONGEST_REST


def test_when_our_own_time_is_up_the_service_is_not_blamed(
    branch: Branch, server: RouteServer
) -> None:
    assert refresh(branch, cells(3), seconds=0).failure == "out_of_time"

    assert server.asked == []
    assert not ServiceHealth.objects.exists()


def test_without_an_address_nothing_is_asked_and_the_table_says_so(
    branch: Branch, server: RouteServer, settings: Settings
) -> None:
    settings.OSRM_ADDRESSES = {}

    assert refresh(branch, cells(3)).failure == "no_address"

    assert server.asked == []


def test_a_way_of_travel_without_a_server_keeps_the_formula(branch: Branch) -> None:
    done = refresh_tables(
        branch=branch, service="osrm", cells={"walk": cells(3)}, seconds=5, now=NOW
    )

    assert done == []
    assert not RoadTable.objects.exists()


def test_only_middles_of_cells_leave_the_house(branch: Branch, server: RouteServer) -> None:
    refresh(branch, cells(3))

    for asked in server.asked:
        path, query = asked.path.split("?")
        assert re.fullmatch(r"/table/v1/driving/(-?\d+\.\d{5},\d+\.\d{5};?)+", path)
        assert re.fullmatch(r"annotations=duration&sources=[\d;]+&destinations=[\d;]+", query)
        assert asked.body is None


def test_branches_share_what_is_known_but_not_their_tables(
    branch: Branch, server: RouteServer
) -> None:
    refresh(branch, cells(3))
    server.asked.clear()
    other: Any = BranchFactory()

    refresh(other, cells(2))

    assert server.asked == []
    assert (table(other).known, table(branch).known) == (2, 6)


def test_valhalla_fills_a_table_in_the_same_way(
    branch: Branch, server: RouteServer, settings: Settings
) -> None:
    settings.VALHALLA_ADDRESS = server.address

    def valhalla(asked: Asked) -> Reply:
        sizes = range(len(asked.body["sources"])), range(len(asked.body["targets"]))
        rows = [
            [{"from_index": a, "to_index": b, "time": 60 * (a + 1)} for b in sizes[1]]
            for a in sizes[0]
        ]
        return as_json({"sources_to_targets": rows})

    server.behaviour = valhalla

    (done,) = refresh_tables(
        branch=branch, service="valhalla", cells={"walk": cells(3)}, seconds=5, now=NOW
    )

    assert done == Refreshed("walk", 6, "")
    assert [asked.body["costing"] for asked in server.asked] == ["pedestrian"]
    found = tables_of(branch, "valhalla")["walk"]
    assert found.seconds(cells(3)[2], cells(3)[0]) == 180
    assert tables_of(branch, "osrm") == {}
