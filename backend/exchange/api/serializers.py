"""The shapes of imports."""

from typing import Any

from rest_framework import serializers

from backend.exchange.models import ImportJob


class ImportIn(serializers.Serializer[Any]):
    """A workbook, or a zip of CSV files; `branch` may be left out by who works for one."""

    file = serializers.FileField()
    branch = serializers.IntegerField(required=False, allow_null=True)


class ImportProblemOut(serializers.Serializer[Any]):
    """One thing to mend; `row` is the sheet's own numbering, null for a whole sheet."""

    sheet = serializers.CharField(read_only=True)
    row = serializers.IntegerField(read_only=True, allow_null=True)
    column = serializers.CharField(read_only=True)
    value = serializers.CharField(read_only=True)
    problem = serializers.CharField(read_only=True)
    what_to_do = serializers.CharField(read_only=True)


class ImportOut(serializers.ModelSerializer[ImportJob]):
    """What importing would do, or did; problems in the order of the sheets."""

    rows = serializers.IntegerField(source="counts.rows", read_only=True)
    creates = serializers.IntegerField(source="counts.creates", read_only=True)
    updates = serializers.IntegerField(source="counts.updates", read_only=True)
    removes = serializers.IntegerField(source="counts.removes", read_only=True)
    unchanged = serializers.IntegerField(source="counts.unchanged", read_only=True)
    problem_count = serializers.IntegerField(source="counts.problems", read_only=True)
    problems = ImportProblemOut(many=True, read_only=True)

    class Meta:
        model = ImportJob
        fields = (
            "id",
            "branch_id",
            "file_name",
            "rows",
            "creates",
            "updates",
            "removes",
            "unchanged",
            "problem_count",
            "problems",
            "asked_at",
            "applied_at",
        )
        read_only_fields = fields
