"""Shapes of a carer's own wishes."""

from collections.abc import Mapping
from typing import Any, Final

from rest_framework import serializers

from backend.core.periods import DAY_MINUTES
from backend.rota.models import PlacedWishKind, WishReason

SATURDAY: Final = 5
MOST_WISHES: Final = 100

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    PlacedWishKind.AVOID_WINDOW: ("from_minute", "to_minute"),
    PlacedWishKind.AVOID_CLIENT: ("client_id",),
    PlacedWishKind.PREFER_CLIENT: ("client_id",),
    PlacedWishKind.AVOID_AREA: ("area",),
}
"""What a wish of a kind has to say; a day off says `on` or `weekday`."""

ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    **NEEDED,
    PlacedWishKind.DAY_OFF: ("on", "weekday"),
    PlacedWishKind.WEEKEND_OFF: ("on",),
}


class WishIn(serializers.Serializer[Any]):
    """One wish. `on` of a weekend off is its Saturday; without it, every weekend.

    A day off names a date (`on`) or a day of every week (`weekday`, 0 is Monday). Minutes are of
    the day, the end excluded, 1440 for midnight.
    """

    kind = serializers.ChoiceField(choices=PlacedWishKind.choices)
    points = serializers.IntegerField(min_value=1, max_value=100)
    on = serializers.DateField(required=False, allow_null=True, default=None)
    weekday = serializers.IntegerField(
        min_value=0, max_value=6, required=False, allow_null=True, default=None
    )
    from_minute = serializers.IntegerField(
        min_value=0, max_value=DAY_MINUTES - 1, required=False, allow_null=True, default=None
    )
    to_minute = serializers.IntegerField(
        min_value=1, max_value=DAY_MINUTES, required=False, allow_null=True, default=None
    )
    client_id = serializers.IntegerField(required=False, allow_null=True, default=None)
    area = serializers.CharField(max_length=8, required=False, allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        kind = attrs["kind"]
        said = {name for name, value in attrs.items() if value is not None} - {"kind", "points"}
        for name in NEEDED.get(kind, ()):
            if name not in said:
                raise serializers.ValidationError({name: "This kind of wish needs it."})
        for name in said - set(ALLOWED.get(kind, ())):
            raise serializers.ValidationError({name: "Means nothing for this kind of wish."})
        if kind == PlacedWishKind.DAY_OFF and len(said) != 1:
            raise serializers.ValidationError({"on": "Name a date or a day of every week."})
        if kind == PlacedWishKind.WEEKEND_OFF and said and attrs["on"].weekday() != SATURDAY:
            raise serializers.ValidationError({"on": "Name a weekend by its Saturday."})
        if kind == PlacedWishKind.AVOID_WINDOW and attrs["from_minute"] >= attrs["to_minute"]:
            raise serializers.ValidationError({"to_minute": "The end comes after the start."})
        return {**attrs, "area": attrs["area"] or ""}


class MyWishesIn(serializers.Serializer[Any]):
    """All wishes of the four weeks, in place of those before."""

    wishes = serializers.ListField(child=WishIn(), max_length=MOST_WISHES)


class WishOutcomeOut(serializers.Serializer[Any]):
    """What became of a wish in one week, as published last.

    `reason` says why it was not kept, `rule` is the code of the rule that stood in the way most
    often. `visits` counts those that stood against the wish. `cost` is what keeping it would have
    cost everybody else, `weight` what the wish weighed, both in the points of the rota policy.
    """

    week = serializers.DateField(read_only=True)
    is_kept = serializers.BooleanField(read_only=True)
    reason = serializers.ChoiceField(choices=WishReason.choices, read_only=True, allow_null=True)
    rule = serializers.CharField(read_only=True, allow_null=True)
    visits = serializers.IntegerField(read_only=True)
    cost = serializers.FloatField(read_only=True, allow_null=True)
    weight = serializers.FloatField(read_only=True)


class MyWishOut(serializers.Serializer[Any]):
    """One wish; when `is_fixed`, a week was planned with it and its points are spent."""

    id = serializers.IntegerField(read_only=True)
    kind = serializers.ChoiceField(choices=PlacedWishKind.choices, read_only=True)
    points = serializers.IntegerField(read_only=True)
    on = serializers.DateField(read_only=True, allow_null=True)
    weekday = serializers.IntegerField(read_only=True, allow_null=True)
    from_minute = serializers.IntegerField(read_only=True, allow_null=True)
    to_minute = serializers.IntegerField(read_only=True, allow_null=True)
    client_id = serializers.IntegerField(read_only=True, allow_null=True)
    client_name = serializers.CharField(read_only=True, allow_null=True)
    area = serializers.CharField(read_only=True, allow_null=True)
    is_fixed = serializers.BooleanField(read_only=True)
    outcomes = WishOutcomeOut(many=True, read_only=True)


class WishWeekOut(serializers.Serializer[Any]):
    """One of the four weeks; a closed one is planned or has begun.

    `is_being_worked_out`: it is published, and what became of wishes is told in some minutes.
    """

    week = serializers.DateField(read_only=True)
    is_closed = serializers.BooleanField(read_only=True)
    is_being_worked_out = serializers.BooleanField(read_only=True)


class WishableClientOut(serializers.Serializer[Any]):
    """A client the carer knows from visits, by first name and initial."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)


class MyWishesOut(serializers.Serializer[Any]):
    """The own wishes of four weeks, and what can be wished for."""

    period_starts_on = serializers.DateField(read_only=True)
    period_ends_before = serializers.DateField(read_only=True)
    points = serializers.IntegerField(read_only=True)
    left = serializers.IntegerField(read_only=True)
    weeks = WishWeekOut(many=True, read_only=True)
    is_closed = serializers.BooleanField(read_only=True)
    wishes = MyWishOut(many=True, read_only=True)
    clients = WishableClientOut(many=True, read_only=True)
    areas = serializers.ListField(child=serializers.CharField(), read_only=True)
