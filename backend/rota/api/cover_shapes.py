"""Shapes of what would have to change so that an open visit is covered."""

from typing import Any

from rest_framework import serializers

from backend.rota.solver.cover import KINDS, STATES


class GivesWayOut(serializers.Serializer[Any]):
    """One fact that would have to change.

    `amount` is in minutes, for `DAYS` in days, for `SKILL` in skills. `day` 0 is Monday. `is_law`
    marks what is not the co-operative's to waive.
    """

    kind = serializers.ChoiceField(choices=KINDS, read_only=True)
    rule = serializers.CharField(read_only=True)
    carer_id = serializers.IntegerField(read_only=True, allow_null=True)
    carer = serializers.CharField(read_only=True, allow_null=True)
    day = serializers.IntegerField(read_only=True, allow_null=True)
    amount = serializers.IntegerField(read_only=True)
    is_law = serializers.BooleanField(read_only=True)
    skills = serializers.ListField(child=serializers.CharField(), read_only=True)


class CoverChangeOut(serializers.Serializer[Any]):
    """A visit of that day as it would be; `start` is a wall-clock minute."""

    visit_id = serializers.IntegerField(read_only=True)
    client = serializers.CharField(read_only=True)
    start = serializers.IntegerField(read_only=True)
    carers = serializers.ListField(child=serializers.CharField(), read_only=True)


class WayToCoverOut(serializers.Serializer[Any]):
    """One way: what gives way, and the visits that change, the open one first."""

    gives_way = GivesWayOut(many=True, read_only=True)
    changes = CoverChangeOut(many=True, read_only=True)
    is_minimal = serializers.BooleanField(read_only=True)


class CoverOut(serializers.Serializer[Any]):
    """The ways to cover a visit, the least first.

    `UNFINISHED`: not proved in time. `NOT_OPEN`: nobody is missing. While the pin of the address
    is not confirmed nobody can be sent, whatever else changes.
    """

    state = serializers.ChoiceField(choices=STATES, read_only=True)
    pin_confirmed = serializers.BooleanField(read_only=True)
    looked_at = serializers.ListField(child=serializers.CharField(), read_only=True)
    ways = WayToCoverOut(many=True, read_only=True)
