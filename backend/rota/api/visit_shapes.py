"""Shapes of one visit: what it needs, who makes it and why, who could."""

from typing import Any

from rest_framework import serializers

from backend.clients.models import Criticality, RiskClass, WantedGender
from backend.core.periods import DAY_MINUTES
from backend.rota.api.run_shapes import ReasonOut
from backend.rota.models import VisitState
from backend.rota.solver.reasons import REASON_CODES

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


class CarerReasonOut(serializers.Serializer[Any]):
    """One reason for a carer, or against.

    `figure` of `familiar`: visits in the 28 days before; of `travel`: minutes from the visit
    before; of `on_time` and `off_time`: minutes from the agreed time, below zero when earlier.
    """

    code = serializers.ChoiceField(choices=REASON_CODES, read_only=True)
    figure = serializers.IntegerField(read_only=True, allow_null=True)


class VisitCarerOut(serializers.Serializer[Any]):
    """A carer who makes the visit and why, the weightiest reason first."""

    carer_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    reasons = CarerReasonOut(many=True, read_only=True)


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
    the rule that decides, `shortfall` how far it would be broken. `cost_change` is in points,
    `start` a minute of the visit's day, `replaces` whose place it would be. `moves` is the client
    of the visit that would have to go, `moves_to` to which carer, or else `moves_start` when; both
    null when nobody could take it as the week stands.
    """

    carer_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    outcome = serializers.ChoiceField(choices=["CAN", "CAN_IF", "CANNOT"], read_only=True)
    code = serializers.CharField(read_only=True, allow_null=True)
    shortfall = serializers.IntegerField(read_only=True)
    message = serializers.CharField(read_only=True)
    cost_change = serializers.FloatField(read_only=True, allow_null=True)
    start = serializers.IntegerField(read_only=True, allow_null=True)
    replaces = serializers.CharField(read_only=True, allow_null=True)
    moves = serializers.CharField(read_only=True, allow_null=True)
    moves_visit_id = serializers.IntegerField(read_only=True, allow_null=True)
    moves_to = serializers.CharField(read_only=True, allow_null=True)
    moves_start = serializers.IntegerField(read_only=True, allow_null=True)


class ExplainVisitIn(serializers.Serializer[Any]):
    """Whom to ask about: "why not this carer?"."""

    carer_id = serializers.IntegerField(min_value=1, required=False)


class DifferenceByTermOut(serializers.Serializer[Any]):
    """What one cost term would change by.

    `amount` counts what the term is about: minutes, carers, visits, splits or changes; null where
    there is nothing plain to count.
    """

    term = serializers.CharField(read_only=True)
    points = serializers.FloatField(read_only=True)
    amount = serializers.FloatField(read_only=True, allow_null=True)


class FaultOut(serializers.Serializer[Any]):
    """A rule in the way: minutes for rules about time, else a number of things."""

    code = serializers.CharField(read_only=True)
    shortfall = serializers.IntegerField(read_only=True)


class InsteadOut(CandidateOut):
    """Another carer in place of a present one.

    `differences` by cost term, the largest first, for those who can; `faults`, the deciding one
    first, for those who cannot.
    """

    differences = DifferenceByTermOut(many=True, read_only=True)
    faults = FaultOut(many=True, read_only=True)


class WhyOut(serializers.Serializer[Any]):
    """Why a visit is with its carers: the three next best, and the carer asked about.

    `asked` is null when nobody was, or when the carer makes the visit now; an open visit has
    neither.
    """

    visit_id = serializers.IntegerField(read_only=True)
    rota_version = serializers.IntegerField(read_only=True)
    next_best = InsteadOut(many=True, read_only=True)
    asked = InsteadOut(read_only=True, allow_null=True)
