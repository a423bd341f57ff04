"""Hours owed to clients, hours guaranteed to carers, and the gap."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from backend.commitments import selectors
from backend.commitments.api.serializers import (
    BranchCommitmentsOut,
    OrganisationCommitmentsOut,
    PackageCommitmentOut,
)
from backend.core.api.paging import PAGING, page_of, paged
from backend.core.api.views import OperationView, actor_of
from backend.core.api.weeks import WEEK_IN_QUERY, week_asked
from backend.organisation.selectors import branches_for_office, organisation_of


class GetBranchCommitments(OperationView):
    """A branch's figures of a week."""

    operations = {"get": "get_branch_commitments"}

    @extend_schema(parameters=[WEEK_IN_QUERY], responses=BranchCommitmentsOut)
    def get(self, request: Request, branch_id: int) -> Response:
        branch = branches_for_office(actor_of(request)).get(pk=branch_id)
        figures = selectors.branch_commitments(branch, week_asked(request))
        return Response(BranchCommitmentsOut(figures).data)


class ListPackageCommitments(OperationView):
    """The packages behind a branch's hours owed, by client name."""

    operations = {"get": "list_package_commitments"}

    @extend_schema(
        parameters=[
            WEEK_IN_QUERY,
            OpenApiParameter("funder", OpenApiTypes.INT, description="Only this funder's."),
            *PAGING,
        ],
        responses=page_of(PackageCommitmentOut),
    )
    def get(self, request: Request, branch_id: int) -> Response:
        branch = branches_for_office(actor_of(request)).get(pk=branch_id)
        rows = selectors.package_commitments(
            branch, week_asked(request), funder_id=_funder_asked(request)
        )
        return paged(request, rows, PackageCommitmentOut)


class GetOrganisationCommitments(OperationView):
    """The figures of the whole organisation and of each branch; no names of people."""

    operations = {"get": "get_organisation_commitments"}

    @extend_schema(parameters=[WEEK_IN_QUERY], responses=OrganisationCommitmentsOut)
    def get(self, request: Request) -> Response:
        organisation = organisation_of(actor_of(request))
        week = week_asked(request)
        total, branches = selectors.organisation_commitments(organisation, week)
        answer = {"week": week.starts_on, "total": total, "branches": branches}
        return Response(OrganisationCommitmentsOut(answer).data)


def _funder_asked(request: Request) -> int | None:
    text = request.query_params.get("funder")
    if not text:
        return None
    if not text.isdigit():
        raise ValidationError({"funder": "give the number of a funder"})
    return int(text)
