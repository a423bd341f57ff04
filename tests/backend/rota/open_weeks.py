"""Weeks in which nothing is allocated yet, for the solver's tests."""

from backend.rota.models import Rota, VisitAssignment, VisitState
from tests.backend.factories.organisation import BranchFactory
from tests.backend.rota.weeks import full_week


def open_week(carers: int = 1) -> Rota:
    """Return a week of 30 visits for each carer, all open; there is a round for each."""
    rota = full_week(BranchFactory(), carers=carers)
    VisitAssignment.objects.filter(visit__rota=rota).delete()
    rota.visits.update(state=VisitState.UNALLOCATED, start_minute=None, starts_at=None)
    return rota
