"""A group of two branches, of which the one can make the week only with a carer of the other."""

from dataclasses import dataclass

from django.utils import timezone

from backend.accounts.models import User
from backend.core.periods import Week
from backend.people.models import Availability, Carer
from backend.rota.models import GroupRun, Rota, RunState, SolverRun, VisitAssignment, VisitState
from backend.rota.services.ask_group_run import ask_group_run
from backend.rota.tasks import solve_run
from tests.backend.factories.accounts import RoleGrantFactory, coordinator_of
from tests.backend.factories.moments import MONDAY
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory
from tests.backend.factories.people import working_carer
from tests.backend.rota.weeks import full_week


@dataclass
class Group:
    """The north has a carer with a round and one without; the south's carer is away on Monday."""

    north: Rota
    south: Rota
    spare: Carer
    planner: User

    def asked(self, seconds: int = 2, seed: int = 1) -> GroupRun:
        """Ask for the week of both."""
        group, _ = ask_group_run(
            week=Week(MONDAY),
            seconds=seconds,
            seed=seed,
            actor=self.planner,
            now=timezone.now(),
        )
        return group


def a_group() -> Group:
    """Return two branches with open weeks of 30 visits each, and who plans both."""
    organisation = OrganisationFactory()
    north, south = (full_week(BranchFactory(organisation=organisation), carers=1) for _ in "ns")
    for rota in (north, south):
        VisitAssignment.objects.filter(visit__rota=rota).delete()
        rota.visits.update(state=VisitState.UNALLOCATED, start_minute=None, starts_at=None)
    Availability.objects.filter(carer__branch=south.branch, weekday=0).delete()
    spare = working_carer(branch=north.branch)
    planner = coordinator_of(north.branch)
    RoleGrantFactory(user=planner, role="coordinator", branch=south.branch)
    return Group(north, south, spare, planner)


def work_off(group: GroupRun, most: int = 50) -> GroupRun:
    """Do what workers do, one part after the other, until the run has ended."""
    for _ in range(most):
        waiting = SolverRun.objects.filter(group_run=group, state=RunState.QUEUED).first()
        if waiting is None:
            break
        solve_run(run_id=waiting.pk)
    return GroupRun.objects.get(pk=group.pk)
