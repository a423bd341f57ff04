"""OSRM's `table` service. A server of OSRM knows one way of travel, so each has its address."""

from collections.abc import Mapping, Sequence
from typing import Final

from backend.travel.grid import LatLon
from backend.travel.route_services.face import (
    Failure,
    RouteServiceError,
    Seconds,
    shaped,
    whole_seconds,
)
from backend.travel.route_services.http import ask

PROFILES: Final[Mapping[str, str]] = {"car": "driving", "cycle": "cycling", "walk": "walking"}


class Osrm:
    """OSRM, by the address of each mode's server."""

    name = "osrm"
    # A server's own limit is 100 coordinates unless it was started with another.
    most_places = 50

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self._addresses = addresses

    def serves(self, mode: str) -> bool:
        """Say whether there is a server for a mode."""
        return mode in self._addresses

    def seconds(
        self, sources: Sequence[LatLon], targets: Sequence[LatLon], mode: str, *, until: float
    ) -> Seconds:
        """Ask once for all pairs; see `RouteService`."""
        places = ";".join(f"{p.longitude:.5f},{p.latitude:.5f}" for p in (*sources, *targets))
        first = ";".join(str(n) for n in range(len(sources)))
        second = ";".join(str(len(sources) + n) for n in range(len(targets)))
        query = f"annotations=duration&sources={first}&destinations={second}"
        path = f"/table/v1/{PROFILES.get(mode, mode)}/{places}?{query}"
        _, answer = ask(self._addresses[mode], path, until=until)
        code = answer.get("code") if isinstance(answer, dict) else None
        if code == "TooBig":
            raise RouteServiceError(Failure.TOO_BIG)
        if code != "Ok":
            failure = Failure.REFUSED if isinstance(code, str) else Failure.UNREADABLE
            raise RouteServiceError(failure, str(code)[:20])
        rows = shaped(answer.get("durations"), len(sources), len(targets))
        return [[whole_seconds(value) for value in row] for row in rows]
