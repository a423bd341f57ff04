"""Route services on the network: OSRM and Valhalla, asked only where an address is set."""

from django.conf import settings

from backend.travel.route_services.face import RouteService, RouteServiceError
from backend.travel.route_services.osrm import Osrm
from backend.travel.route_services.valhalla import Valhalla

__all__ = ["RouteService", "RouteServiceError", "service_called"]


def service_called(name: str) -> RouteService | None:
    """Return a route service; None for the formula, and where no address is set."""
    if name == Osrm.name and settings.OSRM_ADDRESSES:
        return Osrm(settings.OSRM_ADDRESSES)
    if name == Valhalla.name and settings.VALHALLA_ADDRESS:
        return Valhalla(settings.VALHALLA_ADDRESS)
    return None
