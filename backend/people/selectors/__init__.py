"""Reads of carers: who may see them, their contracts, and when they can work."""

from backend.people.selectors.available import (
    Window,
    absences_in,
    available_minutes,
    without_barred_days,
)
from backend.people.selectors.carers import (
    carers_employed_in,
    carers_for_office,
    contracts_in_force,
    opted_out_on,
    with_details,
)

__all__ = [
    "Window",
    "absences_in",
    "available_minutes",
    "carers_employed_in",
    "carers_for_office",
    "contracts_in_force",
    "opted_out_on",
    "with_details",
    "without_barred_days",
]
