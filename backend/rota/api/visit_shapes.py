"""Shapes of one visit: what it needs, who makes it and why, who could."""

from typing import Any

from rest_framework import serializers

from backend.clients.models import Criticality, RiskClass, WantedGender
from backend.core.periods import DAY_MINUTES
from backend.rota.api.run_shapes import ReasonOut
from backend.rota.models import VisitState

LARGEST_TEAM = 2


class VersionIn(serializers.Serializer[Any]):
    """The version of the draft that the caller saw."""

    version = serializers.IntegerField(min_value=1)


class AssignVisitIn(VersionIn):
    """Who is to make a visit, and from which wall-clock minute of its day."""

    carer_ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1), min_length=1, max_length=LARGEST_TEAM
    )
    start_minute = serializers.IntegerField(min_value=0, max_value=DAY_MINUTES - 1)

    def validate_carer_ids(self, carers: list[int]) -> list[int]:
        """Refuse the same carer twice."""
        if len(set(carers)) < len(carers):
            raise serializers.ValidationError("name each carer once")
        return carers


class VisitClientOut(serializers.Serializer[Any]):
    """What matters of a client for this visit."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    risk_class = serializers.ChoiceField(choices=RiskClass.choices, read_only=True)
    wanted_gender = serializers.ChoiceField(choices=WantedGender.choices, read_only=True)
    at_the_door = serializers.CharField(read_only=True)
    contingency_plan = serializers.CharField(read_only=True)
    pin_confirmed = serializers.BooleanField(read_only=True)


class NeededSkillOut(serializers.Serializer[Any]):
    """A skill the visit needs."""

    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class WhyOut(serializers.Serializer[Any]):
    """One reason for a carer, in a sentence."""

    code = serializers.CharField(read_only=True)
    message = serializers.CharField(read_only=True)


class VisitCarerOut(serializers.Serializer[Any]):
    """A carer who makes the visit and why, the weightiest reason first."""

    carer_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    reasons = WhyOut(many=True, read_only=True)


class PastVisitOut(serializers.Serializer[Any]):
    """Who was told of an earlier visit to the client."""

    on = serializers.DateField(read_only=True)
    start_minute = serializers.IntegerField(read_only=True)
    carer_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)


class ContinuityOut(serializers.Serializer[Any]):
    """Who came in the 28 days before: carer-visits, different carers, the usual carer's share.

    `index` is Bice and Boxerman's, 1 when it was always the same carer and 0 when never twice;
    null below two visits, as the share is without any.
    """

    visits = serializers.IntegerField(read_only=True)
    carers = serializers.IntegerField(read_only=True)
    usual_carer_share = serializers.FloatField(read_only=True, allow_null=True)
    index = serializers.FloatField(read_only=True, allow_null=True)


class NearestOut(serializers.Serializer[Any]):
    """A carer who was near to taking the visit in the last run, and what would have to change."""

    carer_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    code = serializers.CharField(read_only=True, allow_null=True)
    message = serializers.CharField(read_only=True)
    change = serializers.CharField(read_only=True)


class OpenReasonOut(serializers.Serializer[Any]):
    """Why the last run left the visit open: how many carers each rule kept away first."""

    reasons = ReasonOut(many=True, read_only=True)
    nearest = NearestOut(many=True, read_only=True)


class VisitOut(serializers.Serializer[Any]):
    """A visit of the draft. Times are wall-clock minutes of `on`; past visits newest first."""

    id = serializers.IntegerField(read_only=True)
    rota_id = serializers.IntegerField(read_only=True)
    rota_version = serializers.IntegerField(read_only=True)
    client = VisitClientOut(read_only=True)
    on = serializers.DateField(read_only=True)
    start = serializers.IntegerField(read_only=True, allow_null=True)
    target = serializers.IntegerField(read_only=True)
    earliest = serializers.IntegerField(read_only=True)
    latest = serializers.IntegerField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    carers_required = serializers.IntegerField(read_only=True)
    state = serializers.ChoiceField(choices=VisitState.choices, read_only=True)
    priority = serializers.IntegerField(read_only=True)
    locked = serializers.BooleanField(read_only=True)
    criticality = serializers.ChoiceField(
        choices=Criticality.choices, read_only=True, allow_null=True
    )
    skills = NeededSkillOut(many=True, read_only=True)
    tasks = serializers.ListField(child=serializers.CharField(), read_only=True)
    carers = VisitCarerOut(many=True, read_only=True)
    continuity = ContinuityOut(read_only=True)
    history = PastVisitOut(many=True, read_only=True)
    open_reason = OpenReasonOut(read_only=True, allow_null=True)


class CandidateOut(serializers.Serializer[Any]):
    """A carer's verdict for a visit.

    `CAN_IF`: at another start, or when another visit is moved; `message` says which. `code` is
    the rule that decides. `cost_change` is in points, `start` a minute of the visit's day.
    """

    carer_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    outcome = serializers.ChoiceField(choices=["CAN", "CAN_IF", "CANNOT"], read_only=True)
    code = serializers.CharField(read_only=True, allow_null=True)
    message = serializers.CharField(read_only=True)
    cost_change = serializers.FloatField(read_only=True, allow_null=True)
    start = serializers.IntegerField(read_only=True, allow_null=True)
