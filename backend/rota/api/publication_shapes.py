"""Shapes of publishing: what it would do, and what each publication did."""

from typing import Any

from rest_framework import serializers

from backend.rota.api.figures import FiguresOut
from backend.rota.api.law_shapes import LawWarningOut
from backend.rota.api.policy_shapes import VoteOut

LONGEST_NOTE = 500


class PublishIn(serializers.Serializer[Any]):
    """The version of the draft that the caller saw, and a reason for what is still open."""

    version = serializers.IntegerField(min_value=1)
    note = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True, default="")


class BrokenRuleOut(serializers.Serializer[Any]):
    """A hard rule that keeps a week from being published. `day` 0 is Monday."""

    code = serializers.CharField(read_only=True)
    carer_id = serializers.IntegerField(read_only=True, allow_null=True)
    carer_name = serializers.CharField(read_only=True, allow_null=True)
    visit_id = serializers.IntegerField(read_only=True, allow_null=True)
    day = serializers.IntegerField(read_only=True, allow_null=True)
    message = serializers.CharField(read_only=True)


class OpenWarningOut(serializers.Serializer[Any]):
    """Something that may be published with a reason; `count` says how often it is so."""

    code = serializers.CharField(read_only=True)
    message = serializers.CharField(read_only=True)
    count = serializers.IntegerField(read_only=True)


class ToldVisitOut(serializers.Serializer[Any]):
    """One visit as a carer is told of it; the start is a wall-clock minute of `on`."""

    visit_id = serializers.IntegerField(read_only=True)
    client_id = serializers.IntegerField(read_only=True)
    client_name = serializers.CharField(read_only=True)
    on = serializers.DateField(read_only=True)
    start_minute = serializers.IntegerField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)


class MovedVisitOut(serializers.Serializer[Any]):
    """A visit that stays with its carer at another time, or with another length."""

    before = ToldVisitOut(read_only=True)
    after = ToldVisitOut(read_only=True)


class CarerChangesOut(serializers.Serializer[Any]):
    """What one carer will be told; each list in order of time."""

    carer_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    added = ToldVisitOut(many=True, read_only=True)
    removed = ToldVisitOut(many=True, read_only=True)
    moved = MovedVisitOut(many=True, read_only=True)


class PublicationPreviewOut(serializers.Serializer[Any]):
    """What publishing the draft would do; changes by carer name.

    It is refused while there are `breaches`, and, where `needs_note`, without a note.
    """

    version = serializers.IntegerField(read_only=True)
    breaches = BrokenRuleOut(many=True, read_only=True)
    warnings = OpenWarningOut(many=True, read_only=True)
    law_warnings = LawWarningOut(many=True, read_only=True)
    needs_note = serializers.BooleanField(read_only=True)
    unallocated = serializers.IntegerField(read_only=True)
    changes = CarerChangesOut(many=True, read_only=True)
    clients_affected = serializers.IntegerField(read_only=True)
    carers_affected = serializers.IntegerField(read_only=True)
    next_number = serializers.IntegerField(read_only=True)


class CarerChangeCountsOut(serializers.Serializer[Any]):
    """How many visits one publication gave a carer, took away and moved."""

    carer_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    added = serializers.IntegerField(read_only=True)
    removed = serializers.IntegerField(read_only=True)
    moved = serializers.IntegerField(read_only=True)


class PublicationOut(serializers.Serializer[Any]):
    """One act of publishing a week; changes by carer name.

    `rule_versions` names the version of every area of rules that was in force, `warnings` what
    was warned of and how often.
    """

    number = serializers.IntegerField(read_only=True)
    published_at = serializers.DateTimeField(read_only=True)
    published_by = serializers.CharField(read_only=True, allow_null=True)
    rule_versions = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    vote = VoteOut(read_only=True, allow_null=True)
    carers_affected = serializers.IntegerField(read_only=True)
    clients_affected = serializers.IntegerField(read_only=True)
    note = serializers.CharField(read_only=True)
    warnings = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    figures = FiguresOut(read_only=True)
    changes = CarerChangeCountsOut(many=True, read_only=True)
