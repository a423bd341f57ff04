"""Have a route service asked for the times that a branch lacks: between its clients, and only so.

Homes of carers are never told: the way from and to home is reckoned by the formula.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from backend.clients.models import Client
from backend.organisation.models import Branch
from backend.organisation.rules import FORMULA
from backend.organisation.selectors import travel_rules
from backend.people.models import Carer
from backend.travel.grid import Cell, cell_of
from backend.travel.services.refresh import Refreshed, refresh_tables


def refresh_branch(branch: Branch, *, on: date, seconds: float, now: datetime) -> list[Refreshed]:
    """Bring a branch's travel times up to date, as far as `seconds` allow.

    Asks nothing where the rules in force on that date reckon by the formula. Raises nothing that
    a service does wrong: the tables then say what failed.
    """
    provider = travel_rules(branch, on).provider
    if provider == FORMULA:
        return []
    places = client_cells(branch, on)
    return refresh_tables(
        branch=branch,
        service=provider,
        cells=dict.fromkeys(modes_in_use(branch, on), places),
        seconds=seconds,
        now=now,
    )


def client_cells(branch: Branch, on: date) -> Sequence[Cell]:
    """Return where clients live whose care has not ended by a date and whose pin is confirmed."""
    rows = (
        Client.objects.filter(
            Q(packages__ends_before__isnull=True) | Q(packages__ends_before__gt=on),
            branch=branch,
            packages__isnull=False,
            pin_confirmed_at__isnull=False,
        )
        .values_list("easting", "northing")
        .distinct()
    )
    return sorted({cell for row in rows if (cell := cell_of(*row)) is not None})


def modes_in_use(branch: Branch, on: date) -> list[str]:
    """Return the ways in which a branch's carers travel."""
    here = Carer.objects.filter(branch=branch).exclude(ends_before__lte=on)
    return sorted(set(here.values_list("travel_mode", flat=True)))
