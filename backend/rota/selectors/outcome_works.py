"""Of which publications it is still being worked out what they made of wishes."""

from collections.abc import Collection
from typing import Final

from django.db.models import Q
from django.db.models.functions import Now

from backend.rota.models import OutcomeWork

MOST_CLAIMS: Final = 5
"""So often a worker may begin; work that no worker survives is given up after that."""


def under_way() -> Q:
    """Return the work that a worker has in hand now."""
    return Q(lease_until__gte=Now())


def being_worked_out(publications: Collection[int]) -> set[int]:
    """Return those of some publications whose outcomes are still to come."""
    rows = OutcomeWork.objects.filter(
        Q(claims__lt=MOST_CLAIMS) | under_way(),
        publication__in=publications,
        done_at__isnull=True,
    )
    return set(rows.values_list("publication", flat=True))
