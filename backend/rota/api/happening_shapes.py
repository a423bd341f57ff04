"""Shapes of what has happened to a published week."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from rest_framework import serializers

from backend.core.periods import DAY_MINUTES, WEEK_DAYS
from backend.people.models import AbsenceKind
from backend.rota.services.happenings import (
    CarerIsAway,
    ClientIsAway,
    Happening,
    PackageEnds,
    PackageStarts,
    RoadsAreSlow,
    VisitsAreAdded,
    VisitsAreCancelled,
    WallPeriod,
)

REPAIR_KINDS = [
    ("carer_away", "A carer cannot come"),
    ("client_away", "A client is away"),
    ("visits_cancelled", "Visits are not to be made"),
    ("package_ended", "A package ends"),
    ("visits_added", "A client needs more visits"),
    ("package_started", "A package starts"),
    ("slow_roads", "Journeys take longer"),
]
SLOWEST = 500
MOST_VISITS = 500

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "carer_away": ("carer_id", "starts_on"),
    "client_away": ("client_id", "starts_on"),
    "visits_cancelled": ("visit_ids",),
    "package_ended": ("package_id", "starts_on"),
    "visits_added": ("client_id", "days", "visit"),
    "package_started": ("client_id",),
    "slow_roads": ("days", "percent"),
}
"""What each kind has to say."""


class ExtraVisitShape(serializers.Serializer[Any]):
    """A visit that no package asks for; minutes are wall-clock minutes of its day."""

    target_minute = serializers.IntegerField(min_value=0, max_value=DAY_MINUTES - 1)
    earliest_minute = serializers.IntegerField(min_value=0, max_value=DAY_MINUTES - 1)
    latest_minute = serializers.IntegerField(min_value=0, max_value=DAY_MINUTES - 1)
    minutes = serializers.IntegerField(min_value=5, max_value=DAY_MINUTES)
    carers_required = serializers.IntegerField(min_value=1, max_value=2, default=1)
    skills = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=100, default=list
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for times in order, and an end on the same day."""
        if not attrs["earliest_minute"] <= attrs["target_minute"] <= attrs["latest_minute"]:
            raise serializers.ValidationError(
                {"target_minute": "Must lie between the earliest and the latest start."}
            )
        if attrs["latest_minute"] + attrs["minutes"] > DAY_MINUTES:
            raise serializers.ValidationError({"minutes": "Must end on the same day."})
        return attrs


class StartRepairIn(serializers.Serializer[Any]):
    """What has happened; each kind says what `NEEDED` names, and may say the rest.

    An absence lasts from a wall-clock minute of one date until one of another; `ends_on` null:
    until further notice. A package ends before `starts_on`. `days` are dates of the week;
    `percent` is what a journey takes of its usual time. `reason` belongs to `carer_away`.
    """

    kind = serializers.ChoiceField(choices=REPAIR_KINDS)
    carer_id = serializers.IntegerField(required=False)
    client_id = serializers.IntegerField(required=False)
    package_id = serializers.IntegerField(required=False)
    visit_ids = serializers.ListField(
        child=serializers.IntegerField(), required=False, min_length=1, max_length=MOST_VISITS
    )
    starts_on = serializers.DateField(required=False)
    start_minute = serializers.IntegerField(min_value=0, max_value=DAY_MINUTES, default=0)
    ends_on = serializers.DateField(allow_null=True, default=None)
    end_minute = serializers.IntegerField(min_value=0, max_value=DAY_MINUTES, default=DAY_MINUTES)
    reason = serializers.ChoiceField(choices=AbsenceKind.choices, default=AbsenceKind.SICKNESS)
    days = serializers.ListField(
        child=serializers.DateField(), required=False, min_length=1, max_length=WEEK_DAYS
    )
    visit = ExtraVisitShape(required=False)
    percent = serializers.IntegerField(required=False, min_value=101, max_value=SLOWEST)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for what the kind needs, and for an end after the start."""
        missing = [name for name in NEEDED[attrs["kind"]] if name not in attrs]
        if missing:
            raise serializers.ValidationError(dict.fromkeys(missing, "Say this as well."))
        if attrs["ends_on"] is not None and "starts_on" in attrs:
            start = (attrs["starts_on"], attrs["start_minute"])
            if (attrs["ends_on"], attrs["end_minute"]) <= start:
                raise serializers.ValidationError({"ends_on": "Must be after the start."})
        return attrs

    def happening(self) -> Happening:
        """Return what has happened, as the service takes it."""
        return _HAPPENINGS[self.validated_data["kind"]](self.validated_data)


def _period(given: Mapping[str, Any]) -> WallPeriod:
    return WallPeriod(
        given["starts_on"], given["start_minute"], given["ends_on"], given["end_minute"]
    )


def _extra(given: Mapping[str, Any]) -> VisitsAreAdded:
    visit = {**given["visit"], "skills": tuple(given["visit"]["skills"])}
    return VisitsAreAdded(client_id=given["client_id"], days=tuple(given["days"]), **visit)


_HAPPENINGS: Final[Mapping[str, Callable[[Mapping[str, Any]], Happening]]] = {
    "carer_away": lambda given: CarerIsAway(given["carer_id"], _period(given), given["reason"]),
    "client_away": lambda given: ClientIsAway(given["client_id"], _period(given), reason=""),
    "visits_cancelled": lambda given: VisitsAreCancelled(tuple(given["visit_ids"])),
    "package_ended": lambda given: PackageEnds(given["package_id"], given["starts_on"]),
    "visits_added": _extra,
    "package_started": lambda given: PackageStarts(given["client_id"]),
    "slow_roads": lambda given: RoadsAreSlow(tuple(given["days"]), given["percent"]),
}
