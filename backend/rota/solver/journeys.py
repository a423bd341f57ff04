"""How long the way between two clients takes, as the rules of travel reckon it."""

from backend.clients.models import Client
from backend.organisation.rules import TravelRules
from scheduler import Mode, Place
from scheduler.travel import travel_minutes


def journey_minutes(rules: TravelRules, mode: str, start: Client, end: Client) -> int:
    """Return whole minutes, rounded up; 0 within one home."""
    speed = rules.modes[mode]
    return travel_minutes(
        _place(start), _place(end), Mode(speed["kmh"], speed["detour"], speed["overhead_min"])
    )


def _place(client: Client) -> Place:
    home = client.address or str(client.pk)
    return Place(f"{client.easting} {client.northing} {home}", client.easting, client.northing)
