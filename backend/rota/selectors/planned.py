"""How much of a week's draft each carer has been given."""

from django.db.models import Sum

from backend.core.periods import Week
from backend.organisation.models import Branch
from backend.rota.models import VisitAssignment


def planned_minutes(branch: Branch, week: Week) -> dict[int, int]:
    """Return the minutes of care in the draft by carer id; who has none is left out."""
    rows = (
        VisitAssignment.objects.filter(
            visit__rota__branch=branch, visit__rota__week_starts_on=week.starts_on
        )
        .values("carer_id")
        .annotate(minutes=Sum("visit__minutes"))
        .values_list("carer_id", "minutes")
    )
    return dict(rows)
