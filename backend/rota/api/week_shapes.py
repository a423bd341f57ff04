"""Shapes of opening a week, and of its carers' hours."""

from typing import Any

from rest_framework import serializers

from backend.people.models import AbsenceKind


class PackageNeedsOut(serializers.Serializer[Any]):
    """What a visit needs; minutes of the day are wall-clock."""

    target_minute = serializers.IntegerField(read_only=True)
    earliest_minute = serializers.IntegerField(read_only=True)
    latest_minute = serializers.IntegerField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    carers_required = serializers.IntegerField(read_only=True)
    skills = serializers.ListField(child=serializers.CharField(), read_only=True)


class PackageDifferenceOut(serializers.Serializer[Any]):
    """A published visit whose package now says otherwise; `package` null: no visit any more."""

    visit_id = serializers.IntegerField(read_only=True)
    client_name = serializers.CharField(read_only=True)
    on = serializers.DateField(read_only=True)
    what = serializers.ChoiceField(choices=["needs", "client_away", "ended", "pin"], read_only=True)
    published = PackageNeedsOut(read_only=True)
    package = PackageNeedsOut(read_only=True, allow_null=True)


class DroppedOut(serializers.Serializer[Any]):
    """A visit that lost its carers in the draft because its package changed."""

    visit_id = serializers.IntegerField(read_only=True)
    client_name = serializers.CharField(read_only=True)
    on = serializers.DateField(read_only=True)
    carer_names = serializers.ListField(child=serializers.CharField(), read_only=True)
    was_locked = serializers.BooleanField(read_only=True)


class UnplannedOut(serializers.Serializer[Any]):
    """A client for whom no visits were made because nobody confirmed where they live."""

    client_id = serializers.IntegerField(read_only=True)
    client_name = serializers.CharField(read_only=True)
    visits = serializers.IntegerField(read_only=True)


class OpenedWeekOut(serializers.Serializer[Any]):
    """What opening a week did."""

    rota_id = serializers.IntegerField(read_only=True)
    created = serializers.IntegerField(read_only=True)
    updated = serializers.IntegerField(read_only=True)
    removed = serializers.IntegerField(read_only=True)
    unchanged = serializers.IntegerField(read_only=True)
    differences = PackageDifferenceOut(many=True, read_only=True)
    dropped = DroppedOut(many=True, read_only=True)
    problems = UnplannedOut(many=True, read_only=True)


class CarerCommitmentOut(serializers.Serializer[Any]):
    """A carer's hours in minutes; `available_minutes` leaves out absences and lapsed checks."""

    carer_id = serializers.IntegerField(source="carer.pk", read_only=True)
    name = serializers.CharField(source="carer.name", read_only=True)
    guaranteed_minutes = serializers.IntegerField(read_only=True)
    maximum_minutes = serializers.IntegerField(read_only=True)
    available_minutes = serializers.IntegerField(read_only=True)
    absences = serializers.ListField(
        child=serializers.ChoiceField(choices=AbsenceKind.choices), read_only=True
    )
    planned_minutes = serializers.SerializerMethodField()

    def get_planned_minutes(self, row: Any) -> int:
        minutes: int = self.context["planned"].get(row.carer.pk, 0)
        return minutes
