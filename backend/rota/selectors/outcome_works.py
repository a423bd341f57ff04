"""Of which publications it is still being worked out what they made of wishes."""

from collections.abc import Collection

from django.db.models import Q

from backend.rota.models import OutcomeWork
from backend.rota.selectors.leased_work import MOST_CLAIMS, under_way


def being_worked_out(publications: Collection[int]) -> set[int]:
    """Return those of some publications whose outcomes are still to come."""
    rows = OutcomeWork.objects.filter(
        Q(claims__lt=MOST_CLAIMS) | under_way(),
        publication__in=publications,
        done_at__isnull=True,
    )
    return set(rows.values_list("publication", flat=True))
