"""Shapes of clients and packages, for the office of their branch."""

from typing import Any

from rest_framework import serializers

from backend.clients.models import (
    Client,
    Criticality,
    FunderKind,
    PackageLine,
    RiskClass,
    WantedGender,
)
from backend.clients.services import LineChange

DAY_MINUTES = 1440


class ClientRowOut(serializers.Serializer[Any]):
    """A client in a list. Without a confirmed pin nobody is sent there."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    external_id = serializers.CharField(read_only=True)
    risk_class = serializers.ChoiceField(choices=RiskClass.choices, read_only=True)
    pin_is_confirmed = serializers.SerializerMethodField()

    def get_pin_is_confirmed(self, client: Client) -> bool:
        return client.pin_confirmed_at is not None


class FunderOut(serializers.Serializer[Any]):
    """Who pays."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=FunderKind.choices, read_only=True)


class LineOut(serializers.Serializer[Any]):
    """One repeating visit; minutes of the day are wall-clock, weekday 0 is Monday."""

    id = serializers.IntegerField(read_only=True)
    external_id = serializers.CharField(read_only=True)
    weekday = serializers.IntegerField(read_only=True)
    target_minute = serializers.IntegerField(read_only=True)
    earliest_minute = serializers.IntegerField(read_only=True)
    latest_minute = serializers.IntegerField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    carers_required = serializers.IntegerField(read_only=True)
    criticality = serializers.ChoiceField(choices=Criticality.choices, read_only=True)
    skills = serializers.SerializerMethodField()
    tasks = serializers.ListField(child=serializers.CharField(), read_only=True)
    follows_id = serializers.IntegerField(read_only=True, allow_null=True)
    gap_minutes = serializers.IntegerField(read_only=True)
    cycle_weeks = serializers.IntegerField(read_only=True)
    cycle_week = serializers.IntegerField(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    ends_before = serializers.DateField(read_only=True, allow_null=True)
    replaces_id = serializers.IntegerField(read_only=True, allow_null=True)
    short_visit_reason = serializers.CharField(read_only=True)
    short_visit_agreed_on = serializers.DateField(read_only=True, allow_null=True)

    def get_skills(self, line: PackageLine) -> list[str]:
        return sorted(skill.name for skill in line.skills.all())


class SuspensionOut(serializers.Serializer[Any]):
    """A time without visits; `ends_at` null: until further notice."""

    id = serializers.IntegerField(read_only=True)
    starts_at = serializers.DateTimeField(read_only=True)
    ends_at = serializers.DateTimeField(read_only=True, allow_null=True)
    reason = serializers.CharField(read_only=True)


class PackageOut(serializers.Serializer[Any]):
    """All care agreed with one funder."""

    id = serializers.IntegerField(read_only=True)
    external_id = serializers.CharField(read_only=True)
    funder = FunderOut(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    ends_before = serializers.DateField(read_only=True, allow_null=True)
    lines = LineOut(many=True, read_only=True)
    suspensions = SuspensionOut(many=True, read_only=True)


class ClientOut(ClientRowOut):
    """A client's page. The key-safe code is not part of it; it has an operation of its own."""

    branch_id = serializers.IntegerField(read_only=True)
    address = serializers.CharField(read_only=True)
    postcode = serializers.CharField(read_only=True)
    easting = serializers.FloatField(read_only=True)
    northing = serializers.FloatField(read_only=True)
    pin_confirmed_at = serializers.DateTimeField(read_only=True, allow_null=True)
    wanted_gender = serializers.ChoiceField(
        choices=WantedGender.choices, read_only=True, allow_blank=True
    )
    target_carers = serializers.IntegerField(read_only=True, allow_null=True)
    at_the_door = serializers.CharField(read_only=True)
    contingency_plan = serializers.CharField(read_only=True)
    has_key_safe_code = serializers.SerializerMethodField()
    packages = PackageOut(many=True, read_only=True)

    def get_has_key_safe_code(self, client: Client) -> bool:
        return hasattr(client, "key_safe")


class PinIn(serializers.Serializer[Any]):
    """Where the client lives: metres on the Ordnance Survey grid."""

    easting = serializers.FloatField(min_value=0, max_value=700_000)
    northing = serializers.FloatField(min_value=0, max_value=1_300_000)


class KeySafeCodeIn(serializers.Serializer[Any]):
    """A new code."""

    code = serializers.CharField(max_length=20)


class KeySafeReasonIn(serializers.Serializer[Any]):
    """Why somebody needs the code; it goes on record, so no health details."""

    reason = serializers.CharField(min_length=3, max_length=200)


class KeySafeCodeOut(serializers.Serializer[Any]):
    """The code; not to be kept anywhere."""

    code = serializers.CharField(read_only=True)


class LineChangeIn(serializers.Serializer[Any]):
    """What a line is to say from a date on."""

    from_on = serializers.DateField()
    target_minute = serializers.IntegerField(min_value=0, max_value=DAY_MINUTES)
    earliest_minute = serializers.IntegerField(min_value=0, max_value=DAY_MINUTES)
    latest_minute = serializers.IntegerField(min_value=0, max_value=DAY_MINUTES)
    minutes = serializers.IntegerField(min_value=1, max_value=DAY_MINUTES)
    carers_required = serializers.IntegerField(min_value=1, max_value=2)
    criticality = serializers.ChoiceField(choices=Criticality.choices)
    tasks = serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=30, required=False
    )
    short_visit_reason = serializers.CharField(max_length=200, required=False, allow_blank=True)
    short_visit_agreed_on = serializers.DateField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Say in words what the database would refuse."""
        if not attrs["earliest_minute"] <= attrs["target_minute"] <= attrs["latest_minute"]:
            raise serializers.ValidationError(
                {"target_minute": "the preferred start lies between the earliest and the latest"}
            )
        if attrs["latest_minute"] + attrs["minutes"] > DAY_MINUTES:
            raise serializers.ValidationError(
                {"latest_minute": "the visit must end before midnight, also at its latest"}
            )
        return attrs

    def change(self) -> LineChange:
        """Return the change without its date."""
        values = {name: value for name, value in self.validated_data.items() if name != "from_on"}
        return LineChange(**{**values, "tasks": tuple(values.get("tasks", ()))})


class SuspensionIn(serializers.Serializer[Any]):
    """A time without visits; no `ends_at`: until further notice."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Say in words what the database would refuse."""
        if attrs["ends_at"] is not None and attrs["ends_at"] <= attrs["starts_at"]:
            raise serializers.ValidationError({"ends_at": "the end must lie after the start"})
        return attrs
