"""Where the travel times of a week come from, and how old they are."""

from typing import Any

from rest_framework import serializers

from backend.organisation.rules import TRAVEL_PROVIDERS
from backend.people.models import TravelMode
from backend.travel.route_services.face import Failure

FAILURES = [(failure.value, failure.value) for failure in Failure]
PROVIDERS = [(provider, provider) for provider in TRAVEL_PROVIDERS]


class RoadTableOut(serializers.Serializer[Any]):
    """One way of travel: pairs of places with a time, and those for which the formula stands in.

    `oldest_at` is when the oldest of the times was fetched, null while there is none; `failure`
    why the route service gave no answer when it was last asked, null where it did. `digest`
    tells tables apart.
    """

    mode = serializers.ChoiceField(choices=TravelMode.choices, read_only=True)
    known = serializers.IntegerField(read_only=True)
    unknown = serializers.IntegerField(read_only=True)
    oldest_at = serializers.DateTimeField(read_only=True, allow_null=True)
    asked_at = serializers.DateTimeField(read_only=True)
    failure = serializers.ChoiceField(choices=FAILURES, read_only=True, allow_null=True)
    digest = serializers.CharField(read_only=True)


class TravelOut(serializers.Serializer[Any]):
    """`provider` is who the rules say knows the ways; without `tables` the formula alone does."""

    provider = serializers.ChoiceField(choices=PROVIDERS, read_only=True)
    tables = RoadTableOut(many=True, read_only=True)
