"""OSRM and Valhalla: recorded conversations word for word, and every way in which they fail."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from backend.travel.grid import LatLon
from backend.travel.route_services.face import Failure, RouteService, RouteServiceError
from backend.travel.route_services.osrm import Osrm
from backend.travel.route_services.valhalla import Valhalla
from tests.backend.travel.stub import Asked, Reply, RouteServer, as_json, unused_address

RECORDED = Path(__file__).with_name("recorded")
HEADROW, EAST_STREET = LatLon(53.8008, -1.5491), LatLon(53.7965, -1.5321)
CLARENDON, CROSS_GREEN = LatLon(53.8123, -1.5602), LatLon(53.788, -1.5011)


def recorded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text())
    return found


def service(name: str, address: str) -> RouteService:
    return Osrm({"car": address}) if name == "osrm" else Valhalla(address)


def soon(seconds: float = 5.0) -> float:
    return time.monotonic() + seconds


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("osrm_table", [[413, 655], [372, None]]),
        ("valhalla_matrix", [[398, 642], [377, None]]),
    ],
)
def test_a_recorded_conversation_is_held_word_for_word(
    server: RouteServer, name: str, times: list[list[int | None]]
) -> None:
    talk = recorded(name)
    server.behaviour = lambda _: as_json(talk["response"]["body"], talk["response"]["status"])

    found = service(name.split("_")[0], server.address).seconds(
        [HEADROW, EAST_STREET], [CLARENDON, CROSS_GREEN], "car", until=soon()
    )

    (asked,) = server.asked
    assert {"method": asked.method, "path": asked.path, "body": asked.body} == talk["request"]
    assert found == times


@pytest.mark.parametrize(
    ("name", "failure"),
    [
        ("osrm_too_big", Failure.TOO_BIG),
        ("osrm_invalid", Failure.REFUSED),
        ("valhalla_too_many", Failure.TOO_BIG),
        ("valhalla_no_edges", Failure.REFUSED),
    ],
)
def test_a_recorded_refusal_is_understood(server: RouteServer, name: str, failure: Failure) -> None:
    talk = recorded(name)
    server.behaviour = lambda _: as_json(talk["response"]["body"], talk["response"]["status"])

    with pytest.raises(RouteServiceError) as caught:
        service(name.split("_")[0], server.address).seconds(
            [HEADROW], [CLARENDON], "car", until=soon()
        )

    (asked,) = server.asked
    assert {"method": asked.method, "path": asked.path, "body": asked.body} == talk["request"]
    assert caught.value.failure is failure


def osrm_says(durations: object) -> Reply:
    return as_json({"code": "Ok", "durations": durations})


def valhalla_says(*cells: dict[str, Any]) -> Reply:
    return as_json({"sources_to_targets": [list(cells)]})


@pytest.mark.parametrize(
    ("name", "reply", "failure"),
    [
        ("osrm", Reply(500), Failure.BUSY),
        ("osrm", Reply(429), Failure.BUSY),
        ("osrm", Reply(404), Failure.REFUSED),
        ("osrm", Reply(302, headers={"Location": "/elsewhere"}), Failure.REFUSED),
        ("osrm", Reply(data=b"<html>"), Failure.UNREADABLE),
        ("osrm", Reply(data=b"[" * 100_000), Failure.UNREADABLE),
        ("osrm", as_json([]), Failure.UNREADABLE),
        ("osrm", as_json({}), Failure.UNREADABLE),
        ("osrm", Reply(data=b'{"code": "Ok"', told_length=400), Failure.UNREACHABLE),
        ("osrm", osrm_says(None), Failure.UNREADABLE),
        ("osrm", osrm_says([]), Failure.UNREADABLE),
        ("osrm", osrm_says([[1, 2]]), Failure.UNREADABLE),
        ("osrm", osrm_says([["1"]]), Failure.UNREADABLE),
        ("osrm", osrm_says([[True]]), Failure.UNREADABLE),
        ("osrm", osrm_says([[-1]]), Failure.UNREADABLE),
        ("osrm", Reply(data=b'{"code": "Ok", "durations": [[NaN]]}'), Failure.UNREADABLE),
        ("osrm", Reply(data=b'{"code": "Ok", "durations": [[1e999]]}'), Failure.UNREADABLE),
        ("valhalla", as_json([]), Failure.UNREADABLE),
        ("valhalla", as_json({"error": "?"}, 400), Failure.REFUSED),
        ("valhalla", valhalla_says(), Failure.UNREADABLE),
        ("valhalla", valhalla_says({"distance": 1}), Failure.UNREADABLE),
        (
            "valhalla",
            valhalla_says({"from_index": 0, "to_index": 1, "time": 5}),
            Failure.UNREADABLE,
        ),
    ],
)
def test_an_answer_that_is_none_is_refused_whole(
    server: RouteServer, name: str, reply: Reply, failure: Failure
) -> None:
    server.behaviour = lambda _: reply

    with pytest.raises(RouteServiceError) as caught:
        service(name, server.address).seconds([HEADROW], [CLARENDON], "car", until=soon())

    assert caught.value.failure is failure
    assert len(server.asked) == 1  # no redirect is followed, nothing is tried twice here


def test_a_way_longer_than_a_day_is_no_way(server: RouteServer) -> None:
    server.behaviour = lambda _: osrm_says([[100_000]])

    assert Osrm({"car": server.address}).seconds([HEADROW], [CLARENDON], "car", until=soon()) == [
        [None]
    ]


def test_nobody_waits_longer_than_was_said_for_a_slow_server(server: RouteServer) -> None:
    server.behaviour = lambda _: Reply(wait_seconds=30)

    with pytest.raises(RouteServiceError) as caught:
        Osrm({"car": server.address}).seconds([HEADROW], [CLARENDON], "car", until=soon(0.3))

    assert caught.value.failure is Failure.TIMED_OUT


def test_nor_for_one_that_sends_a_byte_now_and_then(server: RouteServer) -> None:
    # 400 bytes, one each twentieth of a second: each of them in time, all of them far too late.
    server.behaviour = lambda _: Reply(data=b" " * 400, byte_seconds=0.05)

    with pytest.raises(RouteServiceError) as caught:
        Osrm({"car": server.address}).seconds([HEADROW], [CLARENDON], "car", until=soon(0.4))

    assert caught.value.failure is Failure.TIMED_OUT


def test_a_server_that_is_down_is_unreachable() -> None:
    with pytest.raises(RouteServiceError) as caught:
        Valhalla(unused_address()).seconds([HEADROW], [CLARENDON], "car", until=soon())

    assert caught.value.failure is Failure.UNREACHABLE


def test_nothing_is_asked_when_the_time_is_up(server: RouteServer) -> None:
    with pytest.raises(RouteServiceError) as caught:
        Osrm({"car": server.address}).seconds([HEADROW], [CLARENDON], "car", until=soon(-1))

    assert caught.value.failure is Failure.OUT_OF_TIME
    assert server.asked == []


def test_a_path_in_the_address_goes_before_the_services(server: RouteServer) -> None:
    server.behaviour = lambda _: osrm_says([[7.2]])

    Osrm({"walk": server.address + "/foot"}).seconds([HEADROW], [CLARENDON], "walk", until=soon())

    assert server.asked[0].path.startswith("/foot/table/v1/walking/")


def test_a_question_tells_coordinates_and_nothing_else(server: RouteServer) -> None:
    server.behaviour = lambda _: osrm_says([[7.2]])

    Osrm({"car": server.address}).seconds([HEADROW], [CLARENDON], "car", until=soon())

    asked: Asked = server.asked[0]
    assert set(asked.headers) <= {"Host", "Accept", "Accept-Encoding", "User-Agent", "Connection"}
    assert asked.headers["User-Agent"] == "Roundtable"
