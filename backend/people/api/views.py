"""Carers, for the office of their branch."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.paging import PAGING, page_of, paged
from backend.core.api.views import OperationView, actor_of
from backend.organisation.selectors import branches_for_office
from backend.people.api.serializers import CarerOut, CarerRowOut
from backend.people.selectors import carers_for_office, with_details


class ListCarers(OperationView):
    """The carers of a branch, by name."""

    operations = {"get": "list_carers"}

    @extend_schema(parameters=PAGING, responses=page_of(CarerRowOut))
    def get(self, request: Request, branch_id: int) -> Response:
        branch = branches_for_office(actor_of(request)).get(pk=branch_id)
        return paged(
            request, carers_for_office(actor_of(request)).filter(branch=branch), CarerRowOut
        )


class GetCarer(OperationView):
    """One carer, with contracts, availability, absences, training and checks."""

    operations = {"get": "get_carer"}

    @extend_schema(responses=CarerOut)
    def get(self, request: Request, carer_id: int) -> Response:
        carers = with_details(carers_for_office(actor_of(request)), now=timezone.now())
        return Response(CarerOut(carers.get(pk=carer_id)).data)
