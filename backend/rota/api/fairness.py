"""How fairly the work was shared, with the own position."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.rota.selectors.fairness import Measure, get_my_fairness


class BandOut(serializers.Serializer[Any]):
    """How many people lie between two figures, both included; five at least."""

    least = serializers.FloatField(read_only=True)
    most = serializers.FloatField(read_only=True)
    people = serializers.IntegerField(read_only=True)


class FairMeasureOut(serializers.Serializer[Any]):
    """One measure over the carers of the branch.

    "wishes_kept" is of 100 points placed, all others for 100 hours with clients. `own` is null for
    whoever has none. Of fewer than five people `bands` is empty and `unevenness`, the Gini index,
    null.
    """

    measure = serializers.ChoiceField(choices=[row.value for row in Measure], read_only=True)
    own = serializers.FloatField(read_only=True, allow_null=True)
    own_band = serializers.IntegerField(read_only=True, allow_null=True)
    unevenness = serializers.FloatField(read_only=True, allow_null=True)
    bands = BandOut(many=True, read_only=True)


class FairnessOut(serializers.Serializer[Any]):
    """Thirteen whole weeks up to the last Monday; `people` is null for fewer than five.

    `wishes_to_come`: weeks whose wishes are not in the figures yet, since what became of them is
    still being worked out.
    """

    since = serializers.DateField(read_only=True)
    until = serializers.DateField(read_only=True)
    people = serializers.IntegerField(read_only=True, allow_null=True)
    target = serializers.FloatField(read_only=True)
    wishes_to_come = serializers.IntegerField(read_only=True)
    measures = FairMeasureOut(many=True, read_only=True)


class MyFairness(OperationView):
    """How fairly thirteen weeks were shared in the own branch; nobody else's figure is told."""

    operations = {"get": "get_my_fairness"}

    @extend_schema(responses=FairnessOut)
    def get(self, request: Request) -> Response:
        return Response(FairnessOut(get_my_fairness(actor_of(request), now=timezone.now())).data)
