"""Leaving a route service alone that does not answer, so that nobody waits for it in vain.

The state is a row, since the workers that ask are several processes. Each write is one statement.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from backend.travel.models import ServiceHealth
from backend.travel.route_services.face import Failure

FAILURES_BEFORE_REST: Final = 3
SHORTEST_REST: Final = timedelta(minutes=1)
LONGEST_REST: Final = timedelta(minutes=30)


def is_resting(service: str, now: datetime) -> bool:
    """Say whether a service is to be left alone for now."""
    return ServiceHealth.objects.filter(service=service, rests_until__gt=now).exists()


def answered(service: str, now: datetime) -> None:
    """Note that a service answered: its failures are forgiven."""
    ServiceHealth.objects.update_or_create(
        service=service,
        defaults={"failures": 0, "answered_at": now, "rests_until": None},
    )


def failed(service: str, failure: Failure, now: datetime) -> None:
    """Note a failure. From the third in a row on the service rests, twice as long each time."""
    ServiceHealth.objects.get_or_create(service=service)
    row = ServiceHealth.objects.filter(service=service)
    row.update(failures=F("failures") + 1, last_failure=failure.value, failed_at=now)
    failures = row.values_list("failures", flat=True).get()
    if failures >= FAILURES_BEFORE_REST:
        doublings = min(failures - FAILURES_BEFORE_REST, 10)
        row.update(rests_until=now + min(LONGEST_REST, SHORTEST_REST * 2**doublings))
