"""Shapes of repairs: what a proposal of a repair adds."""

from typing import Any

from rest_framework import serializers

from backend.rota.api.law_shapes import LawWarningOut

CHANGE_KINDS = [
    ("carer_away", "A carer is away"),
    ("client_away", "A client is away"),
    ("visits_cancelled", "Visits are not made"),
    ("visits_added", "Visits have come"),
    ("slower_travel", "Journeys take longer"),
]
MANNERS = [
    ("fewest_changes", "The fewest changes"),
    ("nobody_else", "Nobody else's visits change"),
    ("familiar_faces", "Carers the clients know"),
    ("cheapest", "The lowest cost"),
]
TOLD = [
    ("given", "It is yours"),
    ("taken", "It is no longer yours"),
    ("moved", "It is at another time"),
    ("other_carer", "Another carer comes"),
    ("open", "Nobody is found yet"),
    ("cancelled", "It is not made"),
]


class CallRowOut(serializers.Serializer[Any]):
    """A visit as it was or is to be; the start is a wall-clock minute of its day."""

    start_minute = serializers.IntegerField(read_only=True)
    carer_names = serializers.ListField(child=serializers.CharField(), read_only=True)


class CallItemOut(serializers.Serializer[Any]):
    """One thing to tell somebody about a visit."""

    told = serializers.ChoiceField(choices=TOLD, read_only=True)
    visit_id = serializers.IntegerField(read_only=True)
    client_name = serializers.CharField(read_only=True)
    on = serializers.DateField(read_only=True)
    before = CallRowOut(read_only=True, allow_null=True)
    after = CallRowOut(read_only=True, allow_null=True)


class CallOut(serializers.Serializer[Any]):
    """Somebody to phone, and what to tell, in order of time."""

    who = serializers.ChoiceField(
        choices=[("carer", "A carer"), ("client", "A client")], read_only=True
    )
    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    items = CallItemOut(many=True, read_only=True)


class RepairOut(serializers.Serializer[Any]):
    """What a proposal of a repair stands for, in the figures that people care about.

    `left_open` are visits that somebody was to make and nobody makes now; `change_count` counts
    carers who are no longer on a visit and starts that moved; `others_changed` visits that could
    have stayed; `new_faces` pairs of client and carer who do not know each other; `travel_added`
    minutes. `proven` says that no other plan leaves less open and changes less; `changes_at_least`
    is what any such plan changes, null when that was not worked out. `law_warnings` are of carers
    whose week would change, where the draft has no such warning or the plan goes further.
    """

    stands_for = serializers.ListField(
        child=serializers.ChoiceField(choices=MANNERS), read_only=True
    )
    change_count = serializers.IntegerField(read_only=True)
    others_changed = serializers.IntegerField(read_only=True)
    left_open = serializers.IntegerField(read_only=True)
    new_faces = serializers.IntegerField(read_only=True)
    travel_added = serializers.IntegerField(read_only=True)
    least_open_proven = serializers.BooleanField(read_only=True)
    proven = serializers.BooleanField(read_only=True)
    changes_at_least = serializers.IntegerField(read_only=True, allow_null=True)
    calls = CallOut(many=True, read_only=True)
    law_warnings = LawWarningOut(many=True, read_only=True)
