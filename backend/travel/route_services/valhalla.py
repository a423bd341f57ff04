"""Valhalla's `sources_to_targets` service; one server knows all ways of travel."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from backend.travel.grid import LatLon
from backend.travel.route_services.face import (
    Failure,
    RouteServiceError,
    Seconds,
    shaped,
    whole_seconds,
)
from backend.travel.route_services.http import ask

COSTINGS: Final[Mapping[str, str]] = {"car": "auto", "cycle": "bicycle", "walk": "pedestrian"}
TOO_MANY_LOCATIONS: Final = 150
"""Valhalla's own number for a question with more places than it allows."""


class Valhalla:
    """Valhalla at one address."""

    name = "valhalla"
    # A server's own limit is 2,500 pairs unless it was set up with another.
    most_places = 50

    def __init__(self, address: str) -> None:
        self._address = address

    def serves(self, mode: str) -> bool:
        """Say whether it has a way of reckoning for a mode."""
        return mode in COSTINGS

    def seconds(
        self, sources: Sequence[LatLon], targets: Sequence[LatLon], mode: str, *, until: float
    ) -> Seconds:
        """Ask once for all pairs; see `RouteService`."""
        body = {
            "sources": _places(sources),
            "targets": _places(targets),
            "costing": COSTINGS[mode],
        }
        status, answer = ask(self._address, "/sources_to_targets", body=body, until=until)
        if not isinstance(answer, dict):
            raise RouteServiceError(Failure.UNREADABLE, "not an object")
        if status != 200:
            code = answer.get("error_code")
            failure = Failure.TOO_BIG if code == TOO_MANY_LOCATIONS else Failure.REFUSED
            raise RouteServiceError(failure, str(code)[:20])
        rows = shaped(answer.get("sources_to_targets"), len(sources), len(targets))
        return [
            [_time(cell, source, target) for target, cell in enumerate(row)]
            for source, row in enumerate(rows)
        ]


def _places(points: Sequence[LatLon]) -> list[dict[str, float]]:
    return [{"lat": round(p.latitude, 5), "lon": round(p.longitude, 5)} for p in points]


def _time(cell: Any, source: int, target: int) -> int | None:
    """Return a cell's time; each says itself which pair it is about."""
    is_pair = (
        isinstance(cell, dict)
        and cell.get("from_index", source) == source
        and cell.get("to_index", target) == target
        and "time" in cell
    )
    if not is_pair:
        raise RouteServiceError(Failure.UNREADABLE, "a pair is missing or out of place")
    return whole_seconds(cell["time"])
