"""What carers are guaranteed in a week, and what they can give."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from backend.core.periods import Week
from backend.organisation.models import Branch
from backend.people.models import Carer
from backend.people.selectors import (
    absences_in,
    available_minutes,
    carers_employed_in,
    contracts_in_force,
    without_barred_days,
)


@dataclass(frozen=True, slots=True)
class CarerCommitment:
    """A carer's hours of a week, all in minutes; zeros without a contract.

    `available_minutes` leaves out absences and the days on which a check has lapsed.
    """

    carer: Carer
    guaranteed_minutes: int
    maximum_minutes: int
    available_minutes: int
    absences: tuple[str, ...]


def carer_commitments(
    branches: Iterable[Branch], week: Week, zone: ZoneInfo
) -> list[CarerCommitment]:
    """Return the carers employed in a week, by name; six queries, however many carers."""
    carers = list(carers_employed_in(branches, week).order_by("name", "pk"))
    contracts = contracts_in_force(carers, week)
    windows = without_barred_days(carers, available_minutes(carers, week, zone), week)
    absences: dict[int, set[str]] = defaultdict(set)
    for absence in absences_in(carers, week, zone):
        absences[absence.carer_id].add(absence.kind)
    return [
        CarerCommitment(
            carer=carer,
            guaranteed_minutes=contract.guaranteed_minutes if contract else 0,
            maximum_minutes=contract.maximum_minutes if contract else 0,
            available_minutes=sum(end - start for start, end in windows[carer.pk]),
            absences=tuple(sorted(absences[carer.pk])),
        )
        for carer in carers
        for contract in [contracts.get(carer.pk)]
    ]
