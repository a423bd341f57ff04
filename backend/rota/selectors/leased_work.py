"""Which leased work is in hand, and which waits for a worker."""

from typing import Final

from django.db.models import Q
from django.db.models.functions import Now

MOST_CLAIMS: Final = 5
"""So often a worker may begin; work that no worker survives is given up after that."""


def under_way() -> Q:
    """Return the work that a worker has in hand now."""
    return Q(done_at__isnull=True, lease_until__gte=Now())


def waiting() -> Q:
    """Return the work that a worker may begin."""
    has_no_worker = Q(lease_until__isnull=True) | Q(lease_until__lt=Now())
    return Q(done_at__isnull=True, claims__lt=MOST_CLAIMS) & has_no_worker
