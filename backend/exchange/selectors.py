"""Reads of imports, and of the branches that can be exported; what is out of sight is not there."""

from django.db.models import Q, QuerySet

from backend.accounts.models import Role, User
from backend.accounts.selectors import branch_ids, has_role
from backend.core.errors import RefusalError
from backend.exchange.models import ImportJob
from backend.exchange.plan import Scope
from backend.organisation.models import Branch


class BranchNeededError(RefusalError):
    """The viewer works for several branches and did not say for which the file is."""

    code = "exchange.branch_needed"


def imports_for(viewer: User) -> QuerySet[ImportJob]:
    """Return the imports of the viewer's branches; for administrators, of their organisation."""
    seen = Q(branch__in=branch_ids(viewer))
    if viewer.organisation_id is not None and has_role(viewer, [Role.ADMIN]):
        seen |= Q(organisation=viewer.organisation_id)
    return ImportJob.objects.filter(seen).select_related("organisation", "branch")


def scope_for(viewer: User, branch_id: int | None) -> Scope:
    """Return where a viewer's file may write.

    Parameters
    ----------
    branch_id
        None: for administrators the whole organisation, for others their only branch.

    Raises
    ------
    Branch.DoesNotExist
        Not a branch of the viewer's office or, for administrators, organisation.
    BranchNeededError
        No branch was named, and the viewer works for several.
    """
    is_admin = viewer.organisation_id is not None and has_role(viewer, [Role.ADMIN])
    if branch_id is None and is_admin and viewer.organisation is not None:
        return Scope(viewer.organisation)
    own = branch_ids(viewer)
    if branch_id is None:
        if len(own) != 1:
            raise BranchNeededError
        branch_id = own[0]
    seen = Q(pk__in=own)
    if is_admin:
        seen |= Q(organisation=viewer.organisation_id)
    branch = Branch.objects.filter(seen).select_related("organisation").get(pk=branch_id)
    return Scope(branch.organisation, branch)
