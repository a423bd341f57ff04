"""What of the rota a viewer can see at all; every other selector and service begins here."""

from django.db.models import QuerySet

from backend.accounts.models import Role, User
from backend.accounts.selectors import branch_ids
from backend.people.models import Carer
from backend.rota.models import Rota, Visit


def rotas_for_office(viewer: User) -> QuerySet[Rota]:
    """Return the rotas of the viewer's branches, by week and branch."""
    return (
        Rota.objects.filter(branch__in=branch_ids(viewer))
        .select_related("branch__organisation")
        .order_by("week_starts_on", "branch")
    )


def visits_for_office(viewer: User) -> QuerySet[Visit]:
    """Return the visits of the viewer's branches, by day and target."""
    return (
        Visit.objects.filter(rota__branch__in=branch_ids(viewer))
        .select_related("client", "rota__branch__organisation")
        .order_by("on", "target_minute", "pk")
    )


def carer_of(viewer: User) -> Carer:
    """Return the viewer's own row as a carer.

    Raises
    ------
    Carer.DoesNotExist
        The viewer is no carer, or no longer one of the branch.
    """
    return Carer.objects.select_related("branch__organisation").get(
        user=viewer, branch__in=branch_ids(viewer, [Role.CARER])
    )
