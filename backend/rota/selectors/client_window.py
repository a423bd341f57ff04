"""DP-03: a carer sees a client only around an own visit, and the key safe only at its door."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.organisation.rules import Access
from backend.rota.models import PublishedAssignment


@dataclass(frozen=True, slots=True)
class Window:
    """A period, start included and end excluded."""

    opens_at: datetime
    closes_at: datetime

    def holds(self, now: datetime) -> bool:
        """Say whether a moment lies in it."""
        return self.opens_at <= now < self.closes_at


def client_window(told: PublishedAssignment, rules: Access) -> Window:
    """Return when the carer of a visit sees its client."""
    return Window(
        told.starts_at - timedelta(hours=rules.client_hours_before),
        told.ends_at + timedelta(hours=rules.client_hours_after),
    )


def key_safe_window(told: PublishedAssignment, rules: Access) -> Window:
    """Return when the carer of a visit may read the code of the key safe."""
    return Window(
        told.starts_at - timedelta(minutes=rules.key_safe_minutes_before),
        told.ends_at + timedelta(minutes=rules.key_safe_minutes_after),
    )


def short_name(name: str) -> str:
    """Return the first name and the initial of the last: enough to know who is meant."""
    first, *others = name.split()
    return f"{first} {others[-1][0]}." if others else first


def street_of(address: str) -> str:
    """Return the line of an address that leads to the door: the flat, too, where there is one."""
    parts = [part.strip() for part in address.split(",")]
    is_inside = parts[0].lower().startswith(("flat ", "apartment ", "unit ", "room "))
    return ", ".join(parts[: 2 if is_inside else 1])
