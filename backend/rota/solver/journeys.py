"""How long a carer's way takes between two visits that were told."""

from backend.clients.models import Client
from backend.core.periods import DAY_MINUTES
from backend.rota.models import PublishedAssignment
from backend.rota.solver.roads import Roads
from scheduler import Place


def journey_minutes(
    roads: Roads, mode: str, before: PublishedAssignment, after: PublishedAssignment
) -> int:
    """Return whole minutes, rounded up; 0 within one home."""
    ends = before.on.weekday() * DAY_MINUTES + before.start_minute + before.minutes
    return roads.minutes(_place(before.client), _place(after.client), mode, ends)


def _place(client: Client) -> Place:
    home = client.address or str(client.pk)
    return Place(f"{client.easting} {client.northing} {home}", client.easting, client.northing)
