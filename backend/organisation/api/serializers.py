"""Shapes of branches and rules."""

from typing import Any

from rest_framework import serializers

from backend.organisation.models import RuleArea


class BranchOut(serializers.Serializer[Any]):
    """A branch; weeks are named by their Monday, in the organisation's own time zone."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    external_id = serializers.CharField(read_only=True)
    this_week = serializers.DateField(read_only=True)
    next_week = serializers.DateField(read_only=True)


class RuleSetOut(serializers.Serializer[Any]):
    """A rule set in force; `branch_name` is null where it holds for the whole organisation."""

    area = serializers.ChoiceField(choices=RuleArea.choices, read_only=True)
    area_name = serializers.CharField(source="get_area_display", read_only=True)
    branch_name = serializers.CharField(source="branch.name", read_only=True, allow_null=True)
    version = serializers.IntegerField(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    decided_by = serializers.CharField(read_only=True)
    values = serializers.DictField(read_only=True)


class SkillOut(serializers.Serializer[Any]):
    """A skill by its code, and in words."""

    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
