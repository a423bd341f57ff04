"""Shapes of a carer's own week."""

from typing import Any

from rest_framework import serializers

from backend.rota.api.policy_shapes import VoteOut


class MyPublicationOut(serializers.Serializer[Any]):
    """Which publication the week is from."""

    number = serializers.IntegerField(read_only=True)
    published_at = serializers.DateTimeField(read_only=True)


class MyWeekVisitOut(serializers.Serializer[Any]):
    """A visit of the own week; `start_minute` is a wall-clock minute of its day.

    Outside the time in which a carer sees a client, `client_name` is the first name with an
    initial and `street` null. `gap_minutes` is the time since the visit before on the same day,
    `travel_minutes` what the way takes of it; both null for the first. `kind_of_gap`: "travel"
    (nothing is left), "wait" (paid), "break", "off" (free).
    """

    visit_id = serializers.IntegerField(read_only=True)
    start_minute = serializers.IntegerField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    starts_at = serializers.DateTimeField(read_only=True)
    ends_at = serializers.DateTimeField(read_only=True)
    client_name = serializers.CharField(read_only=True)
    street = serializers.CharField(read_only=True, allow_null=True)
    carers = serializers.ListField(child=serializers.CharField(), read_only=True)
    travel_minutes = serializers.IntegerField(read_only=True, allow_null=True)
    gap_minutes = serializers.IntegerField(read_only=True, allow_null=True)
    kind_of_gap = serializers.ChoiceField(
        choices=["travel", "wait", "break", "off"], read_only=True, allow_null=True
    )
    changed = serializers.ChoiceField(choices=["added", "moved"], read_only=True, allow_null=True)


class MyDayOut(serializers.Serializer[Any]):
    """One day of the week, its visits in order of time; also days without any."""

    on = serializers.DateField(read_only=True)
    visits = MyWeekVisitOut(many=True, read_only=True)


class MyWeekOut(serializers.Serializer[Any]):
    """The own week as it was told, Monday first; `minutes` are those with clients.

    `vote` is behind the policy that the week was made by, null before the members' first.
    """

    week = serializers.DateField(read_only=True)
    publication = MyPublicationOut(read_only=True, allow_null=True)
    vote = VoteOut(read_only=True, allow_null=True)
    minutes = serializers.IntegerField(read_only=True)
    guaranteed_minutes = serializers.IntegerField(read_only=True)
    days = MyDayOut(many=True, read_only=True)
    changes_unseen = serializers.IntegerField(read_only=True)


class MyVisitOut(serializers.Serializer[Any]):
    """An own visit with what is needed at the door; `carers` are the others who come.

    `key_safe_available_from` and `_until` are null where there is no key safe.
    """

    visit_id = serializers.IntegerField(read_only=True)
    on = serializers.DateField(read_only=True)
    start_minute = serializers.IntegerField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    starts_at = serializers.DateTimeField(read_only=True)
    ends_at = serializers.DateTimeField(read_only=True)
    client_name = serializers.CharField(read_only=True)
    address = serializers.CharField(read_only=True)
    postcode = serializers.CharField(read_only=True)
    at_the_door = serializers.CharField(read_only=True)
    tasks = serializers.ListField(child=serializers.CharField(), read_only=True)
    skills = serializers.ListField(child=serializers.CharField(), read_only=True)
    carers = serializers.ListField(child=serializers.CharField(), read_only=True)
    key_safe_available_from = serializers.DateTimeField(read_only=True, allow_null=True)
    key_safe_available_until = serializers.DateTimeField(read_only=True, allow_null=True)


class MyChangedVisitOut(serializers.Serializer[Any]):
    """A visit that changed; the client is named by first name and initial."""

    visit_id = serializers.IntegerField(read_only=True)
    client_name = serializers.CharField(read_only=True)
    on = serializers.DateField(read_only=True)
    start_minute = serializers.IntegerField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)


class MyMovedVisitOut(serializers.Serializer[Any]):
    """A visit at another time, or with another length."""

    before = MyChangedVisitOut(read_only=True)
    after = MyChangedVisitOut(read_only=True)


class MyChangesOut(serializers.Serializer[Any]):
    """What one publication changed in the own week."""

    number = serializers.IntegerField(read_only=True)
    published_at = serializers.DateTimeField(read_only=True)
    seen = serializers.BooleanField(read_only=True)
    added = MyChangedVisitOut(many=True, read_only=True)
    removed = MyChangedVisitOut(many=True, read_only=True)
    moved = MyMovedVisitOut(many=True, read_only=True)


class ChangesSeenIn(serializers.Serializer[Any]):
    """The number of the newest publication whose changes were on the screen."""

    number = serializers.IntegerField(min_value=1)


class MyKeySafeCodeOut(serializers.Serializer[Any]):
    """The code of the key safe; to be shown and forgotten."""

    code = serializers.CharField(read_only=True)
