"""Branches of the office, and the rules in force."""

from datetime import date

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.core.periods import Week
from backend.organisation.api.serializers import BranchOut, RuleSetOut, SkillOut
from backend.organisation.models import Branch, Organisation
from backend.organisation.selectors import (
    branches_for_office,
    list_rules_in_force,
    list_skills,
    organisation_of,
    today_in,
)


class ListBranches(OperationView):
    """The branches whose office the viewer works in, by name."""

    operations = {"get": "list_branches"}

    @extend_schema(responses=BranchOut(many=True))
    def get(self, request: Request) -> Response:
        branches = branches_for_office(actor_of(request)).select_related("organisation")
        return Response(BranchOut([_with_weeks(branch) for branch in branches], many=True).data)


class ListRulesInForce(OperationView):
    """The rule sets in force on a date, by area; without a date, today's."""

    operations = {"get": "list_rules_in_force"}

    @extend_schema(
        parameters=[OpenApiParameter("on", OpenApiTypes.DATE)], responses=RuleSetOut(many=True)
    )
    def get(self, request: Request) -> Response:
        organisation = organisation_of(actor_of(request))
        rules = list_rules_in_force(organisation, _date_asked(request, organisation))
        return Response(RuleSetOut(rules, many=True).data)


class ListSkills(OperationView):
    """The skills that visits may need and carers may have, by name."""

    operations = {"get": "list_skills"}

    @extend_schema(responses=SkillOut(many=True))
    def get(self, request: Request) -> Response:
        return Response(SkillOut(list_skills(actor_of(request)), many=True).data)


def _with_weeks(branch: Branch) -> dict[str, object]:
    week = Week.containing(today_in(branch.organisation, timezone.now()))
    return {
        "id": branch.pk,
        "name": branch.name,
        "external_id": branch.external_id,
        "this_week": week.starts_on,
        "next_week": week.next.starts_on,
    }


def _date_asked(request: Request, organisation: Organisation) -> date:
    text = request.query_params.get("on")
    if not text:
        return today_in(organisation, timezone.now())
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError({"on": "give a date as YYYY-MM-DD"}) from error
