"""The shape of a week's figures, the same for a draft, a proposal and a publication."""

from typing import Any

from rest_framework import serializers


class FiguresOut(serializers.Serializer[Any]):
    """How good a week is. Percentages are 0 to 100; `cost` and `terms` are points, fewer is better.

    `breaches` counts broken hard rules; `unassigned_critical` those open visits whose absence may
    do harm.
    """

    visits = serializers.IntegerField(read_only=True)
    unassigned = serializers.IntegerField(read_only=True)
    unassigned_critical = serializers.IntegerField(read_only=True)
    covered_percent = serializers.FloatField(read_only=True)
    familiar_percent = serializers.FloatField(read_only=True)
    carers_per_client = serializers.FloatField(read_only=True)
    continuity_index = serializers.FloatField(read_only=True)
    within_15_percent = serializers.FloatField(read_only=True)
    travel_percent = serializers.FloatField(read_only=True)
    travel_minutes = serializers.IntegerField(read_only=True)
    splits = serializers.IntegerField(read_only=True)
    wishes_kept_percent = serializers.FloatField(read_only=True)
    cost = serializers.FloatField(read_only=True)
    terms = serializers.DictField(child=serializers.FloatField(), read_only=True)
    breaches = serializers.IntegerField(read_only=True)
