"""TRV-05: a person confirms where a client lives before anybody is sent there."""

from datetime import datetime

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.clients.models import Client
from backend.clients.selectors import clients_for_office


@transaction.atomic
def confirm_pin(
    *, client_id: int, easting: float, northing: float, actor: User, now: datetime
) -> Client:
    """Set a client's place (metres on the Ordnance Survey grid) and that a person checked it.

    Confirming the same place again changes nothing.
    """
    client = clients_for_office(actor).select_for_update(of=("self",)).get(pk=client_id)
    unchanged = (client.easting, client.northing) == (easting, northing)
    if unchanged and client.pin_confirmed_at is not None:
        return client
    client.easting, client.northing = easting, northing
    client.pin_confirmed_at, client.pin_confirmed_by = now, actor
    client.save(update_fields=["easting", "northing", "pin_confirmed_at", "pin_confirmed_by"])
    # Where somebody lives stays out of the record; that it was confirmed is enough.
    record(
        "client.pin_confirmed",
        actor=actor,
        subject=f"client:{client.pk}",
        at=now,
        chain=f"branch:{client.branch_id}",
        body={"moved": not unchanged},
    )
    return client
